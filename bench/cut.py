"""A network that is away for a minute in the middle of speech: every sample of the microphone against the recording.

The capture page in Chromium hears noise, of which no two tenths of a second are alike. What its audio thread made is
compared with what lies on the server's disk, after the network was away in each of the ways of bench/_network.py: lines
reset, and packets that vanish without a word. Run by path: .venv/bin/python bench/cut.py (QUICK=1: a short absence, no
figures). Some three minutes.
"""

import asyncio
import base64
import hashlib
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.async_api import Page, async_playwright

from bench._house import CODE, house, prepared
from bench._network import Network, Way
from bench._report import Line, show
from server.rooms.ears import sound_directory
from tests.chromium import CHROMIUM, FLAGS, hearing
from tests.web.sounding import LISTEN, noise_file
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.pieces import duration, read

QUICK = bool(os.environ.get("QUICK") or os.environ.get("BENCH_QUICK"))
BEFORE, AWAY, AFTER = (3, 12, 3) if QUICK else (10, 60, 10)
"""Seconds of speech with, without and with the network."""
PATIENCE = 60.0
"""Seconds for what must come."""
HEARD = BEFORE + AWAY + AFTER + int(PATIENCE)
"""Seconds of noise: longer than a trial, since Chromium begins it anew when it ends."""
BLOCK = SAMPLE_RATE // 10 * SAMPLE_BYTES
SOURCES = {Way.CLOSED: "hall", Way.HOLE: "chair"}


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one absence; sounds are samples, delays are seconds."""

    made: bytes
    kept: bytes
    noticed: float
    caught_up: float

    @property
    def missing(self) -> int:
        return sum((_blocks(self.made) - _blocks(self.kept)).values()) * BLOCK // SAMPLE_BYTES

    @property
    def doubled(self) -> int:
        return sum((_blocks(self.kept) - _blocks(self.made)).values()) * BLOCK // SAMPLE_BYTES


def _blocks(pcm: bytes) -> Counter[bytes]:
    return Counter(pcm[at : at + BLOCK] for at in range(0, len(pcm), BLOCK))


async def state(page: Page, kind: str) -> float:
    """Wait until the page says so; when that was."""
    await page.locator(f"#state[data-kind={kind}]").wait_for(timeout=PATIENCE * 1000)
    return time.monotonic()


def _on_disk(folder: Path, samples: int) -> float:
    """Wait until the recording has so many samples; when that was."""
    until = time.monotonic() + PATIENCE
    while duration(folder) < samples and time.monotonic() < until:
        time.sleep(0.05)
    return time.monotonic()


async def trial(page: Page, network: Network, way: Way, made: bytearray, data_dir: Path) -> Trial:
    """Speak, take the network away, give it back, speak on, stop."""
    await page.goto(f"{network.url}/d/{CODE}/sound")
    await page.locator("#capture select[name=source]").select_option(SOURCES[way])
    made.clear()
    await page.locator("#start").click()
    await state(page, "recording")
    await asyncio.sleep(BEFORE)
    network.take_away(way)
    away = time.monotonic()
    noticed = await state(page, "waiting") - away
    await asyncio.sleep(away + AWAY - time.monotonic())
    network.give_back()
    back = time.monotonic()
    folder = sound_directory(data_dir, CODE, SOURCES[way])
    at_return = len(made) // SAMPLE_BYTES
    caught_up = await asyncio.to_thread(_on_disk, folder, at_return) - back
    await asyncio.sleep(AFTER)
    await page.locator("#stop").click()
    await state(page, "idle")
    return Trial(bytes(made), read(folder, 0, duration(folder)), noticed, caught_up)


async def trials(folder: Path) -> dict[Way, Trial]:
    settings, [cookie], _ = await prepared(folder / "data", 0, "secretary")
    network = await Network(settings.port).begin()
    flags = [*FLAGS, *hearing(noise_file(folder, seconds=HEARD))]
    done: dict[Way, Trial] = {}
    with house("serve", settings=replace(settings, public_url=network.url)):
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
            for way in Way:
                context = await browser.new_context(permissions=["microphone"])
                name, _, value = cookie.partition("=")
                await context.add_cookies([{"name": name, "value": value, "url": network.url}])
                made = bytearray()
                await context.expose_function(
                    "madeSound", lambda block, made=made: made.extend(base64.b64decode(block))
                )
                await context.add_init_script(LISTEN)
                done[way] = await trial(await context.new_page(), network, way, made, settings.data_dir)
                await context.close()
            await browser.close()
    await network.end()
    return done


def lines(way: Way, one: Trial) -> list[Line]:
    name, seconds = way.name.lower(), f"{len(one.made) / SAMPLE_BYTES / SAMPLE_RATE:.1f} s of sound, {AWAY} s away"
    return [
        Line(f"{name}: samples missing", one.missing, "samples", seconds, 0),
        Line(f"{name}: samples doubled or strange", one.doubled, "samples", seconds, 0),
        Line(f"{name}: until the page says so", one.noticed, "s", "once"),
        Line(f"{name}: from its return until all is on disk", one.caught_up, "s", "once"),
    ]


def digests(way: Way, one: Trial) -> str:
    made, kept = (hashlib.sha256(pcm).hexdigest()[:16] for pcm in (one.made, one.kept))
    return f"{way.name.lower()}: {way.value}. SHA-256 of the microphone {made}, of the recording {kept}: " + (
        "the same." if one.made == one.kept else "NOT THE SAME."
    )


async def main() -> None:
    with TemporaryDirectory(prefix="bench-") as folder:
        done = await trials(Path(folder))
    told = [line for way, one in done.items() for line in lines(way, one)]
    show("The network away in the middle of speech", told, *(digests(way, one) for way, one in done.items()))


if __name__ == "__main__":
    asyncio.run(main())
