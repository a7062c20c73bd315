"""Facts about the photo beside a question."""

from dataclasses import dataclass

from live.entries.base import Fact
from live.texts import Sealed


@dataclass(frozen=True, slots=True)
class PhotoAttached(Fact):
    """`photo` is the SHA-256 of the stored picture, in hexadecimal; sealed, so that erasing leaves nothing."""

    question: int
    photo: Sealed


@dataclass(frozen=True, slots=True)
class PhotoDropped(Fact):
    question: int


@dataclass(frozen=True, slots=True)
class PhotoShown(Fact):
    question: int
    on: bool
