"""What the dialogue is and where it stands in its life: the public notice and the moves between states."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import ClockStopped, DialogueDescribed, DialogueMoved, Entry, MicrophoneClosed
from live.publishing import overdue, unexplained
from live.refusals import Code, Refused, refuse, too_long
from live.rehearsed_sound import emptied, places
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import OPEN_MICROPHONES
from live.states import DialogueState as S
from live.texts import NOTHING, Sealed, clean
from live.trials import carried

if TYPE_CHECKING:
    from live.dialogue import Dialogue

TITLE_LIMIT = 300
"""Characters in one line of the notice."""

LONGEST_TURN = 3_600
"""Seconds that one turn may be given."""

MOVES: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.ANNOUNCED}),
    S.ANNOUNCED: frozenset({S.DRAFT, S.REHEARSAL, S.READY, S.OPEN}),
    S.REHEARSAL: frozenset({S.ANNOUNCED, S.READY}),
    S.READY: frozenset({S.ANNOUNCED, S.REHEARSAL, S.OPEN}),
    S.OPEN: frozenset({S.READY, S.PAUSED, S.CLOSING}),
    S.PAUSED: frozenset({S.OPEN, S.CLOSING}),
    S.CLOSING: frozenset({S.OPEN, S.CLOSED}),
    S.CLOSED: frozenset({S.CLOSING, S.MINUTES_SIGNED}),
    S.MINUTES_SIGNED: frozenset({S.PUBLISHED}),
    S.PUBLISHED: frozenset({S.FOLLOWING_UP}),
    S.FOLLOWING_UP: frozenset({S.ARCHIVED}),
    S.ARCHIVED: frozenset({S.FOLLOWING_UP}),
}
"""Where each state may go. What is published stays published."""

BACKWARD = frozenset({(S.ANNOUNCED, S.DRAFT), (S.OPEN, S.READY), (S.CLOSED, S.CLOSING), (S.ARCHIVED, S.FOLLOWING_UP)})
"""Moves that undo something the public has seen, and so need a reason."""

ASKING = frozenset({S.ANNOUNCED, S.REHEARSAL, S.READY, S.OPEN, S.PAUSED})
"""States in which questions are taken (in advance from the announcement on)."""

PHONES_ASK = ASKING - {S.REHEARSAL}
"""A rehearsal is wiped, and nobody's real question may be wiped with it."""

AWAITED = frozenset({S.ANNOUNCED, S.REHEARSAL, S.READY})
"""States in which everybody knows of it and nobody has opened it."""

LIVE = frozenset({S.REHEARSAL, S.OPEN, S.PAUSED, S.CLOSING})
"""States in which there is a floor."""

WORKING = ASKING | LIVE
"""States in which a question may wait: a closed dialogue owes nobody a decision."""

PUBLISHED = frozenset({S.PUBLISHED, S.FOLLOWING_UP, S.ARCHIVED})
"""States in which everybody may read the minutes, the record and the commitments."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The public notice of a dialogue: time, place, content and way of taking part (law 72/2025/QH15, article 43)."""

    title: Sealed = NOTHING
    agency: Sealed = NOTHING
    superior: Sealed = NOTHING
    place: Sealed = NOTHING
    starts_at: datetime | None = None
    chair: Sealed = NOTHING
    secretary: Sealed = NOTHING
    theme: Sealed = NOTHING
    topics: tuple[Sealed, ...] = ()
    question_seconds: int = 180
    answer_seconds: int = 300


@decides(do.Describe)
def describe(
    dialogue: "Dialogue", command: do.Describe, seat: Seat, moment: Moment
) -> tuple[DialogueDescribed] | Refused:
    lines = [command.title, command.agency, command.place, command.superior, command.chair, command.secretary]
    lines = [clean(line) for line in lines]
    title, agency, place, superior, chair, secretary = lines
    theme, topics = clean(command.theme), [topic for topic in map(clean, command.topics) if topic]
    if problem := too_long(TITLE_LIMIT, *lines, theme, *topics):
        return problem
    if not (title and agency and place):
        return refuse(Code.EMPTY)
    for name, seconds in (("question_seconds", command.question_seconds), ("answer_seconds", command.answer_seconds)):
        if not 0 < seconds <= LONGEST_TURN:
            return refuse(Code.NOT_UNDERSTOOD, what=f"{name}: {seconds}")
    return (
        DialogueDescribed(
            Sealed(title),
            Sealed(agency),
            Sealed(superior),
            Sealed(place),
            command.starts_at,
            Sealed(chair),
            Sealed(secretary),
            Sealed(theme),
            tuple(Sealed(topic) for topic in topics),
            command.question_seconds,
            command.answer_seconds,
            hides_supports=dialogue.n == 0,
        ),
    )


