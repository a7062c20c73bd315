// Captions over a video picture.
import "elements/caption-rows";
import "live/page";
