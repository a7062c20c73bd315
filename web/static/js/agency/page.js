// The page of an agency.
import "live/page";
import "elements/due-day";
import "elements/turn-clock";
import "staff/aloud";
import "staff/was";
