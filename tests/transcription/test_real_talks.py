"""People who really speak in halls, where such recordings lie beside the repository: how many characters are wrong.

Their licence keeps them out of it, so this may be skipped where nobody has put them there: that the pipeline writes
what Vosk alone writes is then still proved on synthetic speech, by test_vosk.py and test_bare_vosk.py.
`pytest -s` prints the rate, and a report in JUnit's form carries it.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.rules.tree import ROOT
from transcription.accuracy import characters
from transcription.audio import decode
from transcription.heard import Final
from transcription.messages import Ended, Trouble
from transcription.recogniser import Event, Recogniser
from transcription.recordings import Recording

SPEECH = ROOT.parent / "shared" / "speech"
pytestmark = [
    pytest.mark.vosk,
    pytest.mark.slow,
    pytest.mark.timeout(500),
    # Their licence keeps these talks out of the repository: where they do not lie beside it, test_vosk.py and
    # test_bare_vosk.py prove the same pipeline on speech made by machine. How well people are heard is not told then.
    pytest.mark.skipif(not (SPEECH / "ko").is_dir(), reason="no recordings of talks beside the repository"),
]
EVERY = 12
"""One of so many: ten short pieces, each of another speaker, and some forty seconds in all."""
WORSE = 0.1
"""How much more may be wrong than whoever made the collection found with Vosk on whole pieces."""


def pieces() -> list[dict[str, Any]]:
    rows = map(json.loads, (SPEECH / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    short = [row for row in rows if row["lang"] == "ko" and "assembled" not in row["file"] and not row["has_digits"]]
    return [row for row in short if "cer_vosk_ko" in row["check"]][::EVERY]


async def heard(sounds: list[Path], korean: Path, folder: Path) -> list[str]:
    """Each sound through the whole pipeline, all in one life of the process that recognises."""
    texts: dict[str, list[str]] = {str(place): [] for place in range(len(sounds))}
    left, over = set(texts), asyncio.Event()

    async def take(event: Event) -> None:
        if isinstance(event, Final):
            texts[event.source].append(event.text)
        elif isinstance(event, Ended | Trouble):
            left.discard(event.source)
            if not left:
                over.set()

    recogniser = Recogniser(korean, take)
    await recogniser.start()
    for name, sound in zip(texts, sounds, strict=True):
        recording = Recording(folder / name)
        recogniser.follow(name, recording.directory)
        recogniser.have(name, recording.append(0, b"".join(decode(sound))))
        recording.close()
        recogniser.end(name)
    async with asyncio.timeout(450):
        await over.wait()
    await recogniser.stop()
    return [" ".join(finals) for finals in texts.values()]


def test_real_talks_are_heard_as_well_as_vosk_hears_them(korean, tmp_path, record_property):
    talks = pieces()
    written = asyncio.run(heard([SPEECH / talk["file"] for talk in talks], korean, tmp_path))
    rate = characters([talk["transcript"] for talk in talks], written)
    lengths = [len(talk["transcript"].replace(" ", "")) for talk in talks]
    known = sum(talk["check"]["cer_vosk_ko"] * length for talk, length in zip(talks, lengths, strict=True)) / sum(
        lengths
    )
    print(f"character error rate {rate.rate:.3f} ({rate.low} to {rate.high}), Vosk on whole pieces {known:.3f}")
    record_property("character_error_rate", f"{rate.rate:.3f}")
    assert len(talks) >= 5
    assert rate.rate <= known + WORSE
