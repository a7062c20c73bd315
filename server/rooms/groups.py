"""Those who get the same bytes: an audience in a language, its frames and its newest signals."""

from collections.abc import Callable
from typing import Any

from live.seats import Audience
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import Listener
from server.rooms.ring import Ring


class Group:
    """`ring.last` and `said` are where everybody in it should be."""

    def __init__(self, audience: Audience, language: str, n: int, whole: Callable[[Audience, str], bytes]) -> None:
        self.audience = audience
        self.language = language
        self.listeners: set[Listener] = set()
        self.ring = Ring(n)
        self.said = 0
        self.drawn_whole = 0
        self._whole = whole
        self._page: tuple[int, bytes] | None = None
        self._now: dict[str, Any] = {}
        self._news = b""
        self._parcel: tuple[int, int, bytes] = (-1, -1, b"")
        self._signals: tuple[int, bytes] = (-1, b"")

    def say(self, changed: dict[str, Any], news: bytes) -> None:
        """New values of signals; `news` is their frame, for those who have heard everything before."""
        self._now |= changed
        self._news = news
        self.said += 1
        self._parcel = (-1, -1, b"")

    def add(self, n: int, frame: bytes, shown: frozenset[str]) -> None:
        """One more frame for everybody here."""
        self.ring.add(n, frame, shown)
        self._page = None
        self._parcel = (-1, -1, b"")

    def forget(self, keys: frozenset[str]) -> None:
        """Nobody is told these things' old words again."""
        self.ring.forget(keys)
        self._parcel = (-1, -1, b"")

    def parcel(self, at: int, heard: int) -> bytes:
        """All that is due to who stands at `at` and `heard`, in one piece; the same bytes for all who stand there."""
        was_at, had_heard, frames = self._parcel
        if was_at != at or had_heard != heard:
            frames = self.patches(at) + self.signals(heard)
            self._parcel = (at, heard, frames)
        return frames

    def patches(self, at: int) -> bytes:
        """The frames after `at`, or a page that makes any page right."""
        if at >= self.ring.last:
            return b""
        missed = self.ring.since(at)
        return self.page() if missed is None else missed

    def page(self) -> bytes:
        """The whole page as one frame, drawn once however many need it."""
        if self._page is None or self._page[0] != self.ring.last:
            self._page = (self.ring.last, self._whole(self.audience, self.language))
            self.drawn_whole += 1
        return self._page[1]

    def signals(self, heard: int) -> bytes:
        """The newest values; only what changed, for those who heard everything before."""
        if heard == self.said or not self._now:
            return b""
        if heard == self.said - 1:
            return self._news
        if self._signals[0] != self.said:
            self._signals = (self.said, text_frame(envelope({"now": self._now})))
        return self._signals[1]
