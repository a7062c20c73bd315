"""Telling a dialogue that has already happened: every step is a real command at its own time, decided by the rules.

What the rules refuse is a mistake in the tale and stops it. Nothing is stored here; `deeds` goes to the journal whole.
"""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from live import commands as do
from live.dialogue import Dialogue
from live.entries import Entry, SupportSet
from live.receiving import ABOUT_LIMIT, READ_FIRST
from live.refusals import Refused
from live.rulebook import Moment
from live.seats import Audience, Seat
from live.states import Channel, CommitmentState, Part, Role
from server.demo.material import Answer, Asked
from server.store.journal import Deed

Cast = Mapping[Audience, Seat]
"""Who sits where: one seat for each staff audience."""


def phone(asked: Asked) -> Seat:
    """The seat of somebody who asks from their own phone."""
    return Seat(f"demo-{asked.line}", Audience.PHONE, asked.name, asked.locality, asked.publish_name)


def site_of(asked: Asked) -> str:
    """The linked site of the asker's own commune."""
    return f"Điểm cầu {asked.locality}"


class WrongTale(Exception):
    """A step of the demo was refused, or goes back in time."""


class Telling:
    """A dialogue being told. `at` is the moment that the tale has come to; it only moves forward."""

    def __init__(self, begins: datetime, cast: Cast, token: Callable[[], str]) -> None:
        self.dialogue = Dialogue()
        self.at = begins
        self.deeds: list[Deed] = []
        self.numbers: dict[int, int] = {}
        self._cast = cast
        self._token = token
        self._tally: Counter[int] = Counter()

    def until(self, moment: datetime) -> None:
        if moment < self.at:
            raise WrongTale(f"{moment} lies before {self.at}")
        self.at = moment

    def later(self, **time: float) -> None:
        """Let time pass, told in the words of timedelta."""
        self.until(self.at + timedelta(**time))

    def do(self, command: do.Command, by: Audience | Seat) -> None:
        """Carry out one command as it would be in a room."""
        seat = self._cast[by] if isinstance(by, Audience) else by
        decision = self.dialogue.decide(command, seat, Moment(self.at, self._token(), dict(self._tally)))
        if isinstance(decision, Refused):
            raise WrongTale(f"{command} at {self.at}: {decision.say('en')}")
        entries: list[Entry] = []
        supports = [fact for fact in decision if isinstance(fact, SupportSet)]
        for fact in decision:
            if not isinstance(fact, SupportSet):
                entries.append(Entry(self.dialogue.n + 1, self.at, seat.id, fact))
                self.dialogue = self.dialogue.apply(entries[-1])
        self._tally.update(support.question for support in supports)
        self.deeds.append(Deed(seat.id, None, hashlib.sha256(repr(command).encode()).digest(), entries, supports, {}))

    def ask(self, asked: Asked, *, in_advance: bool = False) -> None:
        """The question comes in: by its asker's own phone, as a raised hand, or typed in by the clerk and read back."""
        channel = Channel.IN_ADVANCE if in_advance else asked.channel
        self.numbers[asked.line] = len(self.dialogue.questions) + 1
        about = asked.text.split(". ")[0]
        if channel is Channel.VOICE and len(about) <= ABOUT_LIMIT:
            self.do(do.RaiseHand(asked.topic, about), phone(asked))
        elif channel in {Channel.ONLINE, Channel.VOICE}:
            self.do(do.Ask(asked.text, asked.topic), phone(asked))
        else:
            site = site_of(asked) if channel is Channel.SITE and self.dialogue.sites else ""
            ask = do.Ask(asked.text, asked.topic, channel, asked.name, asked.locality, asked.publish_name, site)
            self.do(dataclasses.replace(ask, read_back=channel in READ_FIRST), Audience.CLERK)

    def approve(self, *lines: int, queue: bool = True) -> None:
        """Read and approve, in this order."""
        for line in lines:
            self.do(do.StartReview(self.numbers[line]), Audience.MODERATOR)
            self.later(seconds=8)
            self.do(do.Approve(self.numbers[line], queue=queue), Audience.MODERATOR)

    def support(self, line: int, count: int) -> None:
        """`count` people support the question from their phones."""
        for person in range(count):
            self.do(do.Support(self.numbers[line]), Seat(f"demo-supporter-{person}", Audience.PHONE))

    def call(self, line: int) -> None:
        """Call the next question, which must be this one, and let its asker speak."""
        self.do(do.CallNext(), Audience.MODERATOR)
        turn = self.dialogue.turn
        if turn is None or turn.question != self.numbers[line]:
            raise WrongTale(f"line {line} was not next")
        self.later(seconds=10)
        self.do(do.StartClock(Part.ASKING), Audience.MODERATOR)
        self.later(seconds=55)
        question = self.dialogue.questions[turn.question]
        speaker = str(question.name) if question.publish_name else ""
        self.do(do.WriteLine(str(question.text), Role.CITIZEN, speaker), Audience.SECRETARY)

    def answer(self, answer: Answer) -> None:
        """The answer to the question on the stage, what came of it, and the promise that was made with it."""
        self.do(do.StartClock(Part.ANSWERING), Audience.MODERATOR)
        self.later(minutes=2)
        role = Role.CHAIR if answer.by == "chair" else Role.AGENCY
        speaker = "Chủ tịch" if role is Role.CHAIR else answer.agency
        self.do(do.WriteLine(answer.answer, role, speaker), Audience.SECRETARY)
        self.later(seconds=30)
        self.settle(answer)

    def settle(self, answer: Answer) -> None:
        """The outcome, on the stage or without it."""
        due = (self.at + timedelta(days=answer.days)).date() if answer.days is not None else None
        number = self.numbers[answer.question]
        announced = number in self.dialogue.deck  # the hall has read that it comes next, so why it does not is said too
        reason = answer.note if announced else ""
        self.do(do.GiveOutcome(number, answer.outcome, answer.agency, due, answer.note, reason), Audience.MODERATOR)

    def report(self, number: int, to: CommitmentState, note: str = "", link: str = "") -> None:
        """What the agency that promised says: from its own seat, or told to the office when it has none here."""
        own = self.dialogue.commitments[number].made_by(self._cast[Audience.AGENCY].agency)
        self.do(do.MoveCommitment(number, to, note, link), Audience.AGENCY if own else Audience.SECRETARY)

    def promise(self, answer: Answer, today: datetime) -> None:
        """Note what was promised and read it back to the hall."""
        due = (today + timedelta(days=answer.promise_due)).date()
        number = self.numbers[answer.question]
        said = do.NoteCommitment(answer.promise, answer.agency, due, number, answer.person, answer.evidence)
        self.do(said, Audience.SECRETARY)
