"""Bytes that one phone gets in a minute of the demo's running dialogue, against its whole state as JSON at each change.

The entries of the told evening, from its opening on, go one by one through the real views, drawing and framing to one
phone that listens. Beside it, what a page would get that is sent everything it shows, as compact JSON without any HTML,
whenever that changes. Heads of frames are counted, those of TCP and TLS are not; nor are pings (6 bytes each) and
signals: partial words come up to four times a second while somebody speaks, tallies once a second while people support.
Run by path: .venv/bin/python bench/traffic.py
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec

from bench._house import CODE
from bench._report import Line, show
from live.dialogue import Dialogue
from live.entries import Entry
from live.seats import Audience, Seat
from live.views import view
from server import clock, keys
from server.cli.environment import database
from server.demo.seed import seed
from server.rooms.fanout import Fanout
from server.rooms.listeners import CLOSED_ABOVE, Listener, Pushed
from server.rooms.render import Render
from server.rooms.rounds import Rounds
from server.settings import Settings
from server.store.journal import Journal
from server.store.people import People

TARGET = 0.15
"""Of the whole state as JSON (P15)."""


class Scale:
    """A line that only weighs."""

    def __init__(self) -> None:
        self.weight = 0

    def push(self, frame: bytes, most: int = CLOSED_ABOVE) -> Pushed:  # noqa: ARG002 - nothing is ever unsent here
        self.weight += len(frame)
        return Pushed.SENT

    def buffered(self) -> int:
        return 0

    def close(self, code: int) -> None:
        raise SystemExit(f"The scale was closed with {code}: the run is void.")

    def abort(self) -> None:
        raise SystemExit("The scale was cut off: the run is void.")


async def told_evening(folder: Path) -> list[Entry]:
    """Every entry of the demo's running dialogue."""
    settings = Settings(data_dir=folder)
    async with database(settings) as opened:
        journal = Journal(opened, keys.signing_key(settings))
        await seed(journal, People(opened), folder, clock.now())
        stream = await journal.stream(CODE)
        assert stream is not None
        return await journal.entries(stream.id)


def weighed(entries: list[Entry]) -> tuple[int, int, int, int, float]:
    """The page at first, changes, their bytes, the bytes of whole states, and minutes since the opening."""
    dialogue = Dialogue()
    coming = iter(entries)
    while (opened := dialogue.opened_at) is None:
        dialogue = dialogue.apply(next(coming))
    fanout = Fanout(CODE, "weighed", Render(), dialogue, Rounds(lambda work: work()))
    scale = Scale()
    fanout.join(Listener(scale, Seat("", Audience.PHONE), "vi"), None, "", datetime.now(UTC))
    page, seen, whole, changes = scale.weight, view(dialogue, Audience.PHONE), 0, 0
    scale.weight = 0
    for entry in coming:
        dialogue = dialogue.apply(entry)
        fanout.publish(dialogue)
        before, seen = seen, view(dialogue, Audience.PHONE)
        if before != seen:
            changes += 1
            whole += len(msgspec.json.encode(seen)) + 4
    return page, changes, scale.weight, whole, (entries[-1].at - opened).total_seconds() / 60


def main() -> None:
    with TemporaryDirectory(prefix="bench-") as folder:
        page, changes, patches, whole, minutes = weighed(asyncio.run(told_evening(Path(folder))))
    show(
        f"One phone through the demo's evening: {changes} changes in {minutes:.0f} minutes",
        [
            Line("changes, of the whole state as JSON each time", patches / whole, "x", "one tale", TARGET),
            Line("changes as HTML", patches / minutes, "bytes/min", f"{patches:,} in all"),
            Line("whole state as JSON", whole / minutes, "bytes/min", f"{whole:,} in all"),
            Line("one change", patches / changes, "bytes", "mean"),
            Line("what a page gets that joins at the opening", page, "bytes", "once"),
        ],
        "Nothing here depends on the machine: these are bytes.",
    )


if __name__ == "__main__":
    main()
