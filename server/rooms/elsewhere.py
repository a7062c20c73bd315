"""What a room tells the other processes that host the same dialogue, and what it hears of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from live.entries import Entry


class Elsewhere:
    """There is nobody else: an SQLite file has one process. `backplane.Backplane` is the other kind.

    Nothing here waits, and nothing that is told here is needed for a page to be right: that comes from the journal.
    """

    @property
    def writes(self) -> bool:
        """Whether another process may have written something that can be read now."""
        return False

    def committed(self, stream_id: int, epoch: str, n: int, entries: Sequence[Entry], *, supported: bool) -> None:
        """Entries up to `n`, of which `entries` are the newest, are on disk, and supports were set or not."""

    def words(self, code: str, draft: Sequence[Mapping[str, str]], caption: Mapping[str, str]) -> None:
        """What is being said right now: for the desk, and what of it the public may read."""

    def sound(self, code: str, state: Mapping[str, Any]) -> None:
        """How recording and recognition are."""

    def screens(self, code: str, states: Mapping[str, str]) -> None:
        """Where the voice of a phone comes out, and how."""

    def heard(self, code: str) -> dict[str, int]:  # noqa: ARG002 - the other kind knows by the code
        """How many samples of each source are recorded in other processes by now."""
        return {}
