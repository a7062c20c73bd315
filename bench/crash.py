"""The recogniser is killed in mid-speech: how long until the next word is said, and is any word lost or doubled.

A talk is sent in real time to the real server; again and again the worker process is killed (SIGKILL). The clock runs
from the kill to the next word in progress or final that the new process says. Loading the model is a part of it and is
told apart: the target is 3 s and the loading. At the end the recording must be what was sent, sample by sample, and no
two finals may lie on the same sound. Run by path: .venv/bin/python bench/crash.py (QUICK=1: one kill). Two minutes.
"""

import asyncio
import hashlib
import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._cores import busy_with_others
from bench._house import CODE, House, house, prepared
from bench._noted import NOTED, notes
from bench._report import Line, share, show, spread
from bench._rounds import BUSY
from bench._sound import korean, microphone, talk, worker_of
from server.rooms.ears import sound_directory
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.pieces import duration
from transcription.pieces import read as read_sound

QUICK = bool(os.environ.get("QUICK") or os.environ.get("BENCH_QUICK"))
KILLS = 1 if QUICK else 5
EVERY = 6 if QUICK else 15
"""Seconds of speech to each kill, and behind the last."""
TARGET = 3.0
GRID = SAMPLE_RATE // 25
"""Vosk tells times on a grid: two words may overlap by this."""
BLOCK = SAMPLE_RATE // 10


@dataclass(frozen=True, slots=True)
class Kill:
    """When it was killed, when the next process had its model, and when the next word was said."""

    at: float
    ready: float
    word: float


async def spoken(at: House, cookie: str, pcm: bytes) -> list[float]:
    """Speak all of it, and kill on the way; when each kill was."""
    kills: list[float] = []
    async with microphone(at, cookie) as mic:
        begun = time.time()
        for offset in range(0, len(pcm), BLOCK * SAMPLE_BYTES):
            block = pcm[offset : offset + BLOCK * SAMPLE_BYTES]
            position = offset // SAMPLE_BYTES
            await asyncio.sleep(begun + (position + len(block) // SAMPLE_BYTES) / SAMPLE_RATE - time.time())
            await mic.send(position, block)
            if position % (EVERY * SAMPLE_RATE) == 0 and position > 0 and len(kills) < KILLS:
                worker = worker_of(at.process.pid)
                if worker is None:
                    raise SystemExit("There is no recogniser to kill: the run is void.")
                os.kill(worker, signal.SIGKILL)
                kills.append(time.time())
        await mic.stop()
    return kills


async def heard_out(noted: Path, length: int) -> list[dict[str, Any]]:
    """Everything said, once the last run has ended."""
    for _ in range(600):
        said = notes(noted)
        if any(note["say"] == "ended" and int(str(note["at"])) >= length for note in said):
            return said
        await asyncio.sleep(0.1)
    raise SystemExit("The recording was not heard to its end within a minute: the run is void.")


def after(kill: float, said: list[dict[str, Any]]) -> Kill:
    later = [note for note in said if note["t"] > kill]
    return Kill(
        kill,
        next(note["t"] for note in later if note["say"] == "ready"),
        next(note["t"] for note in later if note["say"] in ("partial", "final")),
    )


def doubled(said: list[dict[str, Any]]) -> int:
    """Finals that begin before the one before them ended."""
    finals = sorted((note["start"], note["end"]) for note in said if note["say"] == "final")
    return sum(later[0] + GRID < earlier[1] for earlier, later in pairwise(finals))


async def main() -> None:
    others = busy_with_others()
    pcm = talk()[: (KILLS + 1) * EVERY * SAMPLE_RATE * SAMPLE_BYTES]
    with TemporaryDirectory(prefix="bench-") as folder:
        settings, cookies, _ = await prepared(Path(folder), 1, "secretary")
        noted, directory = Path(folder) / "noted", sound_directory(settings.data_dir, CODE, "hall")
        os.environ[NOTED] = str(noted)
        with house("serve", settings=replace(settings, model=korean()), program="bench._noted") as at:
            kills = await spoken(at, cookies[0], pcm)
            said = await heard_out(noted, len(pcm) // SAMPLE_BYTES)
        whole = read_sound(directory, 0, duration(directory))
    turns = [after(kill, said) for kill in kills]
    words, loads = [turn.word - turn.at for turn in turns], [turn.ready - turn.at for turn in turns]
    beyond = [word - load for word, load in zip(words, loads, strict=True)]
    missing = abs(len(whole) - len(pcm)) // SAMPLE_BYTES
    same = hashlib.sha256(whole).digest() == hashlib.sha256(pcm).digest()
    show(
        f"The recogniser killed {len(kills)} times in mid-speech",
        [
            Line("kill to the next word, without loading", share(beyond, 100), "s", spread(beyond), TARGET),
            Line("kill to the next word, all in all", share(words, 100), "s", spread(words)),
            Line("kill to the model being loaded again", share(loads, 100), "s", spread(loads)),
            Line("samples missing or doubled", float(missing or not same), "", "", 0.0),
            Line("finals on sound that was final already", float(doubled(said)), "", "", 0.0),
        ],
        f"VOID as a figure: other work took {others:.0f} % just before. Run it alone." if others > BUSY else "",
    )  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
