// The page of an agency.
import "live/page";
import "elements/turn-clock";
import "staff/script";
