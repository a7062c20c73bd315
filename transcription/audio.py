"""Any sound file, or raw sound at any rate, as 16 kHz mono 16-bit samples."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError

from transcription.engine import whole_samples
from transcription.heard import SAMPLE_RATE
from transcription.problems import BadSound


def decode(path: Path) -> Iterator[bytes]:
    """The sound of a file (WAV, MP3, M4A, OGG, MP4, WEBM and whatever else FFmpeg reads), a piece at a time.

    Raises BadSound when there is none to be had, before the first piece or where the file breaks off.
    """
    heard = False
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise _no_sound(path, "không có luồng âm thanh", "it has no audio stream")
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
            for frame in container.decode(container.streams.audio[0]):
                frame.pts = None  # broken time stamps would make the resampler invent or drop samples
                pcm = _pcm(resampler.resample(frame))
                heard = heard or bool(pcm)
                yield pcm
            yield _pcm(resampler.resample(None)) if heard else b""
    except (FFmpegError, OSError) as why:
        raise _no_sound(path, why.strerror or str(why), why.strerror or str(why)) from why
    if not heard:
        raise _no_sound(path, "không có mẫu âm thanh nào", "it holds no samples")


def seconds_of(path: Path) -> float | None:
    """How long the file says it lasts; None when it does not say. Raises BadSound for what is no media file."""
    try:
        with av.open(str(path)) as container:
            return None if container.duration is None else container.duration / av.time_base
    except (FFmpegError, OSError) as why:
        raise _no_sound(path, why.strerror or str(why), why.strerror or str(why)) from why


class Resampler:
    """Raw mono 16-bit sound at `rate` (8 to 96 kHz), made 16 kHz as it comes. Raises BadSound."""

    def __init__(self, rate: int) -> None:
        if not 8_000 <= rate <= 96_000:
            raise BadSound(
                f"Tần số {rate} Hz không dùng được, cần từ 8000 đến 96000 Hz. Hãy kiểm tra micrô.",
                f"A rate of {rate} Hz cannot be used, 8000 to 96000 Hz can. Check the microphone.",
            )
        self.rate = rate
        self._taken = 0
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def accept(self, pcm: bytes) -> bytes:
        """Samples at 16 kHz; a few milliseconds are held back until more comes."""
        samples = np.frombuffer(whole_samples(pcm), "<i2")
        if self.rate == SAMPLE_RATE or not samples.size:
            return pcm
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = self.rate, self._taken, Fraction(1, self.rate)
        self._taken += samples.size
        return _pcm(self._resampler.resample(frame))

    def finish(self) -> bytes:
        """The samples held back; nothing may be accepted afterwards."""
        return _pcm(self._resampler.resample(None)) if self._taken else b""


def _pcm(frames: list[av.AudioFrame]) -> bytes:
    return b"".join(frame.to_ndarray().astype("<i2", copy=False).tobytes() for frame in frames)


def _no_sound(path: Path, vi: str, en: str) -> BadSound:
    return BadSound(
        f"Không đọc được âm thanh trong {path.name} ({vi}). Tệp không bị thay đổi; hãy chọn tệp ghi âm khác.",
        f"No sound can be read from {path.name} ({en}). The file is untouched; choose another recording.",
    )
