"""How the things on pages are read off a dialogue: which questions are where, and what each audience may see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from live.additions import may_add, may_appeal
from live.answers import MyAnswer, my_answer
from live.asking import phones_ask
from live.assigning import assigned_to, open_task
from live.at_desk import at_desk
from live.commands import Undo
from live.dossier import dossier_card
from live.gaps import passed_over
from live.glossary import derived
from live.intakes import ANYBODY, by_microphone, heard_now
from live.judged import judged_alone, judgements, own_word
from live.judging import may_judge
from live.lineup import line, next_called, places
from live.notice import PHONES_ASK, WORKING
from live.order import DECK_PLACES
from live.photos import shown_to_all, unattachable
from live.promised import MyPromise, my_promise
from live.proof import ByEar, pieces, suggested
from live.questions import REVIEWABLE, Question, rehearsed
from live.reckoning import by_site, reckon
from live.seats import ALLOWED, Audience, Seat
from live.sights import (
    Asker,
    Banner,
    Clock,
    DeskLine,
    GlossaryCard,
    MyQuestion,
    PublicCard,
    ReckoningCard,
    SourceCard,
    StaffCard,
    Stage,
)
from live.staff_cards import card_of
from live.states import DialogueState, QuestionState
from live.tasks import MyTask
from live.trials import misheard
from live.undoing import MyAct, my_acts
from live.written import OWED, owed_by

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.transcript import Line, Source

Mine = MyQuestion | MyTask | MyAnswer | MyPromise | MyAct
"""What is drawn for one seat alone."""
WITHDRAWN_SHOWN = 20
"""Withdrawn questions that their asker still finds among the own ones; the receipts of all keep working."""


def asker(question: Question) -> Asker:
    return Asker(str(question.name) if question.publish_name else "", str(question.locality))


def recorded(dialogue: "Dialogue") -> bool:
    """Whether a microphone's sound is being kept now: every page says so. A given file is nobody's voice of now."""
    return any(source.recording and by_microphone(source) for source in dialogue.sources.values())


def banner(dialogue: "Dialogue") -> Banner:
    stopped = dialogue.state in PHONES_ASK and not dialogue.asking.open
    return Banner(
        dialogue.state, recorded(dialogue), dialogue.captions_hidden, phones_ask(dialogue), stopped, misheard(dialogue)
    )


def stage(dialogue: "Dialogue") -> Stage:
    turn = dialogue.turn
    if turn is None:
        return Stage()
    question = dialogue.questions[turn.question]
    clock = Clock(turn.part, turn.limit, turn.ran, turn.running_since)
    return replace(staged(question), turn=turn.state, clock=clock)


def led_stage(dialogue: "Dialogue") -> Stage:
    """The stage as those see it who lead: an empty one knows whom the button calls."""
    return stage(dialogue) if dialogue.turn else Stage(ahead=next_called(dialogue))


def staged(question: Question) -> Stage:
    """The question as it stands on the stage, without its turn."""
    site, photo = str(question.site), public_photo(question)
    nameless = bool(question.entered_by) and not question.name
    return Stage(
        question.number, asker(question), str(question.topic), str(question.text), site=site, photo=photo,
        by_voice=question.by_voice, nameless=nameless,
    )  # fmt: skip


def photo_mark(question: Question) -> str:
    """Tells one photo from another in an address: the beginning of its digest, which is not enough to seek by."""
    return str(question.photo)[:12]


def public_photo(question: Question) -> str:
    return photo_mark(question) if shown_to_all(question) else ""


def public_card(dialogue: "Dialogue", number: int) -> PublicCard:
    q = dialogue.questions[number]
    note = str(q.closing) if q.concluded else ""
    return PublicCard(
        q.number,
        asker(q),
        q.channel,
        str(q.topic),
        str(q.text),
        q.state,
        str(q.agency),
        q.due,
        note,
        q.redacted,
        dialogue.supports_shown,
        str(q.site),
        public_photo(q),
        sent_in_writing(q),
        judgements(dialogue, q),
    )


def sent_in_writing(q: Question) -> bool:
    return q.answer is not None and q.state in OWED


def staff_card(dialogue: "Dialogue", number: int) -> StaffCard:
    """Of the question alone, so that it is made once for each thing that a question has been."""
    q, cards = dialogue.questions[number], dialogue.drawn.cards
    known = cards.get(number)
    if known is None or known[0] is not q:
        known = cards[number] = q, replace(_card(q), dossier=dossier_card(q))
    return known[1]


def clerk_card(dialogue: "Dialogue", number: int) -> StaffCard:
    q = dialogue.questions[number]
    return replace(_card(q), at_desk=at_desk(dialogue, q))


def _card(q: Question) -> StaffCard:
    return card_of(q, asker(q), photo_mark(q), judged_alone(q), sent=sent_in_writing(q))


def upcoming(dialogue: "Dialogue") -> tuple[int, ...]:
    """The two places on deck; where they are not taken yet, those whom the declared rule draws for them."""
    return line(dialogue)[:DECK_PLACES]


def queued_after_upcoming(dialogue: "Dialogue") -> tuple[int, ...]:
    return line(dialogue)[DECK_PLACES:]


def _newest_first(questions: "list[Question]") -> tuple[int, ...]:
    return tuple(q.number for q in sorted(questions, key=lambda q: (q.moved_at, q.number), reverse=True))


def settled_in_public(dialogue: "Dialogue") -> tuple[int, ...]:
    return _newest_first([q for q in dialogue.questions.values() if q.concluded])


def approved(dialogue: "Dialogue") -> tuple[int, ...]:
    return tuple(q.number for q in dialogue.questions.values() if q.state is QuestionState.APPROVED)


def to_review(dialogue: "Dialogue") -> tuple[int, ...]:
    return tuple(q.number for q in dialogue.questions.values() if q.state in REVIEWABLE)


def done(dialogue: "Dialogue") -> tuple[int, ...]:
    return _newest_first([q for q in dialogue.questions.values() if not q.waiting])


def all_entered(dialogue: "Dialogue") -> tuple[int, ...]:
    return tuple(q.number for q in reversed(tuple(dialogue.questions.values())) if q.entered_by)


def desk_line(dialogue: "Dialogue", line: "Line", given: ByEar) -> DeskLine:
    segment = line.segment
    return DeskLine(
        line=line.id,
        at=line.at,
        source=segment.source if segment else "",
        start=segment.start if segment else None,
        end=segment.end if segment else None,
        role=line.role,
        speaker=str(line.speaker),
        question=line.question,
        text=str(line.text),
        raw=str(segment.raw) if segment else "",
        words=pieces(line),
        suggestions=suggested(line, given),
        revision=line.revision,
        edited=line.edited,
        struck=line.struck,
        salvaged=segment.salvaged if segment else False,
        apart=not heard_now(dialogue, segment.source, segment.start) if segment else False,
    )


def source(dialogue: "Dialogue", source: "Source") -> SourceCard:
    intake = source.intakes[-1] if source.intakes else ANYBODY
    trial = dialogue.trials.get(source.name)
    return SourceCard(
        source.name,
        source.recording,
        source.started_at,
        source.runs,
        source.engine,
        source.model,
        source.gaps,
        tuple(passed_over(dialogue, source.name)),
        intake.role,
        str(intake.owner),
        trial.verdict if trial else None,
        trial.wrong if trial else 0,
    )


def glossary(dialogue: "Dialogue") -> GlossaryCard:
    own = dialogue.glossary
    return GlossaryCard(own.lines, len(own.terms), derived(dialogue), own.revision)


def reckoning(dialogue: "Dialogue") -> ReckoningCard:
    return ReckoningCard(reckon(dialogue), by_site(dialogue), dialogue.state is DialogueState.CLOSING)


def my_question(dialogue: "Dialogue", q: Question) -> MyQuestion:
    place = places(dialogue).get(q.number)
    may_withdraw = q.waiting and q.state is not QuestionState.ON_STAGE
    original = str(q.original) if q.original != q.text else ""
    may_attach = not q.photo and not unattachable(dialogue, q, Seat(q.seat, Audience.PHONE))
    return MyQuestion(
        q.number, str(q.receipt), str(q.text), original, q.state, place, q.reason, str(q.closing), str(q.agency),
        q.due, q.merged_into, may_withdraw, tuple(map(str, q.dossier.additions)),
        _takes_more(dialogue, q), str(q.dossier.appeal), may_appeal(q) and dialogue.state in WORKING,
        str(q.ground), photo_mark(q), shown_to_all(q), may_attach, *_written(q), by_voice=q.by_voice,
        may_judge=may_judge(dialogue, q), rehearsed=rehearsed(dialogue, q), **own_word(dialogue, q),
    )  # fmt: skip


def _takes_more(dialogue: "Dialogue", q: Question) -> bool:
    return may_add(q) and (dialogue.state in PHONES_ASK or rehearsed(dialogue, q))


def _written(q: Question) -> tuple[str, str, datetime | None]:
    """What shows that the answer owed in writing was sent, and since when."""
    return (str(q.answer.note), str(q.answer.link), q.answer.at) if q.answer and q.state in OWED else ("", "", None)


def mine(dialogue: "Dialogue", seat: str) -> tuple[MyQuestion, ...]:
    """The seat's own questions, newest first."""
    return my_questions(dialogue, [dialogue.questions[number] for number in dialogue.asked.get(seat, ())])


