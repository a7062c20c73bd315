"""Commands about an asker from whose phone nothing new is taken for a while."""

from dataclasses import dataclass

from live.commands.base import Command
from live.states import SuspensionReason


@dataclass(frozen=True, slots=True)
class Suspend(Command):
    """Take nothing new from the phone that sent this question, for a reason and with a sentence that its asker reads.

    `words` names a reason of the dialogue's own list, where it has one; `reason` is then `other`.
    """

    question: int
    reason: SuspensionReason
    sentence: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Readmit(Command):
    """Take again what the phone that sent this question sends."""

    question: int


@dataclass(frozen=True, slots=True)
class AppealSuspension(Command):
    """Ask, once for each suspension of one's own, that it be ended."""

    text: str
