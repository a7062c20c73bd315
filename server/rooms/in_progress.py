"""Words in progress, of every source of a dialogue: all of them for the desk, one source at a time for readers."""

from collections.abc import Callable
from dataclasses import dataclass

QUIET = 2.0
"""Seconds without a new word after which a source gives way to another one that is speaking."""

Words = dict[str, str]
"""`source` and `text`, as pages are told."""


@dataclass(slots=True)
class _Said:
    text: str
    at: float
    private: bool


class InProgress:
    """Of several microphones that hear somebody the first is read until its final comes.

    Otherwise two would take each other's words away several times a second, and nobody could read either. The others
    lose nothing: their finals come as lines, and the desk sees all. `clock` counts seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._said: dict[str, _Said] = {}
        self._read = ""

    def hear(self, source: str, text: str, *, private: bool) -> None:
        """What this source is saying now; nothing when its final has come. Private words stay so to their end."""
        before = self._said.get(source)
        if text:
            private = private or (before is not None and before.private)
            self._said[source] = _Said(text, self._clock(), private)
        else:
            self._said.pop(source, None)
        self._read = self._follow()

    def hide(self) -> None:
        """Nothing of what is being said may be read by the public, to its end."""
        for said in self._said.values():
            said.private = True

    @property
    def draft(self) -> list[Words]:
        """What every source is saying, in the order in which they began."""
        return [{"source": source, "text": said.text} for source, said in self._said.items()]

    @property
    def caption(self) -> Words:
        """What readers follow now."""
        said = self._said.get(self._read)
        return {"source": self._read, "text": "" if said is None or said.private else said.text}

    def _follow(self) -> str:
        now = self._clock()
        open_ones = [source for source, said in self._said.items() if not said.private]
        fresh = [source for source in open_ones if now - self._said[source].at < QUIET]
        if self._read in (fresh or open_ones):
            return self._read
        return next(iter(fresh or open_ones), self._read)
