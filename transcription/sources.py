"""All sources a recogniser follows, and the numbers of their runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from transcription.followed import Followed
from transcription.messages import Skipped


class Sources:
    """Every run not yet ended. At most one run a source is open; others may still be hearing their rest."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, int], Followed] = {}
        self._open: dict[str, Followed] = {}
        self._last_run: dict[str, int] = {}

    def __iter__(self) -> Iterator[Followed]:
        return iter(list(self._runs.values()))

    def __bool__(self) -> bool:
        return bool(self._runs)

    @property
    def open(self) -> list[str]:
        return list(self._open)

    def add(self, source: str, recording: Path, from_sample: int, run: int) -> Followed:
        """A new run of this source, `run` or the next free number. ValueError when one is open."""
        if source in self._open:
            raise ValueError(f"{source} is already followed")
        run = self._next_run(source, run)
        followed = Followed(source, recording, run, from_sample, from_sample, from_sample)
        self._runs[source, run] = self._open[source] = followed
        return followed

    def one(self, source: str) -> Followed:
        """The open run of this source. KeyError when there is none."""
        return self._open[source]

    def close(self, source: str) -> Followed:
        """The open run of this source, which hears its rest from now on. KeyError when there is none."""
        followed = self._open.pop(source)
        followed.ending = True
        return followed

    def run(self, source: str, run: int) -> Followed | None:
        return self._runs.get((source, run))

    def forget(self, followed: Followed) -> None:
        """The run is over."""
        self._runs.pop((followed.source, followed.run), None)
        if self._open.get(followed.source) is followed:
            del self._open[followed.source]

    def begin_again(self, *, skip: bool) -> list[Skipped]:
        """Give every source a new run from its last settled sample; with `skip`, from the newest sample instead."""
        waiting = list(self)
        self._runs.clear()
        skipped = []
        for followed in waiting:
            run = self._next_run(followed.source, 1)
            if skip and followed.have > followed.settled:
                # Something in this sound ends every worker: what is said from now on matters more.
                skipped.append(Skipped(followed.source, run, followed.settled, followed.have))
                followed.settled = followed.have
            followed.begin_again(run)
            self._runs[followed.source, run] = followed
        return skipped

    def _next_run(self, source: str, least: int) -> int:
        self._last_run[source] = max(least, self._last_run.get(source, 0) + 1)
        return self._last_run[source]
