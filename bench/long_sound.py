"""Hours of sound through the real server, faster than they last: memory of server and recogniser, samples, seeking.

A microphone that is a program sends the sound over the wire of microphones as fast as recognition keeps up, with a
phone and the hall screen open beside. At the end: is what lies on the disk what was sent, did the words drift, does the
third hour play. Run by path: .venv/bin/python bench/long_sound.py [--hours 3.5]
(Half an hour; QUICK=1: six minutes of sound.)
"""

import argparse
import asyncio
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import resident_kb
from bench._crowd import Socket
from bench._house import CODE, House, house, prepared
from bench._report import Line, Sheet, show
from bench._sound import evening, in_frames, korean, microphone, talk, worker_of
from live.entries import SegmentHeard
from server import keys
from server.cli.environment import database
from server.rooms.ears import sound_directory
from server.settings import Settings
from server.store.journal import Journal
from transcription.heard import SAMPLE_BYTES
from transcription.heard import SAMPLE_RATE as RATE
from transcription.manifest import Manifest
from transcription.manifest import read as story
from transcription.pieces import duration
from transcription.pieces import read as read_sound

HOURS = 3.5
LOOK_EVERY = 60
"""Seconds of sound between two looks at the memory."""
NEAR = 2.0
"""Seconds of sound that recognition may be behind before the microphone waits."""
GROWTH = 5.0
"""Per cent that the recogniser may grow after the first hour (T4)."""


@dataclass(frozen=True, slots=True)
class Look:
    """Seconds of sound sent, seconds passed, MB of the server and of the recogniser."""

    sent: float
    passed: float
    server: float
    worker: float


async def sent(at: House, cookie: str, pcm: bytes, samples: int) -> tuple[list[Look], str]:
    """Send it all; what was seen on the way, and the digest of what was sent."""
    looks: list[Look] = []
    digest, position, begun = hashlib.sha256(), 0, time.monotonic()
    async with microphone(at, cookie) as mic:
        for frame in in_frames(evening(pcm), samples):
            await mic.send(position, frame)
            digest.update(frame)
            position += len(frame) // SAMPLE_BYTES
            await asyncio.sleep(max(0.0, mic.lag - NEAR) / 8)
            if position // RATE % LOOK_EVERY == 0 or position == samples:
                looks.append(look(at, position / RATE, time.monotonic() - begun))
                print("  ".join(f"{value:8.1f}" for value in vars_of(looks[-1])), flush=True)
        await mic.stop()
    return looks, digest.hexdigest()


def look(at: House, position: float, passed: float) -> Look:
    worker = worker_of(at.process.pid)
    own = resident_kb(at.process.pid) / 1024
    return Look(position, passed, own, resident_kb(worker) / 1024 if worker else 0.0)


def vars_of(one: Look) -> tuple[float, float, float, float]:
    return one.sent, one.passed, one.server, one.worker


def seek(at: House, cookie: str, directory: Path, at_sample: int) -> tuple[float, bool]:
    """Milliseconds until a quarter of a minute from there has come, and whether it is what lies on the disk."""
    first, count = 44 + at_sample * SAMPLE_BYTES, 15 * RATE * SAMPLE_BYTES
    asking = HTTPConnection("127.0.0.1", at.settings.port, timeout=60)
    begun = time.monotonic()
    headers = {"Cookie": cookie, "Range": f"bytes={first}-{first + count - 1}"}
    asking.request("GET", f"/d/{CODE}/sound/hall.wav", headers=headers)
    answer = asking.getresponse()
    body = answer.read()
    took = (time.monotonic() - begun) * 1000
    asking.close()
    return took, answer.status == 206 and body == read_sound(directory, at_sample, 15 * RATE)


def on_disk(directory: Path) -> str:
    """The digest of the whole recording, read as play-back reads it."""
    digest, whole = hashlib.sha256(), duration(directory)
    for at in range(0, whole, 60 * RATE):
        digest.update(read_sound(directory, at, min(60 * RATE, whole - at)))
    return digest.hexdigest()


