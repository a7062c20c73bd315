"""Latest-only values beside the journal: tallies, partial words, who listens, how the sound is. Never stored."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from live.seats import Audience
from server.rooms.fanout import Fanout
from server.rooms.in_progress import InProgress

READERS: dict[str, frozenset[Audience]] = {
    "tally": frozenset({Audience.PHONE, Audience.MODERATOR, Audience.CHAIR}),
    "sums": frozenset({Audience.PHONE}),
    "caption": frozenset({Audience.PHONE, Audience.STAGE, Audience.PUBLIC}),
    "draft": frozenset({Audience.SECRETARY}),
    "sound": frozenset({Audience.SECRETARY, Audience.MODERATOR}),
    "screens": frozenset({Audience.MODERATOR, Audience.CHAIR}),
    "listeners": frozenset({Audience.MODERATOR}),
    "seen": frozenset({Audience.MODERATOR}),
    "bursts": frozenset({Audience.MODERATOR}),
    "looking": frozenset({Audience.MODERATOR}),
}
"""Who gets which signal. `caption` holds words the public may read, `draft` all of them, for the desk.
`screens`: where the voice of a phone comes out."""
SPACING = 0.25
"""Seconds between two tellings. What changes meanwhile goes out together, as one frame for each audience."""

Later = Callable[[float, Callable[[], None]], object]


def _later(seconds: float, work: Callable[[], None]) -> object:
    return asyncio.get_running_loop().call_later(seconds, work)


class Signals:
    """The newest value of each key, told on change, at most four times a second, and to whoever joins."""

    def __init__(self, fanout: Fanout, later: Later = _later, clock: Callable[[], float] = time.monotonic) -> None:
        self._fanout = fanout
        self._later = later
        self.listeners_elsewhere = 0
        self._now: dict[str, Any] = {}
        self._changed: set[str] = set()
        self._resting = False
        self._words = InProgress(clock)
        self.told: Callable[[set[str]], None] = lambda _: None
        """Hears which keys are on their way to the pages."""

    def set(self, key: str, value: Any) -> None:
        """Say a new value, if it is one: with others of this turn, or of this quarter of a second."""
        if key == "listeners":
            value += self.listeners_elsewhere
        if self._now.get(key) == value:
            return
        self._now[key] = value
        self._changed.add(key)
        if not self._resting:
            self._resting = True
            self._later(0, self._rest)

    def _rest(self) -> None:
        self._resting = bool(self._changed)
        if self._resting:
            self.tell()
            self._later(SPACING, self._rest)

    def tell(self) -> None:
        """Tell what changed since the last time, now."""
        changed, self._changed = self._changed, set()
        for audience in Audience:
            if news := {key: self._for(audience, key) for key in sorted(changed) if audience in READERS[key]}:
                self._fanout.signal(audience, news)
        self.told(changed)

    def tally(self, counts: dict[int, int]) -> None:
        self.set("tally", {str(question): count for question, count in counts.items()})

    def show_or_hide_tally(self) -> None:
        """Tell at once what phones may know of supports now: where the dialogue hides them, nothing."""
        if "tally" in self._now:
            self._changed.add("tally")
            self.tell()

    def _for(self, audience: Audience, key: str) -> Any:
        hidden = key == "tally" and audience is Audience.PHONE and not self._fanout.dialogue.supports_shown
        return {} if hidden else self._now[key]

    def words(self, source: str, text: str, *, private: bool = False) -> None:
        """Partial words: to the desk always, to the public unless captions are stopped or they are `private`.

        Partial words grow until they are final. Those that began in private stay private to their end, also when
        captions are shown again in between. Of several sources at once readers follow one (`in_progress`).
        """
        self._words.hear(source, text, private=private or self._fanout.dialogue.captions_hidden)
        self.set("draft", self._words.draft)
        self.set("caption", self._words.caption)

    def stop_captions(self) -> None:
        """Take back at once what is being said, for those who read and for those who join."""
        self._words.hide()
        if (read := self._now.get("caption")) and read["text"]:
            self.set("caption", read | {"text": ""})
            self.tell()

    def current(self, audience: Audience) -> dict[str, Any]:
        """What somebody of `audience` who joins now should know."""
        return {key: self._for(audience, key) for key in self._now if audience in READERS[key]}
