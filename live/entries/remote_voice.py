"""Facts about the voice of somebody who speaks from a phone."""

from dataclasses import dataclass

from live.entries.base import Fact


@dataclass(frozen=True, slots=True)
class MicrophoneOpened(Fact):
    question: int


@dataclass(frozen=True, slots=True)
class MicrophoneClosed(Fact):
    question: int


@dataclass(frozen=True, slots=True)
class VoiceAgreed(Fact):
    """`on`: the asker agreed to have their voice transmitted; otherwise they did not, or do no more."""

    question: int
    on: bool = True
