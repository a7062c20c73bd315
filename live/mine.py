"""What is shown to one seat alone: an asker's questions, what an agency owes, a leader's own acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from live.additions import may_add, may_appeal
from live.answers import MyAnswer, my_answer
from live.assigning import assigned_to, open_task
from live.commands import Undo
from live.evidence import host
from live.judged import own_word
from live.judging import may_judge
from live.lineup import places
from live.looks import photo_mark
from live.photos import shown_to_all, unattachable
from live.promised import MyPromise, my_promise
from live.questions import may_withdraw, rehearsed
from live.remote_seen import MyMicrophone, my_microphone
from live.seats import ALLOWED, Audience, Seat
from live.sights import Thing
from live.states import QuestionState, RefusalReason
from live.suspensions import MySuspension, my_suspension
from live.tasks import MyTask, my_task
from live.undoing import MyAct, my_acts
from live.written import OWED, owed_by

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question

WITHDRAWN_SHOWN = 20
"""Withdrawn questions that their asker still finds among the own ones; the receipts of all keep working."""


@dataclass(frozen=True, slots=True)
class MyQuestion(Thing):
    """A question as its own asker sees it, whatever its state. `place` counts from 1 among those still to be called.

    `answer`, `answer_link` and `answered_at` say what shows that an answer owed in writing was sent, and since when.
    `settled` is what the asker said of the answer, `missing` why not. `rehearsed`: it goes with the rehearsal.
    `absent_at`: called then, and nobody was there.
    """

    number: int
    receipt: str
    text: str
    original: str
    state: QuestionState
    place: int | None
    reason: RefusalReason | None
    closing: str
    agency: str
    due: date | None
    merged_into: int | None
    may_withdraw: bool
    additions: tuple[str, ...] = ()
    may_add: bool = False
    appeal: str = ""
    may_appeal: bool = False
    ground: str = ""
    photo: str = ""
    photo_shown: bool = False
    may_attach: bool = False
    answer: str = ""
    answer_link: str = ""
    answered_at: datetime | None = None
    by_voice: bool = False
    may_judge: bool = False
    settled: bool | None = None
    missing: str = ""
    rehearsed: bool = False
    absent_at: datetime | None = None

    @property
    def answer_host(self) -> str:
        """Where the link to the written answer leads, to be read before it is followed."""
        return host(self.answer_link)

    @property
    def key(self) -> str:
        return f"mine-{self.number}"


Mine = MyMicrophone | MySuspension | MyQuestion | MyTask | MyAnswer | MyPromise | MyAct
"""What is drawn for one seat alone."""


def my_question(dialogue: "Dialogue", q: "Question") -> MyQuestion:
    place = places(dialogue).get(q.number)
    original = str(q.original) if q.original != q.text else ""
    may_attach = not q.photo and not unattachable(dialogue, q, Seat(q.seat, Audience.PHONE))
    return MyQuestion(
        q.number, str(q.receipt), str(q.text), original, q.state, place, q.reason, str(q.closing), str(q.agency),
        q.due, q.merged_into, may_withdraw(q), tuple(map(str, q.dossier.additions)),
        may_add(dialogue, q), str(q.dossier.appeal), may_appeal(dialogue, q),
        str(q.ground), photo_mark(q), shown_to_all(q), may_attach, *_written(q), by_voice=q.by_voice,
        may_judge=may_judge(dialogue, q), rehearsed=rehearsed(dialogue, q), absent_at=q.absent_at,
        **own_word(dialogue, q),
    )  # fmt: skip


def _written(q: "Question") -> tuple[str, str, datetime | None]:
    """What shows that the answer owed in writing was sent, and since when."""
    return (str(q.answer.note), str(q.answer.link), q.answer.at) if q.answer and q.state in OWED else ("", "", None)


def mine(dialogue: "Dialogue", seat: str) -> tuple[MyQuestion, ...]:
    """The seat's own questions, newest first."""
    return my_questions(dialogue, [dialogue.questions[number] for number in dialogue.asked.get(seat, ())])


def my_questions(dialogue: "Dialogue", asked: "Sequence[Question]") -> tuple[MyQuestion, ...]:
    """What one seat asked as it is shown to it, newest first: all but the older ones of those it has withdrawn.

    Only those can become many without anybody's doing, and all of them are drawn anew with each change.
    """
    withdrawn = [q for q in asked if q.state is QuestionState.WITHDRAWN]
    left_out = {q.number for q in withdrawn[:-WITHDRAWN_SHOWN]}
    return tuple(my_question(dialogue, q) for q in reversed(asked) if q.number not in left_out)


def own(dialogue: "Dialogue", seat: Seat) -> tuple[Mine, ...]:
    """What is drawn for this seat alone: an asker's questions, what an agency owes, a leader's own acts."""
    if seat.audience is Audience.PHONE:
        told = my_suspension(dialogue, seat.id)
        return (*my_microphone(dialogue, seat.id), *((told,) if told else ()), *mine(dialogue, seat.id))
    if seat.audience in ALLOWED[Undo]:
        return my_acts(dialogue, seat)
    if seat.audience is not Audience.AGENCY:
        return ()
    asked = (q for q in dialogue.questions.values() if open_task(q) and assigned_to(q, seat.agency))
    owing = (q for q in dialogue.questions.values() if owed_by(q, seat.agency))
    promised = (c for c in dialogue.commitments.values() if c.made_by(seat.agency))
    return (*(my_task(q) for q in asked), *(my_answer(dialogue, q) for q in owing), *(my_promise(c) for c in promised))
