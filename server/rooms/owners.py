"""What is drawn for one seat alone, on a frame of its own: an asker's questions, an agency's promises."""

from collections.abc import Iterable, Iterator, Mapping

from live.commands import Undo
from live.dialogue import Dialogue
from live.mine import Mine, own
from live.seats import ALLOWED, Audience
from live.touched import ground, touched
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import Listener
from server.rooms.render import Render

OWNERS = frozenset({Audience.PHONE, Audience.AGENCY, *ALLOWED[Undo]})
"""Audiences whose pages have a region that is theirs alone."""
Own = tuple[Mine, ...]
"""What is drawn for one seat alone."""
_NOTHING = text_frame(envelope({"patches": [["fill", "mine", ""]]}))


class Owners:
    """Knows what each seat with open pages was last told of its own things."""

    def __init__(self, code: str, render: Render, dialogue: Dialogue) -> None:
        self._code = code
        self._render = render
        self._told: dict[tuple[str, Audience], Own] = {}
        self._ground = ground(dialogue)

    def changed(
        self, dialogue: Dialogue, seats: Mapping[str, tuple[Listener, ...]], staff: Iterable[str]
    ) -> Iterator[Listener]:
        """The listeners, of those at these seats, whose own things are not as they were. `staff` are no phones.

        Thousands of phones are at seats that have asked, and most changes are of one question.
        """
        before, self._ground = self._ground, ground(dialogue)
        for seat in (*touched(before, self._ground), *staff):
            for audience, owning in self._owning(seats.get(seat, ())).items():
                if (things := own(dialogue, owning[0].seat)) != self._told.get((seat, audience), ()):
                    self._told[seat, audience] = things
                    yield from owning

    def _owning(self, listeners: Iterable[Listener]) -> Mapping[Audience, list[Listener]]:
        """The pages of one seat that show things of its own; somebody with two offices has other things at each."""
        found: dict[Audience, list[Listener]] = {}
        for listener in filter(_owns, listeners):
            found.setdefault(listener.audience, []).append(listener)
        return found

    def frame(self, dialogue: Dialogue, listener: Listener) -> bytes:
        """The listener's own things as they are now; nothing for a page without a place for them."""
        if not _owns(listener):
            return b""
        things, whose = own(dialogue, listener.seat), (listener.seat.id, listener.audience)
        if not things:
            self._told.pop(whose, None)
            return _NOTHING
        self._told[whose] = things
        html = self.mine(things, listener.audience, listener.language)
        return text_frame(envelope({"patches": [["fill", "mine", html]]}))

    def mine(self, things: Own, audience: Audience, language: str) -> str:
        """A seat's own things, drawn."""
        draw = self._render.thing
        return "".join(draw(one.key, one, audience, self._code, language) for one in things)


def _owns(listener: Listener) -> bool:
    return bool(listener.seat.id) and listener.audience in OWNERS
