"""What is drawn for one seat alone, on a frame of its own: an asker's questions, an agency's promises."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from operator import attrgetter

from live.commands import Undo
from live.dialogue import Dialogue
from live.looks import GROUNDS_OF_MINE, Mine, own
from live.seats import ALLOWED, Audience
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import Listener
from server.rooms.render import Render

OWNERS = frozenset({Audience.PHONE, Audience.AGENCY, *ALLOWED[Undo]})
"""Audiences whose pages have a region that is theirs alone."""
Own = tuple[Mine, ...]
"""What is drawn for one seat alone."""
_grounds = attrgetter(*GROUNDS_OF_MINE)
_NOTHING = text_frame(envelope({"patches": [["fill", "mine", ""]]}))


class Owners:
    """Knows what each seat with open pages was last told of its own things."""

    def __init__(self, code: str, render: Render) -> None:
        self._code = code
        self._render = render
        self._told: dict[str, Own] = {}
        self._grounds: tuple[object, ...] = ()

    def changed(
        self, dialogue: Dialogue, seats: Mapping[str, tuple[Listener, ...]], staff: Iterable[str]
    ) -> Iterator[Listener]:
        """The listeners, of those at these seats, whose own things are not as they were. `staff` are no phones.

        Thousands of phones are at seats that have asked nothing, and most changes are none of anybody's questions.
        """
        grounds = _grounds(dialogue)
        asked = any(now is not then for now, then in zip_longest(grounds, self._grounds))
        self._grounds = grounds
        for seat in (*(dialogue.asked if asked else ()), *staff):
            owning = [listener for listener in seats.get(seat, ()) if _owns(listener)]
            if owning and (things := own(dialogue, owning[0].seat)) != self._told.get(seat, ()):
                self._told[seat] = things
                yield from owning

    def frame(self, dialogue: Dialogue, listener: Listener) -> bytes:
        """The listener's own things as they are now; nothing for a page without a place for them."""
        if not _owns(listener):
            return b""
        things = own(dialogue, listener.seat)
        if not things:
            return _NOTHING
        self._told.setdefault(listener.seat.id, things)
        html = self.mine(things, listener.audience, listener.language)
        return text_frame(envelope({"patches": [["fill", "mine", html]]}))

    def mine(self, things: Own, audience: Audience, language: str) -> str:
        """A seat's own things, drawn."""
        draw = self._render.thing
        return "".join(draw(one.key, one, audience, self._code, language) for one in things)


def _owns(listener: Listener) -> bool:
    return bool(listener.seat.id) and listener.audience in OWNERS