async def first_words(settings: Settings) -> list[int]:
    """Where each segment's first word begins, in samples."""
    async with database(settings) as opened:
        journal = Journal(opened, keys.signing_key(settings))
        _, entries = await journal.tail(CODE, 0)
    heard = [entry.fact for entry in entries if isinstance(entry.fact, SegmentHeard) and entry.fact.source == "hall"]
    return [fact.times[0][0] for fact in heard if fact.times]


def turns(pcm: bytes) -> Iterator[int]:
    """Where the talk begins anew, in samples."""
    at = 0
    for number, part in enumerate(evening(pcm)):
        if number % 2 == 0:
            yield at
        at += len(part) // SAMPLE_BYTES


def drift(words: list[int], pcm: bytes, samples: int) -> tuple[float, int]:
    """Milliseconds that the words of the last whole talk lie off those of the second one, median; how many words."""
    length = len(pcm) // SAMPLE_BYTES
    begins = [at for at, _ in zip(turns(pcm), range(1 + samples // length), strict=False) if at + length <= samples]
    if len(begins) < 3:
        return 0.0, 0
    first, last = ([at - begin for at in words if begin <= at < begin + length] for begin in (begins[1], begins[-1]))
    near = [min((at - other for other in first), key=abs, default=0) for at in last]
    return median(near or [0]) * 1000 / RATE, len(near)


def figures(looks: list[Look], looked: dict[str, bool], took: float, off: tuple[float, int]) -> None:
    sheet = Sheet("Memory on the way", "sound", "passed", "server MB", "recogniser MB")
    marks = [one for one in looks if one.sent % 1800 == 0 or one in (looks[0], looks[-1])]
    for one in marks:
        sheet.row(f"{one.sent / 60:.0f} min", f"{one.passed / 60:.1f} min", f"{one.server:.1f}", f"{one.worker:.0f}")
    sheet.show()
    hour = next((one for one in looks if one.sent >= 3600), looks[0])
    end = looks[-1]
    show(
        f"{end.sent / 3600:.2f} hours of sound in {end.passed / 60:.0f} minutes ({end.sent / end.passed:.1f} x)",
        [
            Line("recogniser, growth after the first hour", 100 * (end.worker / hour.worker - 1), "%", "", GROWTH),
            Line("server, growth after the first hour", end.server - hour.server, "MB", ""),
            Line("words of the last talk off those of the second", abs(off[0]), "ms", f"{off[1]} segments", 30.0),
            Line("seek to six sevenths, 15 s of sound", took, "ms", ""),
            *(Line(f"not so: {what}", float(not so), "", "", 0.0) for what, so in looked.items()),
        ],
    )


async def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    quick = bool(os.environ.get("QUICK") or os.environ.get("BENCH_QUICK"))
    asked.add_argument("--hours", type=float, default=0.1 if quick else HOURS)
    samples, pcm = round(asked.parse_args().hours * 3600) * RATE, talk()
    with TemporaryDirectory(prefix="bench-") as folder:
        settings, cookies, seats = await prepared(Path(folder), 1, "secretary", "stage")
        settings = replace(settings, model=korean())
        directory = sound_directory(settings.data_dir, CODE, "hall")
        with house("serve", settings=settings) as at:
            watching = [await Socket.open(at, "phone", seats[0]), await Socket.open(at, "stage", cookies[1])]
            looks, digest = await sent(at, cookies[0], pcm, samples)
            took, played = seek(at, cookies[0], directory, samples * 6 // 7)
            for one in watching:
                await one.close()
        told: Manifest = story(directory)
        verified = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-m", "server", "verify"], cwd=Path(__file__).parents[1], check=False,
            capture_output=True, env=os.environ | {"DOITHOAI_DATA_DIR": folder},
        )  # fmt: skip
        looked = {
            "every sample sent is there": duration(directory) == samples,
            "digest on disk = digest sent": on_disk(directory) == digest,
            "manifest: no gap, one span": not told.gaps and len(told.spans) == 1,
            "played back as on disk": played,
            "doithoai verify": verified.returncode == 0,
        }
        figures(looks, looked, took, drift(await first_words(settings), pcm, samples))


if __name__ == "__main__":
    asyncio.run(main())
