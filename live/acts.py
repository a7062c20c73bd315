"""What members of staff have lately done to questions, remembered so that each can take their own act back.

An act is one command: one entry, or several that follow from one another. It remembers the questions it touched as they
were before and after, and the order and the turn before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from live import entries as facts
from live.entries import Entry, Fact
from live.floor import Turn
from live.questions import Question

if TYPE_CHECKING:
    from live.dialogue import Dialogue

ACTS_KEPT = 50
"""Acts of one seat that can be taken back. Journals are replayed with it: it may grow, never shrink."""

REMEMBERED: frozenset[type[Fact]] = frozenset(
    {
        facts.QuestionApproved, facts.QuestionRefused, facts.QuestionRefusedFor, facts.QuestionReopened,
        facts.QuestionEdited, facts.QuestionMerged, facts.QuestionUnmerged, facts.QuestionRerouted,
        facts.QuestionWithdrawn, facts.QuestionPlaced, facts.QuestionSetAside, facts.QuestionPutOnDeck,
        facts.QuestionTakenOffDeck, facts.QuestionCalled, facts.OutcomeGiven, facts.NoteWritten, facts.NoteStruck,
        facts.QuestionLabelled, facts.QuestionUnlabelled, facts.QuestionAssigned, facts.QuestionUnassigned,
        facts.SpeakerNamed, facts.QuestionReturned, facts.AskerSuspended,
    }
)  # fmt: skip
"""Facts that a member of staff can take back."""

GOES_ON: frozenset[tuple[type[Fact], type[Fact]]] = frozenset(
    {
        (facts.QuestionApproved, facts.QuestionPlaced),
        (facts.QuestionCalled, facts.QuestionPutOnDeck),
        (facts.QuestionUnmerged, facts.QuestionUnmerged),
        (facts.QuestionUnmerged, facts.QuestionRefused),
        (facts.QuestionUnmerged, facts.QuestionRefusedFor),
        (facts.QuestionUnmerged, facts.QuestionRerouted),
        (facts.QuestionUnmerged, facts.QuestionWithdrawn),
    }
)
"""Facts of one command: the second belongs to the act that the first began."""


_ANSWERS = (facts.OutcomeGiven, facts.QuestionRerouted, facts.QuestionReturned)


@dataclass(frozen=True, slots=True)
class Act:
    """`n` is its last entry, `kind` the fact that names it, `question` the one it was about.

    `moved` are those whose place in queue or deck it changed; `deck`, `queue` and `turn` are as they stood before it.
    """

    n: int
    at: datetime
    kind: type[Fact]
    question: int
    before: Mapping[int, Question]
    after: Mapping[int, Question]
    moved: frozenset[int]
    deck: tuple[int, ...]
    queue: tuple[int, ...]
    turn: Turn | None


def remember(before: "Dialogue", after: "Dialogue", entry: Entry) -> "Dialogue":
    """`after`, which knows of this entry as an act of its seat, if it is one."""
    if type(entry.fact) not in REMEMBERED or _from_the_stage(entry.fact):
        return after
    act = _act(before, after, entry)
    if act.after[act.question].seat == entry.seat:
        return after  # the asker's own doing
    own = before.acts.get(entry.seat, ())
    if own and _goes_on(own[-1], act):
        own, act = own[:-1], _joined(own[-1], act)
    return replace(after, acts={**after.acts, entry.seat: (*own, act)[-ACTS_KEPT:]})


def _act(before: "Dialogue", after: "Dialogue", entry: Entry) -> Act:
    question: int = getattr(entry.fact, "question")  # noqa: B009 - every remembered fact has one, which no type says
    touched = {question, *_leads(before, question), *_leads(after, question), *_led_along(before, after, entry.fact)}
    placed = {question} if isinstance(entry.fact, facts.QuestionPlaced) else set()
    return Act(
        n=entry.n,
        at=entry.at,
        kind=type(entry.fact),
        question=question,
        before={number: before.questions[number] for number in touched},
        after={number: after.questions[number] for number in touched},
        moved=frozenset(placed | {n for n in touched if _row(before, n) != _row(after, n)}),
        deck=before.deck,
        queue=before.queue,
        turn=before.turn,
    )


def _leads(dialogue: "Dialogue", question: int) -> Iterator[int]:
    lead = dialogue.questions[question].merged_into
    if lead is not None:
        yield lead


def _from_the_stage(fact: Fact) -> bool:
    """Whether it is a return from the stage: the question is called again instead of undoing it."""
    return isinstance(fact, facts.QuestionReturned) and (fact.exactly or not fact.reason)


def _led_along(before: "Dialogue", after: "Dialogue", fact: Fact) -> tuple[int, ...]:
    """Those who came or went with a question that led them, or whose word on its answer went with the answer."""
    if isinstance(fact, facts.QuestionMerged):
        return before.questions[fact.question].merged
    if isinstance(fact, _ANSWERS):
        led = before.questions[fact.question].merged
        return tuple(number for number in led if before.questions[number].judged is not None)
    return after.questions[fact.question].merged if isinstance(fact, facts.QuestionUnmerged) else ()


def _row(dialogue: "Dialogue", number: int) -> str:
    return "deck" if number in dialogue.deck else "queue" if number in dialogue.queue else ""


def _goes_on(act: Act, later: Act) -> bool:
    return (act.kind, later.kind) in GOES_ON and later.n == act.n + 1 and later.at == act.at


def _joined(act: Act, later: Act) -> Act:
    """One act of both: as it was before the first, as it is after the second."""
    names = later if act.kind is facts.QuestionUnmerged else act
    return replace(
        act,
        n=later.n,
        kind=names.kind,
        question=names.question,
        before={**later.before, **act.before},
        after={**act.after, **later.after},
        moved=act.moved | later.moved,
    )
