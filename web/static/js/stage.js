// The hall screen.
import "elements/stage-tools";
import "elements/turn-clock";
import "live/page";
