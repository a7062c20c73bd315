"""What goes on beside a talking hall: another source that catches up, and a recording that is read a second time.

A microphone that is a program speaks into the hall in real time; ten secretaries write a line each tenth of a second by
the clock, and two hundred phones get it. Three times: with nothing beside; while a second source, sent at once as after
a cut, is caught up with; while the recording is read a second time by the same model. Told each time: how long lines
waited for their answers since they were due, how far behind recognition of the hall was, and the cores that each
program took; they share the cores of this machine with what measures.
Run by path: .venv/bin/python bench/beside.py (QUICK=1: no figures). Some five minutes.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import busy_with_others, cpu_seconds
from bench._crowd import Socket
from bench._hall import TEXT, furnished
from bench._house import CODE, House, free_port, house
from bench._report import Sheet, share
from bench._rounds import BUSY
from bench._sound import korean, microphone, talk
from bench.sources import WARM, Fed, fed
from server.crowd.doors import Target, fetch
from server.settings import Settings
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

QUICK = bool(os.environ.get("QUICK") or os.environ.get("BENCH_QUICK"))
PHONES = 20 if QUICK else 200
SECONDS = 10 if QUICK else 60
"""How long each part counts, behind the first words."""
LATE = 10 if QUICK else 120
"""Seconds of sound that come at once."""
PERIOD = 0.1
NEAR = 1.0
"""Seconds behind at which a source has caught up."""
READINGS = 1 if QUICK else 3
"""One after the other: enough for the whole part."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was measured while this went on beside."""

    name: str
    hall: Fed
    answers: list[float]
    cores: dict[str, float]
    beside: str


def programs(server: int) -> dict[str, int]:
    """The server, the recogniser of now and that of second readings, as far as they are there."""
    found = {"server": server}
    for file in Path(f"/proc/{server}/task").glob("*/children"):
        for pid in map(int, file.read_text(encoding="ascii").split()):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"transcription.worker" in command:
                found["again" if b"--nice" in command else "live"] = pid
    return found


async def answered(secretaries: list[Socket], begin: float) -> list[float]:
    """Lines by the clock: milliseconds from when each was due to its answer."""

    async def one(number: int) -> float:
        due = begin + number * PERIOD
        await asyncio.sleep(due - time.time())
        await secretaries[number % len(secretaries)].send("write_line", text=TEXT)
        return (time.time() - due) * 1000

    return await asyncio.gather(*(one(number) for number in range(round(SECONDS / PERIOD))))


async def nothing(_: float) -> str:
    return "-"


