"""A group of commands decided one after another on a draft of the dialogue, ready to be committed together."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec

from live.commands import Command
from live.dialogue import Dialogue
from live.entries import CardPrinted, Entry, QuestionReceived, SupportSet
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment
from live.seats import Seat
from server.clock import token
from server.store.journal import Answered, Deed


@dataclass(frozen=True, slots=True)
class Accepted:
    """Done, and on disk. `n` is the last entry then; `receipt` what an asker gets."""

    n: int
    receipt: dict[str, Any] | None = None

    def kept(self) -> dict[str, Any]:
        """What is remembered under the op, and given back as `Accepted(**kept)`."""
        return {"n": self.n, "receipt": self.receipt}


@dataclass(frozen=True, slots=True)
class Busy:
    """Not done, nothing changed: send the same op again after a while."""

    after_ms: int
    because: Refused | None = None


Answer = Accepted | Refused | Busy


@dataclass(eq=False, slots=True)
class Waiting:
    """A command in line, with the promise of an answer."""

    command: Command
    seat: Seat
    op: str | None
    at: datetime
    answer: asyncio.Future[Answer]
    digest: bytes = field(init=False)

    def __post_init__(self) -> None:
        named = [type(self.command).__name__, self.command]
        self.digest = hashlib.sha256(msgspec.json.encode(named)).digest()


class Turn:
    """A group of commands being decided on a draft of the dialogue."""

    def __init__(self, dialogue: Dialogue, known: Mapping[tuple[str, str], Answered], moment: Moment) -> None:
        self.dialogue = dialogue
        self.moment = moment
        self.deeds: list[Deed] = []
        self.answers: list[tuple[Waiting, Answer]] = []
        self.errors: list[tuple[Waiting, Exception]] = []
        self.supported = False
        self._known = dict(known)

    def take(self, waiting: Waiting) -> None:
        """Decide one command; a mistake of ours in one rule spoils nobody else's command."""
        try:
            self.answers.append((waiting, self._earlier(waiting) or self._decide(waiting)))
        except Exception as error:  # noqa: BLE001 - handed to the caller, who reports it
            self.errors.append((waiting, error))

    @property
    def left_nothing(self) -> list[Waiting]:
        """Those with an op that would write nothing: only the disk knows whether the op was answered before."""
        refused = [waiting for waiting, answer in self.answers if isinstance(answer, Refused)]
        return [waiting for waiting in [*refused, *(one for one, _ in self.errors)] if waiting.op is not None]

    def _earlier(self, waiting: Waiting) -> Answer | None:
        if waiting.op is None or (done := self._known.get((waiting.seat.id, waiting.op))) is None:
            return None
        if done.body_digest != waiting.digest:
            return refuse(Code.OTHER_BODY)
        return Accepted(**done.answer)

    def _decide(self, waiting: Waiting) -> Answer:
        moment = replace(self.moment, at=waiting.at, token=token())
        decision = self.dialogue.decide(waiting.command, waiting.seat, moment)
        if isinstance(decision, Refused):
            return decision
        draft, entries = self.dialogue, []
        for fact in decision:
            if isinstance(fact, SupportSet):
                self.supported = True
                continue
            entries.append(Entry(draft.n + 1, waiting.at, waiting.seat.id, fact))
            draft = draft.apply(entries[-1])
        answer = Accepted(draft.n, _receipt(entries))
        supports = [fact for fact in decision if isinstance(fact, SupportSet)]
        self.dialogue = draft
        kept = answer.kept()
        if entries or supports or waiting.op is not None:
            deed = Deed(waiting.seat.id, waiting.op, waiting.digest, entries, supports, kept)
            self.deeds.append(deed)
        if waiting.op is not None:
            self._known[waiting.seat.id, waiting.op] = Answered(waiting.digest, kept)
        return answer


def _receipt(entries: list[Entry]) -> dict[str, Any] | None:
    """What an asker gets: the number, which never changes, and the code that opens its status page; so has a card."""
    for entry in entries:
        if isinstance(entry.fact, QuestionReceived):
            code = str(entry.fact.receipt)
            return {"number": entry.fact.question, "code": code, "url": f"/r/{code}"}
        if isinstance(entry.fact, CardPrinted):
            return {"card": entry.fact.card, "code": str(entry.fact.receipt)}
    return None
