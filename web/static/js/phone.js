// The phone page.
import "shell/drawn";
import "elements/caption-look";
import "elements/caption-rows";
import "elements/photo-field";
import "elements/sent-way";
import "elements/similar-questions";
import "elements/starts-in";
import "elements/support-button";
import "elements/text-counter";
import "elements/turn-clock";
import "live/page";
import "phone/focus";
import "phone/invited";
import "phone/kept";
import "phone/rehearsing";
import "phone/seen";
