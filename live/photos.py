"""A photo beside a question: seen by its asker and by those who read, by others only when people say so."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.additions import ADDED_TO
from live.entries import Entry, PhotoAttached, PhotoDropped, PhotoShown
from live.notice import PHONES_ASK
from live.questions import Question, find, not_own, rehearsed, wiped_with_rehearsal
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.sites import not_here
from live.suspended import taken_no_more
from live.texts import NOTHING, Sealed

if TYPE_CHECKING:
    from live.dialogue import Dialogue

PHOTOS = 3
"""How often a photo may be put beside one question; the first was perhaps the wrong one."""
READERS = frozenset({Audience.MODERATOR, Audience.CHAIR})
"""Who sees a photo before anybody said that all may; a clerk only those of questions that were entered at a desk."""


def unattachable(dialogue: "Dialogue", question: Question, seat: Seat, *, at_desk: bool = False) -> Refused | None:
    """Why the seat may put no photo beside the question now; asked before a photo is taken in, and again after.

    `at_desk`: a clerk brings it, which is for what was entered there.
    """
    if at_desk and (away := not_here(question, seat)):
        return away
    if not (question.entered_by if at_desk else seat.id and question.seat == seat.id):
        return refuse(Code.NOT_FOUND)
    if not at_desk and (held := dialogue.suspended.get(seat.id)):
        return taken_no_more(held)
    if dialogue.state not in PHONES_ASK and not rehearsed(dialogue, question):
        return refuse(Code.CLOSED)
    if question.state not in ADDED_TO:
        return refuse(Code.WRONG_STATE)
    return refuse(Code.ENOUGH_PHOTOS, count=PHOTOS) if question.photos >= PHOTOS else None


def photo_for(question: Question, seat: Seat) -> str:
    """The SHA-256 of the photo that this seat may see; "" when there is none, or none for it."""
    own = bool(seat.id) and question.seat == seat.id
    entered = bool(question.entered_by) and seat.audience is Audience.CLERK and not not_here(question, seat)
    sees = own or entered or seat.audience in READERS or shown_to_all(question)
    return str(question.photo) if sees else ""


def shown_to_all(question: Question) -> bool:
    return question.public and question.photo_shown and bool(question.photo)


@decides(do.AttachPhoto)
def attach(
    dialogue: "Dialogue", command: do.AttachPhoto, seat: Seat, moment: Moment
) -> tuple[PhotoAttached, ...] | Refused:
    """The photo that is there already came again because its answer was lost: it counts once, and stays shown."""
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    problem = unattachable(dialogue, question, seat, at_desk=command.at_desk)
    if problem is None and str(question.photo) == command.photo:
        return ()
    return problem or (PhotoAttached(question.number, Sealed(command.photo)),)


@applies(PhotoAttached)
def attached(dialogue: "Dialogue", fact: PhotoAttached, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    return dialogue.with_question(replace(question, photo=fact.photo, photo_shown=False, photos=question.photos + 1))


@decides(do.DropPhoto)
def drop(dialogue: "Dialogue", command: do.DropPhoto, seat: Seat, moment: Moment) -> tuple[PhotoDropped] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if problem := not_own(question, seat):
        return problem
    if wiped_with_rehearsal(dialogue, seat):
        return refuse(Code.CLOSED)
    return (PhotoDropped(question.number),) if question.photo else refuse(Code.NOT_FOUND)


@applies(PhotoDropped)
def dropped(dialogue: "Dialogue", fact: PhotoDropped, entry: Entry) -> "Dialogue":
    return dialogue.with_question(replace(dialogue.questions[fact.question], photo=NOTHING, photo_shown=False))


@decides(do.ShowPhoto)
def show(dialogue: "Dialogue", command: do.ShowPhoto, seat: Seat, moment: Moment) -> tuple[PhotoShown, ...] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if not question.photo:
        return refuse(Code.NOT_FOUND)
    if command.on and not str(question.photo).startswith(command.photo):
        return refuse(Code.PHOTO_CHANGED)
    return () if question.photo_shown is command.on else (PhotoShown(question.number, command.on),)


@applies(PhotoShown)
def shown(dialogue: "Dialogue", fact: PhotoShown, entry: Entry) -> "Dialogue":
    return dialogue.with_question(replace(dialogue.questions[fact.question], photo_shown=fact.on))
