// The hall screen.
import "elements/fit-text";
import "elements/site-call";
import "elements/stage-tools";
import "elements/turn-clock";
import "live/page";
