// The chair's page.
import "live/page";
import "elements/turn-clock";
import "staff/script";
