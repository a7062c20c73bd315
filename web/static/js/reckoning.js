// The public sum of what was received and what became of it.
import "live/page";
import "elements/due-day";
