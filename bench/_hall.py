"""Our own side of a comparison: the real server on a copy of a prepared evening, its secretaries, its phones."""

import asyncio
import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench._house import CODE, House, free_port, house
from bench._swarm import Swarm
from server import clock, keys
from server.cli.environment import database
from server.demo.seed import seed
from server.settings import Settings
from server.store.journal import Journal
from server.store.people import Joining, People

SECRETARIES = 10
"""A seat may command twenty times in ten seconds, so that several write in turn."""
SEATED = 2_500
"""Seats of citizens; each has up to four pages open, which is what a seat may have."""
TEXT = (
    "Chiều nay đoàn đã xuống tận nơi xem cống ở đầu thôn 3. Xã sẽ thông lại trước mùa mưa, việc nào xong thì báo ngay."
)
"""A line of the transcript, as a secretary types it; the change that a phone gets for it is some 300 bytes."""
LIVE = f"/d/{CODE}/live"
WRITE = '{"op":"%s","do":"write_line","text":"' + TEXT + '"}'


@dataclass(frozen=True, slots=True)
class Evening:
    """A prepared data directory, never served itself, and whom it lets in."""

    folder: Path
    secretaries: list[str]
    cookies: Path
    """A file with the cookie of each seat."""


async def prepared_evening(folder: Path, seated: int = SEATED) -> Evening:
    """The demo with more secretaries and many seats. Some seconds: each seat is a commit."""
    settings = Settings(data_dir=folder / "evening")
    settings.data_dir.mkdir()
    sessions, seats = await furnished(settings, seated)
    cookies = folder / "cookies"
    cookies.write_text("".join(f"{seat}\n" for seat in seats), encoding="ascii")
    return Evening(settings.data_dir, sessions, cookies)


async def furnished(settings: Settings, seated: int) -> tuple[list[str], list[str]]:
    """The demo where `settings` say, and the cookies of its secretaries and of its phones."""
    now = clock.now()
    async with database(settings) as opened:
        people = People(opened)
        await seed(Journal(opened, keys.signing_key(settings)), people, settings.data_dir, now)
        for number in range(SECRETARIES):
            await people.add_staff(f"thuky{number}", f"Thư ký thử {number}", "-", frozenset({"secretary"}), now)
        ids = [person.id for person in await people.all_staff() if person.name.startswith("Thư ký thử")]
        sessions = [await people.begin_session(each, now, timedelta(days=1)) for each in ids]
        seats = [clock.secret() for _ in range(seated)]
        joining = Joining("Người thử", "xã Ea Mô", publish_name=True)
        for begin in range(0, seated, 100):
            await asyncio.gather(*(people.take_seat(CODE, seat, joining, now) for seat in seats[begin : begin + 100]))
    return [f"staff={session}" for session in sessions], [f"seat={seat}" for seat in seats]


@contextlib.contextmanager
def served(evening: Evening, core: int, program: str = "server") -> Iterator[House]:
    """The real server on a fresh copy of the evening; `program` may be one that runs it and watches."""
    copy = evening.folder.with_name(f"served-{clock.token()}")
    shutil.copytree(evening.folder, copy)
    try:
        with house("serve", settings=Settings(data_dir=copy, port=free_port()), core=core, program=program) as running:
            yield running
    finally:
        shutil.rmtree(copy)


def phones(running: House, evening: Evening, *, talkers: bool = True) -> Swarm:
    """A swarm that opens phones of this house; its triggers are lines that secretaries write."""
    origin = f"Origin: {running.url}\r\n"
    swarm = Swarm(
        running.settings.port, f"{LIVE}?as=phone&lang=vi", headers=origin, cookies=evening.cookies, ready='"caught_up"'
    )
    for cookie in evening.secretaries if talkers else ():
        swarm.talk(f"{LIVE}?as=secretary&lang=vi", f"{origin}Cookie: {cookie}\r\n")
    return swarm
