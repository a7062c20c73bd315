"""The contract every recognition engine keeps, and the checks made before any engine sees a byte.

It is written for the poorest engine that is still of use: one that gives no word times, finds no
end of an utterance by itself, or must be started afresh every few minutes. `Abilities` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Word
from transcription.problems import BadSound

CHUNK = SAMPLE_RATE // 4
"""Samples fed at a time. Engines look for the end of an utterance once a call: 1 s would blur it, less buys nothing."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A finished utterance. Word positions count from the first sample its recognition was given.

    Without word times `words` is empty. Empty text means that nothing was heard, which an engine may say often.
    """

    text: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the listener must do for an engine; lengths in samples, and None: the engine does it itself."""

    cut_after: int | None = None
    """Ask for the final after this much sound in one utterance."""
    cut_from: int = 0
    """Pass over pauses before this much sound of one utterance."""
    longest_session: int | None = None
    """Begin a new recognition after this much sound, at a pause before that where there is one."""
    own_pauses: bool = False
    """The engine finds the pauses of speakers as well as we do: it is not asked for its final there."""


class Recognition(Protocol):
    """One stream of sound in one thread; never shared between threads."""

    def accept(self, pcm: bytes) -> Utterance | None:
        """Take samples; give an utterance if one just ended. Raises BadSound."""

    def guess(self) -> str:
        """The utterance in progress as believed now; empty when none is."""

    def cut(self) -> Utterance | None:
        """Make everything fed so far final. Hearing goes on and positions go on counting."""

    def finish(self) -> Utterance | None:
        """Make everything fed so far final and let go of the stream; nothing is asked of it afterwards."""


class Engine(Protocol):
    """A loaded model. Shared by threads; each stream gets its own recognition."""

    @property
    def name(self) -> str: ...

    @property
    def abilities(self) -> Abilities: ...

    def open(self) -> Recognition:
        """A new stream of 16 kHz mono 16-bit sound."""


def whole_samples(pcm: object) -> bytes:
    """The bytes, when they can be sound: of type bytes and an even number. Raises BadSound.

    Engines drop an odd byte in silence and then hear noise; other buffer types they refuse with a bare TypeError.
    """
    if not isinstance(pcm, bytes):
        raise BadSound(
            f"Âm thanh phải là chuỗi byte, không phải {type(pcm).__name__}. Chưa có gì được ghi.",
            f"Sound must be bytes, not {type(pcm).__name__}. Nothing was taken.",
        )
    if len(pcm) % SAMPLE_BYTES:
        raise BadSound(
            f"Đoạn âm thanh có {len(pcm)} byte, lẻ một byte: mỗi mẫu gồm 2 byte. Chưa ghi gì, hãy gửi lại đoạn này.",
            f"This piece of sound has {len(pcm)} bytes, but a sample has 2. Nothing was taken, send it again.",
        )
    return pcm


def right_rate(rate: object) -> int:
    """The rate, when it is the only one recognised. Raises BadSound: other rates are resampled before.

    Engines trust the rate blindly: a wrong one makes nonsense of words and times, zero never returns.
    """
    if rate != SAMPLE_RATE or not isinstance(rate, int):
        raise BadSound(
            f"Nhận dạng chỉ nhận âm thanh {SAMPLE_RATE} Hz, không nhận {rate!r}. Hãy chuyển tần số trước.",
            f"Recognition takes sound at {SAMPLE_RATE} Hz only, not {rate!r}. Resample it first.",
        )
    return SAMPLE_RATE