async def catching_up(at: House, cookie: str, pcm: bytes, begin: float) -> str:
    """Another source's sound comes at once, then in real time; how long until recognition is near it."""
    second = SAMPLE_RATE * SAMPLE_BYTES
    async with microphone(at, cookie, "chair") as mic:
        await asyncio.sleep(begin - time.time())
        for offset in range(0, LATE * second, second):
            await mic.send(mic.have, pcm[offset : offset + second])
        sent = time.time()
        while mic.lag > NEAR and time.time() < begin + SECONDS:
            await asyncio.sleep(0.1)
            await mic.send(mic.have, bytes(second // 10))
        took, left = time.time() - sent, mic.lag
        await mic.stop()
    return f"{LATE} s in {took:.0f} s" if left <= NEAR else f"{left:.0f} s left"


async def reading_again(at: House, cookie: str, begin: float) -> str:
    """The hall is read a second time, for as long as the part lasts."""
    await asyncio.sleep(begin - time.time())
    target, path = Target(at.url), f"/d/{CODE}/readings"
    page = await fetch(target, path, cookie=cookie)
    form = {"csrf": page.csrf or "", "do": "start", "source": "hall", "what": "whole"}
    for _ in range(READINGS):
        asked = await fetch(target, path, cookie="; ".join([cookie, *page.cookies]), form=form)
        if asked.status != 303:
            raise SystemExit(f"A second reading was not begun: {asked.status}. The run is void.")
    await asyncio.sleep(begin + SECONDS - time.time())
    return "all along" if "again" in programs(at.process.pid) else "ENDED EARLY"


async def part(
    name: str, at: House, cookie: str, pcm: bytes, secretaries: list[Socket], what: Callable[[float], Awaitable[str]]
) -> Part:
    """The hall talks, lines are written, and this goes on beside."""
    spoken = time.time() + 1
    counts = spoken + WARM
    length = (SECONDS + WARM) * SAMPLE_RATE * SAMPLE_BYTES
    hall, answers, cores, beside = await asyncio.gather(
        fed(at, cookie, "hall", pcm[:length], spoken),
        answered(secretaries, counts),
        taken(at, counts, counts + SECONDS),
        what(counts),
    )
    return Part(name, hall, answers, cores, beside)


async def taken(at: House, begin: float, end: float) -> dict[str, float]:
    """Cores that each process takes between the two moments; one that begins meanwhile counts from its start."""
    await asyncio.sleep(begin - time.time())
    before = {name: cpu_seconds(pid) for name, pid in programs(at.process.pid).items()}
    await asyncio.sleep(end - time.time())
    after = {name: cpu_seconds(pid) for name, pid in programs(at.process.pid).items()}
    return {name: (spent - before.get(name, 0.0)) / (end - begin) for name, spent in after.items()}


def told(parts: list[Part], others: float) -> None:
    sheet = Sheet(
        f"Beside a talking hall: {PHONES} phones, ten lines a second, {SECONDS} s each", "beside it",
        "answer p50", "p99", "most", "hall behind p50", "p95", "most", "server", "live", "again, cores", "and",
    )  # fmt: skip
    for one in parts:
        behind = one.hall.behind
        cores = (f"{one.cores.get(name, 0.0):.2f}" for name in ("server", "live", "again"))
        answers = (share(one.answers, 50), share(one.answers, 99), max(one.answers))
        sheet.row(
            one.name, *(f"{value:.0f} ms" for value in answers),
            *(f"{value:.1f} s" for value in (share(behind, 50), share(behind, 95), max(behind))), *cores, one.beside,
        )  # fmt: skip
    void = f"VOID as a figure: other work took {others:.0f} % of the cores just before. Run it alone."
    sheet.show("" if others <= BUSY else void)


async def measured(at: House, sessions: list[str], seats: list[str], pcm: bytes) -> list[Part]:
    phones = [await Socket.open(at, "phone", seat) for seat in seats]
    secretaries = [await Socket.open(at, "secretary", session) for session in sessions]
    mine, other = sessions[0], sessions[1]
    await fed(at, mine, "hall", pcm[: WARM * SAMPLE_RATE * SAMPLE_BYTES], time.time() + 1)  # the model is loaded
    parts = [
        await part("nothing", at, mine, pcm, secretaries, nothing),
        await part("catching up", at, mine, pcm, secretaries, lambda begin: catching_up(at, other, pcm, begin)),
        await part("reading again", at, mine, pcm, secretaries, lambda begin: reading_again(at, other, begin)),
    ]
    await asyncio.gather(*(socket.close() for socket in (*secretaries, *phones)))
    return parts


def main() -> None:
    others, pcm = busy_with_others(), talk()
    while len(pcm) < max(LATE, SECONDS + WARM) * SAMPLE_RATE * SAMPLE_BYTES:
        pcm += pcm
    with TemporaryDirectory(prefix="bench-") as folder:
        settings = Settings(data_dir=Path(folder), port=free_port())
        sessions, seats = asyncio.run(furnished(settings, PHONES))
        with house("serve", settings=replace(settings, model=korean())) as at:
            parts = asyncio.run(measured(at, sessions, seats, pcm))
    told(parts, others)


if __name__ == "__main__":
    main()
