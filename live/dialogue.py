"""The dialogue: an immutable value that entries move forward. decide -> facts, apply -> the next dialogue, replay.

Nothing here waits, reads a clock or throws dice; the same entries always give the same dialogue.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from live.acts import Act, remember
from live.asking import Asking
from live.cards import Card
from live.commands import Command
from live.commitments import Commitment
from live.conflicts import with_row
from live.entries import Entry, Fact, SupportSet
from live.floor import FloorChange, Turn
from live.floor_time import FloorTime
from live.gaps import Gap
from live.glossary import Glossary
from live.growing import Growing
from live.hall import Hall
from live.lineup import Drawn
from live.messages import Message
from live.minutes import MinutesBook
from live.mixing import Mixing
from live.notice import Notice
from live.questions import Question
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import CHANGES, RULES, Moment
from live.seats import ALLOWED, Seat
from live.sites import Site
from live.states import DialogueState
from live.suspended import Suspension, stopped
from live.texts import Sealed, clean
from live.transcript import Line, Source
from live.trials import RoomTrial

LIMITS = {
    "name": 80,
    "locality": 80,
    "site": 80,
    "clerk": 80,
    "speaker": 80,
    "owner": 80,
    "label": 40,
    "words": 80,
    "agency": 300,
    "person": 200,
    "evidence": 500,
    "link": 500,
    "confirmed_by": 200,
    "reason": 2_000,
    "was": 40,
    "note": 20_000,
}
"""Characters in a field of this name, whatever the command; texts of other names are judged by their own rules."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Everything that is known of one dialogue after entry `n`. Maps are never changed in place."""

    n: int = 0
    notice: Notice = field(default_factory=Notice)
    state: DialogueState = DialogueState.DRAFT
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    questions: Growing[int, Question] = field(default_factory=Growing)
    leads: Mapping[int, int] = field(default_factory=dict)  # of each merged question, the one it was merged into
    asked: Growing[str, tuple[int, ...]] = field(default_factory=Growing)  # the numbers of each seat's own questions
    queue: tuple[int, ...] = ()
    deck: tuple[int, ...] = ()
    turn: Turn | None = None
    turn_back_at: datetime | None = None  # when what had ended it was undone
    floor_log: tuple[FloorChange, ...] = ()
    floor_time: Mapping[int, FloorTime] = field(default_factory=dict)  # of each question that has had the floor
    sources: Mapping[str, Source] = field(default_factory=dict)
    captions_hidden: bool = False
    captions_hidden_by_trial: bool = False
    captions_from: int = 0
    captions_heard: Mapping[str, int] = field(default_factory=dict)
    captions_shown_at: datetime | None = None
    trials: Mapping[str, RoomTrial] = field(default_factory=dict)  # the last one of each source
    gaps: tuple[Gap, ...] = ()
    lines: Mapping[int, Line] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    commitments: Mapping[int, Commitment] = field(default_factory=dict)
    minutes: MinutesBook = field(default_factory=MinutesBook)
    cards: Mapping[int, Card] = field(default_factory=dict)
    sites: Mapping[int, Site] = field(default_factory=dict)
    clerks: Mapping[str, int] = field(default_factory=dict)  # the site of each clerk who sits at one
    reasons: tuple[tuple[Sealed, Sealed], ...] = ()
    suspension_reasons: tuple[tuple[Sealed, Sealed], ...] = ()
    suspended: Mapping[str, Suspension] = field(default_factory=dict)  # by the seat from which nothing new is taken
    messages: Mapping[int, Message] = field(default_factory=dict)
    hall: Hall = field(default_factory=Hall)
    mixing: Mixing | None = None
    supports_shown: bool = True  # as old journals have it; a new dialogue begins by hiding them
    asking: Asking = field(default_factory=Asking)
    readers: frozenset[str] = frozenset()
    acts: Mapping[str, tuple[Act, ...]] = field(default_factory=dict)
    before_rehearsal: "Dialogue | None" = None
    rehearsed_from: tuple[tuple[str, int], ...] = ()  # samples of each source as the rehearsal that goes on began
    rehearsed: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)  # samples of rehearsals
    drawn: Drawn = field(default_factory=Drawn, compare=False, repr=False)  # who follows whom, worked out when asked

    def decide(self, command: Command, seat: Seat, moment: Moment) -> tuple[Fact | SupportSet, ...] | Refused:
        """Turn a command into facts, or say why not. Changes nothing."""
        if seat.audience not in ALLOWED[type(command)]:
            return refuse(Code.NOT_ALLOWED)
        if seat.rehearsing and self.state is not DialogueState.REHEARSAL:
            return refuse(Code.CLOSED)
        if problem := stopped(self.suspended, command, seat):
            return problem
        for name, limit in LIMITS.items():
            said = getattr(command, name, "")
            if said and isinstance(said, str) and (problem := too_long(limit, clean(said))):
                return problem
        answer = RULES[type(command)](self, command, seat, moment)
        return with_row(self, command, seat, answer) if isinstance(answer, Refused) else answer

    def apply(self, entry: Entry) -> "Dialogue":
        """The dialogue after `entry`, which must be the next one."""
        if entry.n != self.n + 1:
            raise ValueError(f"entry {entry.n} does not follow {self.n}")
        after = remember(self, CHANGES[type(entry.fact)](self, entry.fact, entry), entry)
        return _changed(after, n=entry.n)

    def with_question(self, question: Question, **changes: Any) -> "Dialogue":
        """The dialogue with this question put in place of its former self."""
        questions = self.questions.put(question.number, question)
        return _changed(self, questions=questions, leads=self._leads_with(question), **changes)

    def _leads_with(self, question: Question) -> Mapping[int, int]:
        if self.leads.get(question.number) == question.merged_into:
            return self.leads
        apart = {number: lead for number, lead in self.leads.items() if number != question.number}
        return apart if question.merged_into is None else {**apart, question.number: question.merged_into}


_NAMES = [one.name for one in fields(Dialogue)]
_VALUES, _PLACES = attrgetter(*_NAMES), {name: place for place, name in enumerate(_NAMES)}


def _changed(dialogue: Dialogue, **changes: Any) -> Dialogue:
    """As `dataclasses.replace`, in half the time: every entry comes this way twice."""
    values = list(_VALUES(dialogue))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return Dialogue(*values)


def replay(entries: Iterable[Entry], start: Dialogue | None = None) -> Dialogue:
    """Fold entries, in order, into a dialogue."""
    dialogue = start or Dialogue()
    for entry in entries:
        dialogue = dialogue.apply(entry)
    return dialogue
