"""Vosk alone, as somebody else would use it: what the whole pipeline's words are held against."""

import json
import shutil
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path
from typing import Any

from transcription.noise_floor import with_floor


def bare_model(korean: Path, folder: Path) -> Any:
    """Vosk's own model object, with the configuration that we promise, written down here once more."""
    import vosk

    folder.mkdir()
    for entry in korean.iterdir():
        if entry.name != "conf":
            (folder / entry.name).symlink_to(entry)
    shutil.copytree(korean / "conf", folder / "conf")
    for name, option in {"model": "--endpoint.rule5.min-utterance-length=8", "mfcc": "--dither=0"}.items():
        with (folder / "conf" / f"{name}.conf").open("a") as conf:
            conf.write(f"\n{option}\n")
    vosk.SetLogLevel(-1)
    return vosk.Model(model_path=str(folder))


def finals_of(model: Any, pcm: bytes, edges: Collection[int], cuts: Collection[int]) -> list[dict[str, Any]]:
    """Its finals with a word in them: fed from edge to edge (in samples), and asked for a final at each cut."""
    import vosk

    recogniser = vosk.KaldiRecognizer(model, 16_000)
    recogniser.SetWords(True)
    pcm = with_floor(pcm, 0)
    results = []
    for a, b in pairwise(sorted({0, *edges, *cuts, len(pcm) // 2})):
        if recogniser.AcceptWaveform(pcm[a * 2 : b * 2]):
            results.append(recogniser.Result())
        if b in cuts:
            results.append(recogniser.FinalResult())
    finals = [json.loads(result) for result in [*results, recogniser.FinalResult()]]
    return [final for final in finals if final["text"]]
