"""Latest-only values beside the journal: tallies, partial words, who listens, how the sound is. Never stored."""

from typing import Any

from live.seats import Audience
from server.rooms.fanout import Fanout
from server.rooms.listeners import Listener

READERS: dict[str, frozenset[Audience]] = {
    "tally": frozenset({Audience.PHONE, Audience.MODERATOR, Audience.CHAIR}),
    "caption": frozenset({Audience.PHONE, Audience.STAGE, Audience.PUBLIC}),
    "draft": frozenset({Audience.SECRETARY}),
    "sound": frozenset({Audience.SECRETARY, Audience.MODERATOR}),
    "listeners": frozenset({Audience.MODERATOR}),
}
"""Who gets which signal. `caption` holds words the public may read, `draft` the same words for the desk, always."""


class Signals:
    """The newest value of each key, sent on change and told to whoever joins."""

    def __init__(self, fanout: Fanout) -> None:
        self._fanout = fanout
        self._now: dict[str, Any] = {}
        self._private: set[str] = set()

    def set(self, key: str, value: Any) -> None:
        """Say a new value, if it is one."""
        if self._now.get(key) != value:
            self._now[key] = value
            self._fanout.signal({key: value}, READERS[key])

    def tally(self, counts: dict[int, int]) -> None:
        self.set("tally", {str(question): count for question, count in counts.items()})

    def words(self, source: str, text: str) -> None:
        """Partial words: to the desk always, to the public unless captions are stopped.

        Partial words grow until they are final. Those that began in private stay private to their end, also when
        captions are shown again in between.
        """
        self.set("draft", {"source": source, "text": text})
        hidden = self._fanout.dialogue.captions_hidden
        if not text:
            self._private.discard(source)
        elif hidden:
            self._private.add(source)
        self.set("caption", {"source": source, "text": "" if hidden or source in self._private else text})

    def stop_captions(self) -> None:
        """Take back at once what is being said, for those who read and for those who join."""
        said = self._now.get("draft")
        if said and said["text"]:
            self.words(said["source"], said["text"])

    def current(self, audience: Audience) -> dict[str, Any]:
        """What somebody of `audience` who joins now should know."""
        return {key: value for key, value in self._now.items() if audience in READERS[key]}

    def tell(self, listener: Listener) -> None:
        self._fanout.signal_one(listener, self.current(listener.audience))
