// The chair's page.
import "live/page";
import "elements/due-day";
import "elements/hall-preview";
import "elements/turn-clock";
import "staff/agencies";
import "staff/script";
