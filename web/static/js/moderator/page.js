// The moderator's page.
import "live/page";
import "elements/due-day";
import "elements/hall-preview";
import "elements/turn-clock";
import "staff/agencies";
import "staff/script";
import "staff/was";
import "staff/work";
import "moderator/bulk";
import "moderator/counts";
import "moderator/held";
import "moderator/hints";
import "moderator/keys";
import "moderator/order";
import "moderator/presence";
import "moderator/seek";
import "moderator/supports";
