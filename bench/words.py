"""From the mouth to a phone's screen: words in progress, final words, a mute, a change of floor; with 200 phones open.

A microphone that is a program sends talks in real time, a tenth of a second at a time, to the real server with the real
recogniser. A word counts as spoken when its last sample is; what the recogniser says counts from before it is written
to the pipe. 200 sockets read as phones do, and one page in Chromium is watched (MutationObserver).
Parts: talks as they are (pauses and all); speech with every pause taken out; changes of floor; mutes.
Run by path: .venv/bin/python bench/words.py (QUICK=1: a minute, no figures). Some five minutes.
"""

import asyncio
import os
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.async_api import async_playwright

from bench._cores import busy_with_others
from bench._crowd import Socket
from bench._delays import Told, after_cut, finals, in_progress, spoken
from bench._house import CODE, House, house, prepared
from bench._noted import NOTED, notes
from bench._readers import Readers, on_screen, screen
from bench._report import Line, share, show
from bench._rounds import BUSY
from bench._sound import korean, microphone, talk, without_pauses
from tests.chromium import CHROMIUM, FLAGS
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

QUICK = bool(os.environ.get("QUICK") or os.environ.get("BENCH_QUICK"))
PHONES = 20 if QUICK else 200
TALK, DENSE = (15, 12) if QUICK else (120, 60)
"""Seconds of talks as they are, and of speech without a pause."""
FLOORS, MUTES = (2, 1) if QUICK else (8, 6)
BETWEEN = 6
"""Seconds of speech before each change of floor and each mute."""
PARTS = ("asking", "answering")
"""The floor changes with the part of the turn."""
BLOCK = SAMPLE_RATE // 10
"""Samples in a frame of the capture page."""


@dataclass
class Mouth:
    """Speaks in real time: what was sent, when its first sample was spoken, and where people cut."""

    cookie: str
    at: House
    position: int = 0
    pieces: list[tuple[int, int, float]] = field(default_factory=list)
    """(first sample, behind the last, when the first was spoken)."""
    floors: list[tuple[int, float]] = field(default_factory=list)
    mutes: list[tuple[int, float]] = field(default_factory=list)

    async def speak(self, pcm: bytes, floors: int = 0, chair: Socket | None = None) -> None:
        """Until the sound ends, then stop. The floor changes so many times on the way."""
        async with microphone(self.at, self.cookie) as mic:
            begun, first = time.time(), mic.have
            every = len(pcm) // SAMPLE_BYTES // (floors + 1)
            for at in range(0, len(pcm), BLOCK * SAMPLE_BYTES):
                block = pcm[at : at + BLOCK * SAMPLE_BYTES]
                spoken_to = at // SAMPLE_BYTES + len(block) // SAMPLE_BYTES
                await asyncio.sleep(begun + spoken_to / SAMPLE_RATE - time.time())
                await mic.send(first + at // SAMPLE_BYTES, block)
                due = spoken_to // every > (spoken_to - BLOCK) // every and spoken_to // every <= floors
                if chair is not None and due:
                    self.floors.append((mic.have, time.time()))
                    await chair.send("start_clock", part=PARTS[len(self.floors) % 2])
            self.pieces.append((first, mic.have, begun))
            self.mutes.append((mic.have, time.time()))
            await mic.stop()
        await asyncio.sleep(2.5)


def parts(pcm: bytes) -> tuple[bytes, bytes, bytes]:
    """The talk as it is; speech without a pause; and speech for the floor and the mutes."""
    dense = without_pauses(pcm)
    seconds = SAMPLE_RATE * SAMPLE_BYTES
    return pcm[: TALK * seconds], dense[: DENSE * seconds], dense[DENSE * seconds :]


async def spoken_evening(
    at: House, cookies: list[str], seats: list[str], noted: Path
) -> tuple[Mouth, dict[str, list[Any]]]:
    """Everything is said; what each phone was told, and the screen by the name of "screen"."""
    readers, mouth = Readers(), Mouth(cookies[0], at)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await screen(browser, at, seats[0])
        await readers.come(at, seats)
        calm, dense, rest = parts(talk())
        step = BETWEEN * SAMPLE_RATE * SAMPLE_BYTES
        await mouth.speak(bytes(step // 2) + calm[:step])  # the model is loaded; not counted
        mouth.pieces.clear()
        mouth.mutes.clear()
        await mouth.speak(calm)
        await mouth.speak(dense)
        chair = await Socket.open(at, "chair", cookies[1])
        await chair.send("start_clock", part=PARTS[0])  # so that the next change is one, whoever had the floor
        await mouth.speak(rest[: step * (FLOORS + 1)], FLOORS, chair)
        await chair.close()
        for number in range(MUTES):
            await mouth.speak(rest[step * (number % 5) :][:step])
        await readers.have_all(noted)
        await readers.go()
        seen: dict[str, list[Any]] = {f"phone {number}": told for number, told in readers.sockets.items()}
        seen["screen"] = await on_screen(page)
        await browser.close()
    return mouth, seen


def lines(mouth: Mouth, seen: dict[str, list[Any]], said: list[dict[str, Any]]) -> list[Line]:
    screen_only = [Told(seen.pop("screen"), said)]
    phones = [Told(one, said) for one in seen.values()]
    calm, dense, *_ = mouth.pieces

    def line(what: str, values: list[float], unit: str, percent: int, target: float | None = None) -> Line:
        if not values:
            return Line(f"{what}: never", 9e9, unit, "no sample", target)
        times = 1000 if unit == "ms" else 1
        spread = f"p50 {times * share(values, 50):.3g}, most {times * max(values):.3g}, {len(values)}"
        return Line(f"{what}, p{percent}", times * share(values, percent), unit, spread, target)

    longest = max((one["end"] - one["start"] for one in spoken(said, dense)), default=0) / SAMPLE_RATE
    paused, unbroken = finals(screen_only, calm, after_pause=True), finals(screen_only, dense, after_pause=False)
    return [
        line(f"recogniser to {len(phones)} phones, words in progress", in_progress(phones), "ms", 95, 300),
        line("recogniser to the screen, words in progress", in_progress(screen_only), "ms", 95, 300),
        line("spoken to the screen, talks", [d for one in screen_only for d in one.first_seen(calm)], "s", 95, 2.0),
        line(
            "spoken to the screen, no pauses", [d for one in screen_only for d in one.first_seen(dense)], "s", 95, 2.0
        ),
        line("spoken to final, after a pause", paused, "s", 95, 2.0),
        line("spoken to final, no pauses", unbroken, "s", 90, 8.0),
        Line("longest final without a pause", longest, "s", "60 s of speech", 10.0),
        line("change of floor to final on the screen", after_cut(screen_only, said, mouth.floors), "s", 95, 1.5),
        line("mute to final on the screen", after_cut(screen_only, said, mouth.mutes), "s", 95, 1.5),
    ]


async def main() -> None:
    others = busy_with_others()
    with TemporaryDirectory(prefix="bench-") as folder:
        settings, cookies, seats = await prepared(Path(folder), PHONES, "secretary", "chair")
        noted = Path(folder) / "noted"
        os.environ[NOTED] = str(noted)
        with house("serve", settings=replace(settings, model=korean()), program="bench._noted") as at:
            mouth, seen = await spoken_evening(at, cookies, seats, noted)
        told = lines(mouth, seen, notes(noted))
    void = f"VOID as a figure: other work took {others:.0f} % of the cores just before. Run it alone."
    show(f"From the mouth to a phone of {CODE}, {PHONES} phones", told, void if others > BUSY else "")


if __name__ == "__main__":
    asyncio.run(main())
