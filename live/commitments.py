"""Promises made on the floor, from the moment they are noted until a person confirms that they were kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from live import commands as do
from live.agreeing import changed_since, mark
from live.entries import CommitmentExtended, CommitmentMoved, CommitmentNoted, CommitmentReworded, Entry
from live.evidence import confirmer, unfit_report
from live.refusals import Code, Refused, refuse, unfit
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.states import CommitmentState as C
from live.texts import NOTHING, Sealed, clean, same_name

if TYPE_CHECKING:
    from live.dialogue import Dialogue

COMMITMENT_LIMIT = 1_000

MOVES: dict[C, frozenset[C]] = {
    C.NOTED: frozenset({C.READ_BACK}),
    C.READ_BACK: frozenset({C.NOTED, C.IN_MINUTES}),
    C.IN_MINUTES: frozenset({C.READ_BACK, C.IN_PROGRESS}),
    C.IN_PROGRESS: frozenset({C.EVIDENCE_GIVEN}),
    C.EVIDENCE_GIVEN: frozenset({C.IN_PROGRESS, C.CONFIRMED, C.DISPUTED}),
    C.CONFIRMED: frozenset({C.DISPUTED}),
    C.DISPUTED: frozenset({C.IN_PROGRESS, C.EVIDENCE_GIVEN, C.CONFIRMED}),
}
AGENCY_MOVES = frozenset({C.IN_PROGRESS, C.EVIDENCE_GIVEN})
"""What the agency that promised may say by itself; whether it was kept is said by others."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise: what, who, by when, and what will show it. `extensions` keeps every earlier date with its reason.

    `shown` and `link` are the evidence that was last given; `confirmed_by` holds while the promise counts as kept.
    """

    number: int
    text: Sealed
    agency: Sealed
    due: date
    question: int | None
    moved_at: datetime
    state: C = C.NOTED
    note: Sealed = NOTHING
    extensions: tuple[tuple[date, Sealed], ...] = ()
    person: Sealed = NOTHING
    evidence: Sealed = NOTHING
    shown: Sealed = NOTHING
    link: Sealed = NOTHING
    confirmed_by: Sealed = NOTHING

    @property
    def kept(self) -> bool:
        return self.state is C.CONFIRMED

    @property
    def read_back(self) -> bool:
        """Whether the hall heard it in these words: nothing goes further without that."""
        return self.state is not C.NOTED

    def made_by(self, agency: str) -> bool:
        """Whether this agency promised it, however its name was typed; no agency promised nothing."""
        return same_name(agency, str(self.agency))

    def overdue(self, today: date) -> bool:
        """Computed, never stored: past its date and not confirmed."""
        return not self.kept and today > self.due


@decides(do.NoteCommitment)
def note(
    dialogue: "Dialogue", command: do.NoteCommitment, seat: Seat, moment: Moment
) -> tuple[CommitmentNoted] | Refused:
    text, agency = clean(command.text), clean(command.agency)
    if problem := unfit(text, COMMITMENT_LIMIT):
        return problem
    if not agency:
        return refuse(Code.DATE_MISSING)
    if command.question is not None and command.question not in dialogue.questions:
        return refuse(Code.NOT_FOUND)
    number = len(dialogue.commitments) + 1
    person, evidence = Sealed(clean(command.person)), Sealed(clean(command.evidence))
    return (CommitmentNoted(number, Sealed(text), Sealed(agency), command.due, command.question, person, evidence),)


@applies(CommitmentNoted)
def noted(dialogue: "Dialogue", fact: CommitmentNoted, entry: Entry) -> "Dialogue":
    promise = Commitment(fact.commitment, fact.text, fact.agency, fact.due, fact.question, entry.at)
    return _with(dialogue, replace(promise, person=fact.person, evidence=fact.evidence))


def _with(dialogue: "Dialogue", commitment: Commitment) -> "Dialogue":
    return replace(dialogue, commitments={**dialogue.commitments, commitment.number: commitment})


@decides(do.RewordCommitment)
def reword(
    dialogue: "Dialogue", command: do.RewordCommitment, seat: Seat, moment: Moment
) -> tuple[CommitmentReworded, ...] | Refused:
    commitment = dialogue.commitments.get(command.commitment)
    text, agency = clean(command.text), clean(command.agency)
    if commitment is None:
        return refuse(Code.NOT_FOUND)
    if commitment.state not in {C.NOTED, C.READ_BACK}:
        return refuse(Code.WRONG_STATE)
    if problem := unfit(text, COMMITMENT_LIMIT):
        return problem
    named = Sealed(agency) if agency else commitment.agency
    person, evidence = Sealed(clean(command.person)), Sealed(clean(command.evidence))
    said = (commitment.text, commitment.agency, commitment.person, commitment.evidence)
    better = (Sealed(text), named, person, evidence)
    if better == said:
        return ()
    changed = changed_since(command.was, mark(*said), str(commitment.text))
    return changed or (CommitmentReworded(commitment.number, *better),)


@applies(CommitmentReworded)
def reworded(dialogue: "Dialogue", fact: CommitmentReworded, entry: Entry) -> "Dialogue":
    """Nobody in the hall has heard the new words yet."""
    commitment = dialogue.commitments[fact.commitment]
    said = replace(commitment, text=fact.text, agency=fact.agency, person=fact.person, evidence=fact.evidence)
    return _with(dialogue, replace(said, state=C.NOTED, moved_at=entry.at))


@decides(do.MoveCommitment)
def move(
    dialogue: "Dialogue", command: do.MoveCommitment, seat: Seat, moment: Moment
) -> tuple[CommitmentMoved] | Refused:
    commitment = dialogue.commitments.get(command.commitment)
    if commitment is None:
        return refuse(Code.NOT_FOUND)
    if seat.audience is Audience.AGENCY and not (commitment.made_by(seat.agency) and command.to in AGENCY_MOVES):
        return refuse(Code.NOT_ALLOWED)
    if command.to not in MOVES[commitment.state]:
        return refuse(Code.WRONG_STATE)
    if problem := unfit_report(command):
        return problem
    link = Sealed(clean(command.link)) if command.to is C.EVIDENCE_GIVEN else NOTHING
    seen_by = Sealed(confirmer(command, seat))
    return (CommitmentMoved(commitment.number, command.to, Sealed(clean(command.note)), link, seen_by),)


@applies(CommitmentMoved)
def moved(dialogue: "Dialogue", fact: CommitmentMoved, entry: Entry) -> "Dialogue":
    before = dialogue.commitments[fact.commitment]
    after = replace(before, state=fact.to, note=fact.note or before.note, moved_at=entry.at)
    if fact.to is C.EVIDENCE_GIVEN:
        after = replace(after, note=fact.note, shown=fact.note, link=fact.link)
    return _with(dialogue, replace(after, confirmed_by=fact.confirmed_by))


@decides(do.ExtendCommitment)
def extend(
    dialogue: "Dialogue", command: do.ExtendCommitment, seat: Seat, moment: Moment
) -> tuple[CommitmentExtended] | Refused:
    commitment = dialogue.commitments.get(command.commitment)
    if commitment is None:
        return refuse(Code.NOT_FOUND)
    if not clean(command.reason):
        return refuse(Code.REASON_MISSING)
    if commitment.kept or command.due <= commitment.due:
        return refuse(Code.WRONG_STATE)
    return (CommitmentExtended(commitment.number, command.due, Sealed(clean(command.reason))),)


@applies(CommitmentExtended)
def extended(dialogue: "Dialogue", fact: CommitmentExtended, entry: Entry) -> "Dialogue":
    commitment = dialogue.commitments[fact.commitment]
    history = (*commitment.extensions, (commitment.due, fact.reason))
    return _with(dialogue, replace(commitment, due=fact.due, extensions=history, moved_at=entry.at))
