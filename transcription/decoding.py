"""The sound of a file that somebody gave, read in a process of its own.

`python -m transcription.decoding FILE SECONDS` writes 16 kHz mono 16-bit samples; on standard error come JSON lines:
`{"of": seconds or null}` first, and at the end `{"done": seconds}` or `{"code":…, "vi":…, "en":…}`. A file may be made
to harm whoever reads it: this process has little memory and time, opens no other file, and dies alone.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import BinaryIO

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

KINDS = "wav,w64,aiff,flac,mp3,aac,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
"""What is read, told by what is in the file and not by its name. Playlists, which name other files, are not."""
MEMORY = 2 << 30
"""Bytes of address space: FFmpeg with its threads needs half of it."""
CPU_SECONDS = 3600


class Unreadable(Exception):
    """Why there is no sound, or no more of it. `code` is for programs."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(en)
        self.code, self.vi, self.en = code, vi, en


def samples(path: str, longest: float, of: list[float | None]) -> Iterator[bytes]:
    """The sound of the file, a piece at a time; its length as told by itself is put into `of` first."""
    try:
        with av.open(path, options={"format_whitelist": KINDS, "protocol_whitelist": "file"}) as container:
            of.append(_told(container, longest))
            yield from _decoded(container, longest)
    except (FFmpegError, OSError, ValueError, MemoryError) as why:
        raise Unreadable(
            "unreadable",
            "Tệp này không phải tệp âm thanh hay phim mà máy chủ đọc được (WAV, FLAC, MP3, M4A, OGG, MP4, WEBM), "
            "hoặc tệp đã hỏng. Hãy mở thử tệp trên máy của bạn, rồi chọn tệp khác.",
            f"This is no sound or film that can be read (WAV, FLAC, MP3, M4A, OGG, MP4, WEBM), or it is broken: {why}.",
        ) from why


def _told(container: InputContainer, longest: float) -> float | None:
    if not container.streams.audio:
        raise Unreadable(
            "silent", "Tệp này có hình nhưng không có tiếng. Hãy chọn tệp khác.", "This film has no sound."
        )
    told = None if container.duration is None else container.duration / av.time_base
    if told is not None and told > longest:
        raise _too_long(longest)
    return told


def _decoded(container: InputContainer, longest: float) -> Iterator[bytes]:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    made = 0
    for packet in container.demux(container.streams.audio[0]):
        for frame in _frames(packet):
            frame.pts = None  # broken time stamps would make the resampler invent or drop samples
            for out in resampler.resample(frame):
                yield out.to_ndarray().astype("<i2", copy=False).tobytes()
                made += out.samples
        if made > longest * SAMPLE_RATE:  # a small file may hold days of silence
            raise _too_long(longest)
    for out in resampler.resample(None) if made else ():
        yield out.to_ndarray().astype("<i2", copy=False).tobytes()
    if not made:
        raise Unreadable("empty", "Tệp này không có giây tiếng nào. Hãy chọn tệp khác.", "This file holds no sound.")


def _frames(packet: av.Packet[AudioStream]) -> list[av.AudioFrame]:
    """A broken packet is a hole; what follows may be whole again."""
    try:
        return packet.decode()
    except InvalidDataError:
        return []


def _too_long(longest: float) -> Unreadable:
    hours = f"{longest / 3600:g}"
    return Unreadable(
        "too_long",
        f"Tệp này dài hơn {hours} giờ, quá giới hạn. Hãy cắt thành các tệp ngắn hơn rồi tải lên từng tệp.",
        f"This file is longer than {hours} hours, which is the limit. Cut it into shorter ones.",
    )


def pour(path: str, longest: float, out: BinaryIO, aside: BinaryIO) -> int:
    """Write the sound to `out` and what is to be said of it to `aside`. The exit code is the answer."""

    def say(**content: object) -> None:
        aside.write(json.dumps(content).encode() + b"\n")
        aside.flush()

    of: list[float | None] = []
    poured = 0
    try:
        for pcm in samples(path, longest, of):
            if not poured:
                say(of=of[0])
            poured += out.write(pcm)
        out.flush()
    except Unreadable as why:
        out.flush()
        say(code=why.code, vi=why.vi, en=why.en)
        return 1
    say(done=poured / SAMPLE_BYTES / SAMPLE_RATE)
    return 0


if __name__ == "__main__":
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    av.logging.set_level(None)
    sys.exit(pour(sys.argv[1], float(sys.argv[2]), sys.stdout.buffer, sys.stderr.buffer))
