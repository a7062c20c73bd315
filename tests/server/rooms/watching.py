"""Pages that watch a room: each keeps what it was sent, as a browser does, and comes back where it was."""

from dataclasses import dataclass, field

from live.seats import Audience, Seat
from server import clock
from server.rooms.listeners import Listener
from server.rooms.room import Room
from tests.cast import AGENCY, CHAIR, CLERK, HANH, MODERATOR, PASSER_BY, SECRETARY, STAGE, TUAN
from tests.server.rooms.listening_line import KeptLine, listen
from tests.server.rooms.page import Page

SEATS = (
    (HANH, "vi"), (TUAN, "en"), (STAGE, "vi"), (MODERATOR, "vi"), (SECRETARY, "en"), (PASSER_BY, "vi"), (CHAIR, "vi"),
    (CLERK, "en"), (AGENCY, "vi"),
)  # fmt: skip


@dataclass
class Onlooker:
    """Somebody's page: what it shows, up to where, and the line it has now."""

    seat: Seat
    language: str
    page: Page = field(default_factory=Page)
    epoch: str = ""
    listener: Listener | None = None
    line: KeptLine = field(default_factory=KeptLine)


@dataclass
class Watcher(Onlooker):
    """What has come down the line and is on the page already is moved to `heard`."""

    heard: bytes = b""

    def come(self, room: Room) -> None:
        self.listener, self.line = listen(self.seat, self.language)
        room.fanout.join(self.listener, self.page.n or None, self.epoch, clock.now())
        self.epoch = room.epoch

    def take(self) -> None:
        for message in self.line.messages:
            self.page.take(message)
        self.heard += b"".join(self.line.frames)
        self.line.frames = []


class Watchers:
    """One page of each kind that matters."""

    def __init__(self) -> None:
        self.all = [Watcher(seat, language) for seat, language in SEATS]

    def come(self, room: Room) -> None:
        """Whoever is away, or was listening to a room that has ended, comes back where the page left off."""
        for watcher in self.all:
            if watcher.listener is None or watcher.listener not in room.fanout.listeners():
                watcher.take()
                watcher.come(room)

    def go(self, room: Room, who: int) -> None:
        watcher = self.all[who]
        watcher.take()
        if watcher.listener is not None:
            room.fanout.leave(watcher.listener)
            watcher.listener = None

    def compare(self, room: Room) -> None:
        """Every page is, region by region, what somebody who opens it now gets."""
        for watcher in self.all:
            watcher.take()
            now, (opened, line) = Page(), listen(watcher.seat, watcher.language)
            room.fanout.join(opened, None, "", clock.now())
            for message in line.messages:
                now.take(message)
            room.fanout.leave(opened)
            who = (watcher.seat.audience, watcher.language)
            assert watcher.page.markup == now.markup, f"a page is not the page now: {who}"

    def shown_to_all(self) -> list[tuple[Seat, bytes]]:
        """All that was ever sent to pages that are not of staff."""
        everybody = {Audience.PHONE, Audience.STAGE, Audience.PUBLIC}
        return [(watcher.seat, watcher.heard) for watcher in self.all if watcher.seat.audience in everybody]
