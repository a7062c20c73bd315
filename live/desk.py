"""The secretary's desk: write, edit, attribute, link, strike lines. Every save names the revision it saw."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from live import commands as do
from live.entries import (
    Entry,
    LineAttributed,
    LineEdited,
    LineLinked,
    LineRestored,
    LineStruck,
    LineWritten,
)
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.texts import Sealed, clean
from live.transcript import LINE_LIMIT, Line, placed

if TYPE_CHECKING:
    from live.dialogue import Dialogue


def find(dialogue: "Dialogue", number: int, revision: int) -> Line | Refused:
    """The line as somebody saw it, or why it is not that any more."""
    line = dialogue.lines.get(number)
    if line is None:
        return refuse(Code.NOT_FOUND)
    if line.revision != revision:
        return refuse(Code.STALE, current=str(line.text), seen=line.revision)
    return line


def changed(dialogue: "Dialogue", number: int, **changes: Any) -> "Dialogue":
    """The dialogue with the next revision of a line."""
    line = dialogue.lines[number]
    line = replace(line, revision=line.revision + 1, **changes)
    return replace(dialogue, lines={**dialogue.lines, number: line})


@decides(do.WriteLine)
def write(dialogue: "Dialogue", command: do.WriteLine, seat: Seat, moment: Moment) -> tuple[LineWritten] | Refused:
    text = clean(command.text)
    if problem := unfit(text, LINE_LIMIT):
        return problem
    if command.question is not None and command.question not in dialogue.questions:
        return refuse(Code.NOT_FOUND)
    question = command.question
    if question is None and dialogue.turn is not None:
        question = dialogue.turn.question
    return (LineWritten(Sealed(text), command.role, Sealed(clean(command.speaker)), question),)


@applies(LineWritten)
def written(dialogue: "Dialogue", fact: LineWritten, entry: Entry) -> "Dialogue":
    line = Line(entry.n, entry.at, fact.text, fact.role, fact.speaker, fact.question, edited=True)
    return replace(dialogue, lines=placed(dialogue.lines, line))


@decides(do.EditLine)
def edit(dialogue: "Dialogue", command: do.EditLine, seat: Seat, moment: Moment) -> tuple[LineEdited] | Refused:
    line = find(dialogue, command.line, command.revision)
    text = clean(command.text)
    if isinstance(line, Refused):
        return line
    return unfit(text, LINE_LIMIT) or (LineEdited(line.id, Sealed(text)),)


@applies(LineEdited)
def edited(dialogue: "Dialogue", fact: LineEdited, entry: Entry) -> "Dialogue":
    return changed(dialogue, fact.line, text=fact.text, edited=True)


@decides(do.AttributeLine)
def attribute(
    dialogue: "Dialogue", command: do.AttributeLine, seat: Seat, moment: Moment
) -> tuple[LineAttributed] | Refused:
    line = find(dialogue, command.line, command.revision)
    if isinstance(line, Refused):
        return line
    return (LineAttributed(line.id, command.role, Sealed(clean(command.speaker))),)


@applies(LineAttributed)
def attributed(dialogue: "Dialogue", fact: LineAttributed, entry: Entry) -> "Dialogue":
    return changed(dialogue, fact.line, role=fact.role, speaker=fact.speaker)


@decides(do.LinkLine)
def link(dialogue: "Dialogue", command: do.LinkLine, seat: Seat, moment: Moment) -> tuple[LineLinked] | Refused:
    line = find(dialogue, command.line, command.revision)
    if isinstance(line, Refused):
        return line
    if command.question is not None and command.question not in dialogue.questions:
        return refuse(Code.NOT_FOUND)
    return (LineLinked(line.id, command.question),)


@applies(LineLinked)
def linked(dialogue: "Dialogue", fact: LineLinked, entry: Entry) -> "Dialogue":
    return changed(dialogue, fact.line, question=fact.question)


@decides(do.StrikeLine)
def strike(dialogue: "Dialogue", command: do.StrikeLine, seat: Seat, moment: Moment) -> tuple[LineStruck] | Refused:
    line = find(dialogue, command.line, command.revision)
    return line if isinstance(line, Refused) else (LineStruck(line.id),)


@applies(LineStruck)
def struck(dialogue: "Dialogue", fact: LineStruck, entry: Entry) -> "Dialogue":
    return changed(dialogue, fact.line, struck=True)


@decides(do.RestoreLine)
def restore(dialogue: "Dialogue", command: do.RestoreLine, seat: Seat, moment: Moment) -> tuple[LineRestored] | Refused:
    line = find(dialogue, command.line, command.revision)
    return line if isinstance(line, Refused) else (LineRestored(line.id),)


@applies(LineRestored)
def restored(dialogue: "Dialogue", fact: LineRestored, entry: Entry) -> "Dialogue":
    return changed(dialogue, fact.line, struck=False)