@applies(DialogueDescribed)
def described(dialogue: "Dialogue", fact: DialogueDescribed, entry: Entry) -> "Dialogue":
    notice = Notice(
        fact.title,
        fact.agency,
        fact.superior,
        fact.place,
        fact.starts_at,
        fact.chair,
        fact.secretary,
        fact.theme,
        fact.topics,
        fact.question_seconds,
        fact.answer_seconds,
    )
    return replace(dialogue, notice=notice, supports_shown=dialogue.supports_shown and not fact.hides_supports)


def ways(dialogue: "Dialogue") -> frozenset[S]:
    """Where people may move it from here by themselves; signed minutes move it on by being signed."""
    # Closed again, a dialogue that has been on the floor is not merely ready; what was rehearsed there is wiped.
    begun = (dialogue.before_rehearsal or dialogue).floor_log
    return MOVES[dialogue.state] - ({S.MINUTES_SIGNED, S.READY} if begun else {S.MINUTES_SIGNED})


@decides(do.MoveDialogue)
def move(
    dialogue: "Dialogue", command: do.MoveDialogue, seat: Seat, moment: Moment
) -> tuple[DialogueMoved | ClockStopped | MicrophoneClosed, ...] | Refused:
    if command.to not in ways(dialogue):
        return refuse(Code.WRONG_STATE)
    if command.to is S.ANNOUNCED and not dialogue.notice.title:
        return refuse(Code.EMPTY)
    if (dialogue.state, command.to) in BACKWARD and not clean(command.reason):
        return refuse(Code.REASON_MISSING)
    if command.to is S.PUBLISHED and (problem := unexplained(dialogue, moment.at, command.reason)):
        return problem
    if command.to is S.CLOSING and dialogue.minutes.signatures:
        return refuse(Code.FROZEN)
    waiting = sum(question.waiting for question in dialogue.questions.values())
    if command.to is S.CLOSED and waiting:
        return refuse(Code.STILL_WAITING, count=waiting)
    paused = (ClockStopped(),) if command.to is S.PAUSED and _clock_runs(dialogue) else ()
    moved = DialogueMoved(command.to, Sealed(clean(command.reason)), places(dialogue, command.to, moment))
    return (*carried_no_more(dialogue), *paused, moved)


def carried_no_more(dialogue: "Dialogue", seat: str = "") -> tuple[MicrophoneClosed, ...]:
    """Nobody, or not this seat, speaks from a phone into a dialogue that stands still or goes on to something else."""
    turn = dialogue.turn
    if turn is None or turn.microphone not in OPEN_MICROPHONES:
        return ()
    theirs = not seat or dialogue.questions[turn.question].seat == seat
    return (MicrophoneClosed(turn.question),) if theirs else ()


def _clock_runs(dialogue: "Dialogue") -> bool:
    return dialogue.turn is not None and dialogue.turn.running_since is not None


@applies(DialogueMoved)
def moved(dialogue: "Dialogue", fact: DialogueMoved, entry: Entry) -> "Dialogue":
    if dialogue.before_rehearsal is not None:
        # A rehearsal leaves no trace in the dialogue but what it showed of the room; its entries stay in the journal.
        before = replace(dialogue.before_rehearsal, n=dialogue.n)
        dialogue = emptied(dialogue, carried(dialogue, before), fact.heard)
    if fact.to is S.PUBLISHED and overdue(dialogue, entry.at):
        dialogue = replace(dialogue, minutes=replace(dialogue.minutes, late=fact.reason))
    if fact.to is S.REHEARSAL:
        return replace(dialogue, state=S.REHEARSAL, before_rehearsal=dialogue, rehearsed_from=fact.heard)
    if fact.to is S.OPEN and dialogue.opened_at is None:
        dialogue = replace(dialogue, opened_at=entry.at)
    if fact.to is S.READY:
        dialogue = replace(dialogue, opened_at=None)
    if fact.to is S.CLOSED:
        dialogue = replace(dialogue, closed_at=entry.at)
    return replace(dialogue, state=fact.to)
