"""What staff write on a question for one another: private notes and labels; and the log of opened originals."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.dossier import Note, Opening
from live.entries import (
    Entry,
    NoteStruck,
    NoteWritten,
    OriginalOpened,
    QuestionLabelled,
    QuestionUnlabelled,
)
from live.questions import find
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

NOTE_LIMIT = 1_000
LABEL_LIMIT = 40
LABELS = 8
"""Labels on one question; more say nothing any more."""


@decides(do.NoteOn)
def note_on(dialogue: "Dialogue", command: do.NoteOn, seat: Seat, moment: Moment) -> tuple[NoteWritten] | Refused:
    question = find(dialogue, command.question)
    text = clean(command.text)
    if isinstance(question, Refused):
        return question
    return unfit(text, NOTE_LIMIT) or (NoteWritten(question.number, Sealed(text), Sealed(seat.name)),)


@applies(NoteWritten)
def note_written(dialogue: "Dialogue", fact: NoteWritten, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    notes = question.dossier.notes
    note = Note(len(notes) + 1, fact.text, fact.name, entry.at)
    return dialogue.with_question(question.with_dossier(notes=(*notes, note)))


@decides(do.StrikeNote)
def strike_note(
    dialogue: "Dialogue", command: do.StrikeNote, seat: Seat, moment: Moment
) -> tuple[NoteStruck] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if not any(note.number == command.note and not note.struck for note in question.dossier.notes):
        return refuse(Code.NOT_FOUND)
    return (NoteStruck(question.number, command.note),)


@applies(NoteStruck)
def note_struck(dialogue: "Dialogue", fact: NoteStruck, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    notes = (replace(note, struck=note.struck or note.number == fact.note) for note in question.dossier.notes)
    return dialogue.with_question(question.with_dossier(notes=tuple(notes)))


@decides(do.Label)
def label(
    dialogue: "Dialogue", command: do.Label, seat: Seat, moment: Moment
) -> tuple[QuestionLabelled, ...] | Refused:
    question = find(dialogue, command.question)
    word = Sealed(clean(command.label))
    if isinstance(question, Refused):
        return question
    if problem := unfit(str(word), LABEL_LIMIT):
        return problem
    if word in question.dossier.labels:
        return ()  # two people put the same: it is there already
    if len(question.dossier.labels) >= LABELS:
        return refuse(Code.ENOUGH_LABELS, count=LABELS)
    return (QuestionLabelled(question.number, word),)


@applies(QuestionLabelled)
def labelled(dialogue: "Dialogue", fact: QuestionLabelled, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    return dialogue.with_question(question.with_dossier(labels=(*question.dossier.labels, fact.label)))


@decides(do.Unlabel)
def unlabel(
    dialogue: "Dialogue", command: do.Unlabel, seat: Seat, moment: Moment
) -> tuple[QuestionUnlabelled] | Refused:
    question = find(dialogue, command.question)
    word = Sealed(clean(command.label))
    if isinstance(question, Refused):
        return question
    return (QuestionUnlabelled(question.number, word),) if word in question.dossier.labels else refuse(Code.NOT_FOUND)


@applies(QuestionUnlabelled)
def unlabelled(dialogue: "Dialogue", fact: QuestionUnlabelled, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    left = tuple(word for word in question.dossier.labels if word != fact.label)
    return dialogue.with_question(question.with_dossier(labels=left))


@decides(do.OpenOriginal)
def open_original(
    dialogue: "Dialogue", command: do.OpenOriginal, seat: Seat, moment: Moment
) -> tuple[OriginalOpened] | Refused:
    """Each opening is an entry, also the second by the same person."""
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    return (OriginalOpened(question.number, Sealed(seat.name)),) if question.redacted else refuse(Code.WRONG_STATE)


@applies(OriginalOpened)
def original_opened(dialogue: "Dialogue", fact: OriginalOpened, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    known = question.dossier
    openings = (*known.openings, Opening(fact.name, entry.at))
    return dialogue.with_question(question.with_dossier(opened_by=(*known.opened_by, entry.seat), openings=openings))
