"""Who said what, as the minutes write it: each speaker named, and nobody's words under somebody else's heading.

The minutes are Vietnamese by law, so the roles have their words here and not in the interface's locale.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from live.states import Channel, Outcome, Role
from live.texts import Sealed

if TYPE_CHECKING:
    from live.compose import Block
    from live.dialogue import Dialogue
    from live.questions import Question
    from live.transcript import Line

SPEAKERS = {Role.CHAIR: "Chủ tọa", Role.AGENCY: "Cơ quan", Role.CITIZEN: "Người hỏi", Role.HOST: "Dẫn chương trình"}
"""The role, where no name was given."""
UNKNOWN = "Chưa rõ ai nói"
UNANSWERED = "…… (chưa ghi được lời của người trả lời)"
"""Stands in the place of an answer that was given, as its outcome says, and of which no line is the answerer's."""

_ANSWERING = frozenset({Role.CHAIR, Role.AGENCY})
_ANSWERED_ALOUD = frozenset({Outcome.ANSWERED, Outcome.PARTLY_ANSWERED})
_WHERE = {Channel.VOICE: "trực tuyến", Channel.SITE: "tại điểm cầu"}


def asked(dialogue: "Dialogue", question: "Question") -> Sealed:
    """The question as it was approved and, on a line of their own, the asker's words if they were others.

    What was taken out of a question for good reason does not come back by what was said aloud.
    """
    spoken = " ".join(str(line.text) for line in _lines(dialogue, question) if line.role is Role.CITIZEN and line.text)
    if not spoken or question.redacted or spoken.casefold() == str(question.text).casefold():
        return question.text
    return Sealed(f"{question.text}\nTrình bày {_WHERE.get(question.channel, 'tại hội trường')}: {spoken}".strip())


def answered(dialogue: "Dialogue", question: "Question") -> Sealed:
    """What was said to the question by anybody but its asker, a line for each speaker in turn."""
    said = [line for line in _lines(dialogue, question) if line.role is not Role.CITIZEN]
    missing = question.outcome in _ANSWERED_ALOUD and not any(line.role in _ANSWERING for line in said)
    return Sealed("\n".join(part for part in (UNANSWERED if missing else "", told(said, UNKNOWN)) if part))


def told(lines: "Iterable[Line]", unknown: str = "") -> str:
    """Each speaker in turn on a line of their own: "Chủ tọa: …". Who is not known gets the word given for it."""
    return "\n".join(
        f"{who}: {words}" if who else words
        for who, turn in groupby((line for line in lines if line.text), key=lambda line: _who(line) or unknown)
        if (words := " ".join(str(line.text) for line in turn))
    )


def unanswered(blocks: "Iterable[Block]") -> tuple[int, ...]:
    """The questions whose answer is still to be found among the lines, or to be written."""
    marked = (block for block in blocks if str(block.text).startswith(UNANSWERED))
    return tuple(block.question for block in marked if block.question is not None)


def _lines(dialogue: "Dialogue", question: "Question") -> "list[Line]":
    return [line for line in dialogue.lines.values() if line.question == question.number and not line.struck]


def _who(line: "Line") -> str:
    """By name or else by role; a citizen by role alone: who was named in the hall need not want to be in public."""
    own = "" if line.role is Role.CITIZEN else str(line.speaker)
    return own or SPEAKERS.get(line.role, "")
