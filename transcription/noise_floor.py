"""A breath of noise where sound is exactly zero: muted microphones and gaps, which no room ever sounds like.

Without it Vosk's models take digital silence for something else than silence and find no end of an
utterance in it. Its own remedy, dither, is random; this one depends on the sample's place alone.
"""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

_PERIOD = 48_611
"""Samples after which the noise repeats: three seconds, and a prime, so that no frame of sound divides it."""


def _noise() -> NDArray[np.int16]:
    # About one step of 16 bits either way, as Kaldi's own dither.
    steps = Random(1).choices((-2, -1, 0, 1, 2), (6, 24, 40, 24, 6), k=_PERIOD)  # noqa: S311 - noise, no secret
    return np.array(steps, np.int16)


_NOISE = _noise()


def with_floor(pcm: bytes, at: int) -> bytes:
    """The samples, of which the first is sample `at` of its stream, with noise in place of zeros."""
    samples = np.frombuffer(pcm, "<i2")
    if samples.all():
        return pcm
    noise = _NOISE[np.arange(at, at + samples.size) % _PERIOD]
    return np.where(samples == 0, noise, samples).astype("<i2").tobytes()
