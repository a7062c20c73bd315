// The secretary's desk.
import "live/page";
import "elements/turn-clock";
import "staff/script";
import "staff/work";
import "desk/growing";
import "desk/heard";
import "desk/lines";
import "desk/play";
import "desk/scribe";