def my_questions(dialogue: "Dialogue", asked: Sequence[Question]) -> tuple[MyQuestion, ...]:
    """What one seat asked as it is shown to it, newest first: all but the older ones of those it has withdrawn.

    Only those can become many without anybody's doing, and all of them are drawn anew with each change.
    """
    withdrawn = [q for q in asked if q.state is QuestionState.WITHDRAWN]
    left_out = {q.number for q in withdrawn[:-WITHDRAWN_SHOWN]}
    return tuple(my_question(dialogue, q) for q in reversed(asked) if q.number not in left_out)


def own(dialogue: "Dialogue", seat: Seat) -> tuple[Mine, ...]:
    """What is drawn for this seat alone: an asker's questions, what an agency owes, a leader's own acts."""
    if seat.audience is Audience.PHONE:
        return mine(dialogue, seat.id)
    if seat.audience in ALLOWED[Undo]:
        return my_acts(dialogue, seat)
    if seat.audience is not Audience.AGENCY:
        return ()
    asked = (q for q in dialogue.questions.values() if open_task(q) and assigned_to(q, seat.agency))
    owing = (q for q in dialogue.questions.values() if owed_by(q, seat.agency))
    promised = (c for c in dialogue.commitments.values() if c.made_by(seat.agency))
    return (*(my_task(q) for q in asked), *(my_answer(dialogue, q) for q in owing), *(my_promise(c) for c in promised))


def my_task(q: Question) -> MyTask:
    return MyTask(q.number, asker(q), str(q.topic), str(q.text), q.state, q.dossier.due, str(q.dossier.prepared))
