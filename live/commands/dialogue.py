"""Commands about the dialogue as a whole."""

from dataclasses import dataclass
from datetime import datetime

from live.commands.base import Command
from live.states import DialogueState


@dataclass(frozen=True, slots=True)
class Describe(Command):
    """Say what the dialogue is: the first command of every dialogue, and every later correction of its notice."""

    title: str
    agency: str
    place: str
    starts_at: datetime
    superior: str = ""
    chair: str = ""
    secretary: str = ""
    theme: str = ""
    topics: tuple[str, ...] = ()
    question_seconds: int = 180
    answer_seconds: int = 300


@dataclass(frozen=True, slots=True)
class MoveDialogue(Command):
    """Move the dialogue along its life (design, states). People do this, never the clock."""

    to: DialogueState
    reason: str = ""
