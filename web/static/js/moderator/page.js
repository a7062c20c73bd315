// The moderator's page.
import "live/page";
import "elements/hall-preview";
import "elements/turn-clock";
import "staff/script";
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
