"""One piece of a recording as FLAC, which keeps every sample in about half the room."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import av
import numpy as np

from transcription.heard import SAMPLE_RATE

if TYPE_CHECKING:
    from av.audio.stream import AudioStream


def encoded(pcm: bytes) -> bytes:
    """The samples as a FLAC file."""
    file = BytesIO()
    with av.open(file, "w", format="flac") as container:
        stream: AudioStream = container.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return file.getvalue()


def decoded(flac: bytes) -> bytes:
    """The samples of a FLAC file of ours. Raises FFmpegError for what is none."""
    with av.open(BytesIO(flac), "r") as container:
        return b"".join(frame.to_ndarray().astype("<i2", copy=False).tobytes() for frame in container.decode(audio=0))
