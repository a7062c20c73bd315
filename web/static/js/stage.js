// The hall screen.
import "elements/fit-text";
import "elements/stage-tools";
import "elements/turn-clock";
import "live/page";
