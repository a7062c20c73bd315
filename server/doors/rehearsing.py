"""Phones that rehearse: whoever opens the link of a rehearsal sits in it until it is over, and asks what goes with it.

The seat lies in a cookie alone, signed for this one rehearsal: nobody gives a name, nothing is left to be erased. A
page says that it is the rehearsal's (`as=rehearsal`), so that the seat which the same phone has for the evening is
never mixed up with it: what was typed for one is not sent from the other.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

from starlette.requests import HTTPConnection
from starlette.responses import Response

from live.seats import REHEARSES, Audience, Seat
from live.states import DialogueState
from server import clock
from server.doors import cookies
from server.parts import parts
from server.rooms.room import Room

PAGE = "rehearsal"
"""What its page says it is, beside the audiences; and the name of its cookie."""
PLACE = "Diễn tập"
"""Where its people are from: on every screen it stands beside the name."""
NOBODY = Seat("", Audience.PHONE, rehearsing=True)
"""Of a page that came too late, or with a cookie that was never given: still no other seat of the same phone."""
_ID = 16
"""Bytes; as many as its signature has."""


def key(connection: HTTPConnection, room: Room) -> str:
    """What the link to the rehearsal that is going on ends with, unguessable; empty when there is none."""
    return _letters(_signed(connection, room, b"link")) if _goes_on(room) else ""


def opens(connection: HTTPConnection, room: Room, said: str) -> bool:
    """Whether this is the key of the rehearsal that is going on."""
    right = key(connection, room)
    return bool(right) and hmac.compare_digest(said.encode(), right.encode())


def seat(connection: HTTPConnection, room: Room) -> Seat:
    """The seat that the cookie holds in the rehearsal that is going on; otherwise nobody's, which asks nothing."""
    token = cookies.secret(connection, parts(connection).settings, PAGE)
    if token is None or not _goes_on(room):
        return NOBODY
    held = urlsafe_b64decode(f"{token}=")
    own, signature = held[:_ID], held[_ID:]
    return _seat(own) if hmac.compare_digest(signature, _signed(connection, room, own)) else NOBODY


def take(connection: HTTPConnection, room: Room, response: Response) -> None:
    """A new seat, until the browser is closed."""
    own = clock.salt()
    cookies.put(response, parts(connection).settings, PAGE, _letters(own + _signed(connection, room, own)))


def _goes_on(room: Room) -> bool:
    return room.dialogue.state is DialogueState.REHEARSAL


def _seat(own: bytes) -> Seat:
    name = own.hex()
    return Seat(
        f"{REHEARSES}{name}", Audience.PHONE, f"Máy {name[:4].upper()}", PLACE, publish_name=True, rehearsing=True
    )


def _signed(connection: HTTPConnection, room: Room, what: bytes) -> bytes:
    """For this dialogue and this rehearsal of it, which is known by the entry before it."""
    before = room.dialogue.before_rehearsal
    about = f"rehearsal {room.code} {before.n if before else 0} ".encode() + what
    return hmac.digest(connection.app.state.form_secret.encode(), about, "sha256")[:_ID]


def _letters(held: bytes) -> str:
    return urlsafe_b64encode(held).rstrip(b"=").decode()
