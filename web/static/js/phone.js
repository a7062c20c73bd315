// The phone page.
import "elements/outbox-list";
import "elements/support-button";
import "elements/text-counter";
import "elements/turn-clock";
import "live/page";
