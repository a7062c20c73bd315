"""What is drawn for one seat alone, on a frame of its own: an asker's questions, an agency's promises."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from live.commands import Undo
from live.dialogue import Dialogue
from live.looks import Mine, my_questions, own
from live.questions import Question
from live.seats import ALLOWED, Audience
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

    def __init__(self, code: str, render: Render) -> None:
        self._code = code
        self._render = render
        self._told: dict[str, Own] = {}
        self._indexed: Mapping[int, Question] = {}
        self._asked: dict[str, list[Question]] = {}

    def changed(self, dialogue: Dialogue, seats: Mapping[str, tuple[Listener, ...]]) -> Iterator[Listener]:
        """The listeners, of those at these seats, whose own things are not as they were."""
        askers = self._askers(dialogue)
        for seat, listeners in seats.items():
            owning = [listener for listener in listeners if _owns(listener) and self._may_own(listener, askers)]
            if owning and (things := self._own(dialogue, owning[0])) != self._told.get(seat, ()):
                self._told[seat] = things
                yield from owning

    def frame(self, dialogue: Dialogue, listener: Listener) -> bytes:
        """The listener's own things as they are now; nothing for a page without a place for them."""
        if not _owns(listener):
            return b""
        things = self._own(dialogue, listener)
        if not things:
            return _NOTHING
        self._told.setdefault(listener.seat.id, things)
        html = self.mine(things, listener.audience, listener.language)
        return text_frame(envelope({"patches": [["fill", "mine", html]]}))

    def mine(self, things: Own, audience: Audience, language: str) -> str:
        """A seat's own things, drawn."""
        draw = self._render.thing
        return "".join(draw(one.key, one, audience, self._code, language) for one in things)

    def _own(self, dialogue: Dialogue, listener: Listener) -> Own:
        if listener.audience is Audience.PHONE:  # as live.looks.mine, without walking over everybody's questions
            asked = self._askers(dialogue).get(listener.seat.id, ())
            return my_questions(dialogue, asked)
        return own(dialogue, listener.seat)

    def _askers(self, dialogue: Dialogue) -> dict[str, list[Question]]:
        if dialogue.questions is not self._indexed:
            found: dict[str, list[Question]] = defaultdict(list)
            for question in dialogue.questions.values():
                if question.seat:
                    found[question.seat].append(question)
            self._indexed, self._asked = dialogue.questions, dict(found)
        return self._asked

    def _may_own(self, listener: Listener, askers: Mapping[str, object]) -> bool:
        return listener.audience is not Audience.PHONE or listener.seat.id in askers


def _owns(listener: Listener) -> bool:
    return bool(listener.seat.id) and listener.audience in OWNERS
