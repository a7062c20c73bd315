"""The floor: the stage, its turn and its clock, and what came of the question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import (
    ClockExtended,
    ClockStarted,
    ClockStopped,
    Entry,
    OutcomeGiven,
)
from live.floor_time import counted, ended, passed
from live.judged import unjudged
from live.notice import LONGEST_TURN
from live.questions import find, leave, unexplained
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import DialogueState, Outcome, Part, RemoteMicrophone, Role, TurnState
from live.states import QuestionState as Q
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

NOTE_LIMIT = 2_000
"""Characters of a note beside an outcome."""
NEEDS_AGENCY = frozenset({Outcome.WRITTEN_DUE, Outcome.FORWARDED_UP})


@dataclass(frozen=True, slots=True)
class FloorChange:
    """From these samples of each source on, this question has the floor (or none) and somebody in this role speaks.

    `at` judges sound that came late: it lies behind those samples and was spoken before.
    """

    heard: Mapping[str, int]
    question: int | None
    role: Role
    at: datetime


SPEAKS = {Part.ASKING: Role.CITIZEN, Part.ANSWERING: Role.CHAIR}
"""Who is taken to speak in each part of a turn, until the secretary says otherwise."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has the floor. The clock is a sum of past runs (`ran`) and the time since `running_since`, if it runs.

    `deck` and `queue` are as they stood before the call and `refill` came on deck with it, so that a mistaken one can
    be undone exactly; `at_once`: the question came with the call and goes with it. `microphone`: the phone's own.
    """

    question: int
    called_at: datetime
    state: TurnState = TurnState.CALLED
    part: Part = Part.ASKING
    limit: timedelta = timedelta()
    ran: timedelta = timedelta()
    running_since: datetime | None = None
    deck: tuple[int, ...] = ()
    queue: tuple[int, ...] = ()
    refill: tuple[int, ...] = ()
    at_once: bool = False
    microphone: RemoteMicrophone | None = None


def heard_so_far(moment: Moment) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(moment.heard.items()))


Heard = tuple[tuple[str, int], ...]


def floor_taken(dialogue: "Dialogue", heard: Heard, at: datetime, question: int, part: Part) -> "Dialogue":
    taken = FloorChange(dict(heard), question, SPEAKS[part], at)
    return replace(dialogue, floor_log=(*dialogue.floor_log, taken))


def floor_left(dialogue: "Dialogue", heard: Heard, at: datetime, *, returned: bool = False) -> "Dialogue":
    dialogue = ended(dialogue, at, returned=returned)
    left = FloorChange(dict(heard), None, Role.UNKNOWN, at)
    return replace(dialogue, turn=None, turn_back_at=None, floor_log=(*dialogue.floor_log, left))


@decides(do.GiveOutcome)
def give_outcome(
    dialogue: "Dialogue", command: do.GiveOutcome, seat: Seat, moment: Moment
) -> tuple[OutcomeGiven, ...] | Refused:
    """On the stage; or, without the floor, in writing or upward for what waits; or changed later with a reason."""
    question = find(dialogue, command.question)
    if isinstance(question, Refused):
        return question
    agency, reason, note = clean(command.agency), clean(command.reason), clean(command.note)
    due = command.due if command.outcome is Outcome.WRITTEN_DUE else None
    if (question.outcome, str(question.agency), question.due, str(question.closing)) == (
        command.outcome,
        agency,
        due,
        note,
    ):
        return ()  # two people tapped the same: it is so already
    if problem := too_long(NOTE_LIMIT, note):
        return problem
    if question.concluded and not reason:
        return refuse(Code.REASON_MISSING)
    waits = question.state in {Q.APPROVED, Q.QUEUED, Q.ON_DECK} and command.outcome in NEEDS_AGENCY
    if not (question.state is Q.ON_STAGE or question.concluded or waits) or dialogue.state is DialogueState.ARCHIVED:
        return refuse(Code.WRONG_STATE)
    if question.state is Q.ON_DECK and (unsaid := unexplained(reason)):
        return unsaid
    if command.outcome in NEEDS_AGENCY and not agency:
        return refuse(Code.DATE_MISSING)
    if command.outcome is Outcome.WRITTEN_DUE and command.due is None:
        return refuse(Code.DATE_MISSING)
    given = OutcomeGiven(
        question.number, command.outcome, Sealed(agency), due, Sealed(note), Sealed(reason), heard_so_far(moment)
    )
    return (given,)


@applies(OutcomeGiven)
def outcome_given(dialogue: "Dialogue", fact: OutcomeGiven, entry: Entry) -> "Dialogue":
    dialogue = unjudged(dialogue, fact.question)
    question = replace(
        dialogue.questions[fact.question],
        state=Q(fact.outcome.value),
        agency=fact.agency,
        due=fact.due,
        closing=fact.note,
        answer=None,
        openly=False,
        moved_at=entry.at,
    )
    dialogue = leave(dialogue, question)
    if dialogue.turn is None or dialogue.turn.question != question.number:
        return dialogue
    return floor_left(dialogue, fact.heard, entry.at)


@decides(do.StartClock)
def start_clock(
    dialogue: "Dialogue", command: do.StartClock, seat: Seat, moment: Moment
) -> tuple[ClockStarted] | Refused:
    if dialogue.turn is None:
        return refuse(Code.STAGE_EMPTY)
    if dialogue.state is DialogueState.PAUSED:
        return refuse(Code.WRONG_STATE)
    notice = dialogue.notice
    limit = notice.question_seconds if command.part is Part.ASKING else notice.answer_seconds
    return (ClockStarted(command.part, limit, heard_so_far(moment)),)


@applies(ClockStarted)
def clock_started(dialogue: "Dialogue", fact: ClockStarted, entry: Entry) -> "Dialogue":
    turn = dialogue.turn
    assert turn is not None, "a clock starts only while somebody has the floor"
    same = turn.part is fact.part and turn.state is not TurnState.CALLED
    if same and turn.state is TurnState.SPEAKING:
        return dialogue
    if turn.part is not fact.part:
        dialogue = floor_taken(dialogue, fact.heard, entry.at, turn.question, fact.part)
    dialogue = counted(dialogue, entry.at)
    ran, limit = (turn.ran, turn.limit) if same else (timedelta(), timedelta(seconds=fact.limit_seconds))
    turn = replace(turn, state=TurnState.SPEAKING, part=fact.part, ran=ran, limit=limit, running_since=entry.at)
    return replace(dialogue, turn=turn)


@decides(do.StopClock)
def stop_clock(
    dialogue: "Dialogue", command: do.StopClock, seat: Seat, moment: Moment
) -> tuple[ClockStopped] | Refused:
    if dialogue.turn is None or dialogue.turn.running_since is None:
        return refuse(Code.NO_CLOCK)
    return (ClockStopped(),)


@applies(ClockStopped)
def clock_stopped(dialogue: "Dialogue", fact: ClockStopped, entry: Entry) -> "Dialogue":
    turn = dialogue.turn
    assert turn is not None, "a clock stops only while somebody has the floor"
    assert turn.running_since is not None, "only a running clock stops"
    ran = turn.ran + passed(turn.running_since, entry.at)
    dialogue = counted(dialogue, entry.at)
    return replace(dialogue, turn=replace(turn, state=TurnState.PAUSED, ran=ran, running_since=None))


@decides(do.ExtendClock)
def extend_clock(
    dialogue: "Dialogue", command: do.ExtendClock, seat: Seat, moment: Moment
) -> tuple[ClockExtended] | Refused:
    if dialogue.turn is None:
        return refuse(Code.STAGE_EMPTY)
    if dialogue.turn.state is TurnState.CALLED:
        return refuse(Code.NO_CLOCK)
    if not 0 < command.seconds <= LONGEST_TURN:
        return refuse(Code.WRONG_STATE)
    return (ClockExtended(command.seconds),)


@applies(ClockExtended)
def clock_extended(dialogue: "Dialogue", fact: ClockExtended, entry: Entry) -> "Dialogue":
    turn = dialogue.turn
    assert turn is not None, "a clock is extended only while somebody has the floor"
    return replace(dialogue, turn=replace(turn, limit=turn.limit + timedelta(seconds=fact.seconds)))
