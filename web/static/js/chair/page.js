// The chair's page.
import "live/page";
import "chair/note";
import "elements/due-day";
import "elements/floor-time";
import "elements/hall-preview";
import "elements/turn-clock";
import "elements/voice-screens";
import "staff/agencies";
import "staff/aloud";
