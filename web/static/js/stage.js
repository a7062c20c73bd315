// The hall screen.
import "elements/caption-rows";
import "elements/fit-text";
import "elements/hall-captions";
import "elements/hall-voice";
import "elements/site-call";
import "elements/stage-tools";
import "elements/turn-clock";
import "live/page";
