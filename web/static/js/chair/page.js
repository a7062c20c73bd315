// The chair's page.
import "live/page";
import "elements/hall-preview";
import "elements/turn-clock";
import "staff/script";
