"""How to reach an asker about an answer that is owed: left by those who wished it, opened by name like an original.

The contact itself is not in the journal: it lies with the seat, from where it can be erased. The entry says who looked.
"""

from typing import TYPE_CHECKING

from live import commands as do
from live.dossier import Opening
from live.entries import ContactOpened, Entry
from live.questions import Question, find
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.texts import Sealed
from live.written import OWED, owed_by

if TYPE_CHECKING:
    from live.dialogue import Dialogue


def reaches(question: Question, seat: Seat) -> bool:
    """Whether this is an answer that the seat has to see to: an agency its own, those at the desks every one."""
    return question.state in OWED and (seat.audience is not Audience.AGENCY or owed_by(question, seat.agency))


@decides(do.OpenContact)
def open_contact(
    dialogue: "Dialogue", command: do.OpenContact, seat: Seat, moment: Moment
) -> tuple[ContactOpened, ...] | Refused:
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    if not reaches(question, seat) or not question.asker_seat:
        return refuse(Code.NOT_FOUND)
    if seat.id in question.dossier.contact_seats:
        return ()
    return (ContactOpened(question.number, Sealed(seat.name)),)


@applies(ContactOpened)
def contact_opened(dialogue: "Dialogue", fact: ContactOpened, entry: Entry) -> "Dialogue":
    question = dialogue.questions[fact.question]
    dossier = question.dossier
    return dialogue.with_question(
        question.with_dossier(
            contact_seats=(*dossier.contact_seats, entry.seat),
            contact_openings=(*dossier.contact_openings, Opening(fact.name, entry.at)),
        )
    )
