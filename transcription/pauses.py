"""Where speakers pause, found in the sound itself: there an utterance is over, whatever the engine thinks of it.

Engines wait for a long silence, or run two speakers together; a final asked for at the true pauses is better heard.
The longer somebody speaks, the shorter a pause will do, so that no caption waits for the end of a long sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

import webrtcvad

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE

FRAME = SAMPLE_RATE * 3 // 100
"""Samples judged at a time: 30 ms, the longest that WebRTC's detector takes and the steadiest."""

STRICTNESS = 2
"""Of 0 to 3. At 2 it found all 82 true pauses of the Korean talks and cut 6 times within a sentence; at 3, 23 times."""

LEAST_SPEECH = 6
"""Frames of voice, in all, before a pause can end anything: a click is no utterance, and is held on to for four."""

PAUSES = ((7 * SAMPLE_RATE, 3), (5 * SAMPLE_RATE, 6), (0, 12))
"""From so many samples behind its first voice on, so many frames without one are a pause (0.09, 0.18, 0.36 s)."""


class Pauses:
    """Follows one stream of samples without a hole; what it finds depends on the samples since its start alone."""

    def __init__(self) -> None:
        self._judge = webrtcvad.Vad(STRICTNESS)
        self._rest = b""
        self.begin_utterance()

    def begin_utterance(self) -> None:
        """What comes next belongs to a new utterance."""
        self._since = self._voiced = self._quiet = 0

    def split(self, pcm: bytes) -> Iterator[tuple[bytes, bool]]:
        """The same samples in order, in one part or several: behind a part with True the speaker has paused."""
        begun = 0
        frames = self._rest + pcm
        ahead = len(frames) - len(pcm)
        size = FRAME * SAMPLE_BYTES
        at = 0
        while at + size <= len(frames):
            paused = self._judge_frame(frames[at : at + size])
            at += size
            if paused:
                self.begin_utterance()
                yield pcm[begun : at - ahead], True
                begun = at - ahead
        self._rest = frames[at:]
        if begun < len(pcm):
            yield pcm[begun:], False

    def _judge_frame(self, frame: bytes) -> bool:
        if self._judge.is_speech(frame, SAMPLE_RATE):
            self._voiced, self._quiet = self._voiced + 1, 0
        else:
            self._quiet += 1
        self._since += FRAME if self._voiced else 0
        return self._voiced >= LEAST_SPEECH and self._quiet >= self._enough()

    def _enough(self) -> int:
        return next(frames for since, frames in PAUSES if self._since >= since)
