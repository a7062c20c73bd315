// The secretary's desk.
import "live/page";
import "elements/due-day";
import "elements/turn-clock";
import "staff/agencies";
import "staff/aloud";
import "staff/was";
import "staff/work";
import "desk/growing";
import "desk/heard";
import "desk/lines";
import "desk/play";
import "desk/scribe";
