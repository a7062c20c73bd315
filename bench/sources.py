"""Several microphones at once with one recogniser: how many keep up, and what share of it each gets.

One to four sources of a dialogue send talks in real time to the real server, each beginning elsewhere in the talk.
Behind is the sound on the disk and not yet heard, as the server itself tells it with each acknowledgement; a source
keeps up when it is not further behind at the end than in the middle, and never more than words in progress allow.
Run by path: .venv/bin/python bench/sources.py (QUICK=1: no figures). Some five minutes.
"""

import asyncio
import os
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import busy_with_others, cpu_seconds, resident_kb
from bench._house import House, house, prepared
from bench._noted import NOTED, notes
from bench._report import Sheet, share
from bench._rounds import BUSY
from bench._sound import korean, microphone, talk, worker_of
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

QUICK = bool(os.environ.get("QUICK") or os.environ.get("BENCH_QUICK"))
SOURCES = ("hall", "chair", "site", "voice")
SECONDS = 15 if QUICK else 60
WARM = 8
"""Seconds of sound before anything counts: a new recognition costs a second of processor on its first words."""
NEAR = 3.0
"""Seconds unread, for 95 % of the time at most, of a source that keeps up."""
BLOCK = SAMPLE_RATE // 10


@dataclass
class Fed:
    """One source: seconds behind at each tenth of a second since it counts."""

    name: str
    behind: list[float] = field(default_factory=list)

    @property
    def keeps_up(self) -> bool:
        half = len(self.behind) // 2
        near = share(self.behind, 95) <= NEAR
        return near and mean(self.behind[half:]) <= mean(self.behind[:half]) + 0.5


async def fed(at: House, cookie: str, name: str, pcm: bytes, begin: float) -> Fed:
    """Speak into one microphone in real time, from this moment on."""
    told = Fed(name)
    async with microphone(at, cookie, name) as mic:
        first = mic.have
        for offset in range(0, len(pcm), BLOCK * SAMPLE_BYTES):
            block = pcm[offset : offset + BLOCK * SAMPLE_BYTES]
            spoken = (offset + len(block)) / SAMPLE_BYTES / SAMPLE_RATE
            await asyncio.sleep(begin + spoken - time.time())
            await mic.send(first + offset // SAMPLE_BYTES, block)
            if spoken > WARM:
                told.behind.append(mic.lag)
        await mic.stop()
    return told


@dataclass(frozen=True, slots=True)
class Round:
    """So many sources at once: each one's lag, and the recogniser's processor seconds a second and MB."""

    fed: list[Fed]
    cores: float
    memory: float
    partials: list[int]


async def together(at: House, cookie: str, pcm: bytes, count: int, noted: Path) -> Round:
    length, size = (SECONDS + WARM) * SAMPLE_RATE * SAMPLE_BYTES, len(pcm) // SAMPLE_BYTES
    worker, begin = worker_of(at.process.pid), time.time() + 1
    before = cpu_seconds(worker) if worker else 0.0
    turned = [pcm[size * n // len(SOURCES) * SAMPLE_BYTES :] + pcm for n in range(count)]
    each = [fed(at, cookie, name, own[:length], begin) for name, own in zip(SOURCES, turned, strict=False)]
    done = await asyncio.gather(*each)
    worker = worker_of(at.process.pid)
    assert worker is not None
    cores = (cpu_seconds(worker) - before) / (SECONDS + WARM)
    said = [note for note in notes(noted) if note["say"] == "partial" and float(str(note["t"])) >= begin + WARM]
    partials = [sum(note["source"] == f"DEMO/{one.name}" for note in said) for one in done]
    return Round(list(done), cores, resident_kb(worker) / 1024, partials)


async def warmed(at: House, cookie: str, pcm: bytes) -> None:
    """The model is loaded before anybody counts."""
    await fed(at, cookie, SOURCES[0], pcm[: WARM * SAMPLE_RATE * SAMPLE_BYTES], time.time() + 1)


def told(rounds: list[Round], others: float) -> None:
    sheet = Sheet(
        f"Sources at once, {SECONDS} s of talks in real time each", "sources", "keep up", "behind p50", "p95", "most",
        "at the end, each", "words in progress a second, each", "cores", "recogniser MB",
    )  # fmt: skip
    for one in rounds:
        behind = [value for source in one.fed for value in source.behind]
        ends = " ".join(f"{mean(source.behind[-10:]):.1f}" for source in one.fed)
        rates = " ".join(f"{count / SECONDS:.1f}" for count in one.partials)
        sheet.row(
            str(len(one.fed)), str(sum(source.keeps_up for source in one.fed)), f"{share(behind, 50):.1f} s",
            f"{share(behind, 95):.1f} s", f"{max(behind):.1f} s", ends, rates, f"{one.cores:.2f}", f"{one.memory:.0f}",
        )  # fmt: skip
    void = f"VOID as a figure: other work took {others:.0f} % of the cores just before. Run it alone."
    sheet.show("One core decodes, the other is the room's (on a machine of two).", void if others > BUSY else "")


async def main() -> None:
    others, pcm, rounds = busy_with_others(), talk(), []
    with TemporaryDirectory(prefix="bench-") as folder:
        settings, cookies, _ = await prepared(Path(folder), 1, "secretary")
        noted = Path(folder) / "noted"
        os.environ[NOTED] = str(noted)
        with house("serve", settings=replace(settings, model=korean()), program="bench._noted") as at:
            await warmed(at, cookies[0], pcm)
            for count in (1, 4) if QUICK else (1, 2, 3, 4):
                rounds.append(await together(at, cookies[0], pcm, count, noted))
                await asyncio.sleep(3)
    told(rounds, others)


if __name__ == "__main__":
    asyncio.run(main())
