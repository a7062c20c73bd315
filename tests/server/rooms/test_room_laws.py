"""The laws of a room on a real disk: whatever is sent twice, given up, stopped in a commit or ended by a crash."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from live import commands as do
from live.commands import Command
from live.dialogue import Dialogue, replay
from live.reckoning import reckon
from live.refusals import Code, Refused
from live.seats import Seat
from server.rooms.render import Render
from server.rooms.turn import Accepted, Busy
from server.store.verifying import verify
from tests.cast import HANH, MODERATOR, SECOND_MODERATOR, TUAN, usual
from tests.live import evenings as some
from tests.server.rooms.crashing import KEY, House, Sent, Stop, ticks
from tests.server.rooms.watching import SEATS, Watchers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

T = TypeVar("T")
RENDER = Render()
pressing = st.one_of(some.reading, some.reading, some.ordering, st.builds(do.CallNext), some.flooring)
askers = st.sampled_from([HANH, TUAN, *(replace(TUAN, id=f"seat-{place}") for place in range(6))])
crowds = st.lists(st.tuples(askers, st.booleans()), min_size=2, max_size=6)


class AnyCrash(RuleBasedStateMachine):
    """Several seats, ops repeated, callers that give up, crashes; a page of each kind watches and come back."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.sent: dict[str, Sent] = {}
        self.told = Dialogue()
        self.ever_public: set[str] = set()
        self.house: House = self.run(House.build(Path(self.folder.name), RENDER))
        self.watchers = Watchers()
        self.watchers.come(self.house.room)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def fresh(self, seat: Seat, command: Command) -> str:
        op = f"op-{len(self.sent) + 1}"
        self.sent[op] = Sent(seat, command)
        return op

    def question(self) -> do.Ask:
        return do.Ask(f"[câu {len(self.sent) + 1}]")

    async def send(self, op: str) -> None:
        """Send an op, for the first time or again, and hold the answer against the earlier one."""
        sent = self.sent[op]
        answer = await self.house.room.handle(sent.command, sent.seat, op)
        if isinstance(sent.answer, Accepted):
            assert answer == sent.answer, "the same op got another answer"
        elif isinstance(answer, Accepted):
            sent.answer = answer
        assert not (isinstance(answer, Refused) and answer.code is Code.OTHER_BODY)

    @rule(crowd=crowds)
    def many_ask_at_once(self, crowd: list[tuple[Seat, bool]]) -> None:
        """Some of them tap twice."""

        async def ask() -> None:
            ops = [op for seat, twice in crowd for op in [self.fresh(seat, self.question())] * (2 if twice else 1)]
            await asyncio.gather(*map(self.send, ops))

        self.run(ask())

    @rule(pressed=st.lists(pressing, min_size=1, max_size=4), hasty=st.booleans())
    def moderators_press(self, pressed: list[Command], hasty: bool) -> None:
        async def press() -> None:
            for command in pressed:
                seat = usual(command)
                first = self.fresh(seat, command)
                other = self.fresh(SECOND_MODERATOR if seat == MODERATOR else seat, command)
                await asyncio.gather(*map(self.send, [first, other] if hasty else [first]))

        self.run(press())

    @precondition(lambda self: self.sent)
    @rule(place=st.integers(0, 50))
    def an_op_comes_again(self, place: int) -> None:
        before, op = self.house.room.dialogue, list(self.sent)[place % len(self.sent)]
        done = isinstance(self.sent[op].answer, Accepted)
        self.run(self.send(op))
        assert not done or self.house.room.dialogue is before, "the same op did something again"

    @precondition(lambda self: self.sent)
    @rule(place=st.integers(0, 50))
    def an_op_comes_with_another_body(self, place: int) -> None:
        accepted = [op for op, sent in self.sent.items() if isinstance(sent.answer, Accepted)]
        if not accepted:
            return
        op = accepted[place % len(accepted)]
        answer = self.run(self.house.room.handle(do.Ask("[chuyện khác]"), self.sent[op].seat, op))
        assert isinstance(answer, Refused)
        assert answer.code is Code.OTHER_BODY

    @rule(crowd=crowds, turns=st.integers(0, 12))
    def callers_give_up(self, crowd: list[tuple[Seat, bool]], turns: int) -> None:
        """At any await of the way; what they sent happens once or not at all, and the next try finds out."""

        async def leave() -> None:
            ops = [self.fresh(seat, self.question()) for seat, _ in crowd]
            asking = [asyncio.create_task(self.send(op)) for op in ops]
            await ticks(turns)
            for caller, (_, leaves) in zip(asking, crowd, strict=True):
                if leaves:
                    caller.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
            for caller in asking:
                assert caller.cancelled() or caller.exception() is None
            await self.house.room.handle(do.Approve(10_000), MODERATOR)  # whoever comes later waits for its turn

        self.run(leave())

    @rule(seat=askers)
    def the_disk_is_full_for_a_while(self, seat: Seat) -> None:
        before, op = self.house.room.dialogue, self.fresh(seat, self.question())
        self.house.journal.stop = Stop.DISK_FULL
        answer = self.run(self.house.room.handle(self.sent[op].command, seat, op))
        self.house.journal.stop = Stop.NOWHERE
        assert isinstance(answer, Busy | Refused), "acknowledged without a disk"
        assert self.house.room.dialogue is before

    @rule(crowd=crowds, stop=st.sampled_from(Stop), turns=st.integers(0, 40))
    def the_server_crashes(self, crowd: list[tuple[Seat, bool]], stop: Stop, turns: int) -> None:
        async def crash() -> None:
            ops = [self.fresh(seat, self.question()) for seat, _ in crowd]
            self.house.journal.stop = Stop.NOWHERE if stop is Stop.DISK_FULL else stop
            asking = [asyncio.create_task(self.send(op)) for op in ops]
            await ticks(turns)
            await self.house.fall()
            for caller in asking:
                caller.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
            self.house = await House.reopen(Path(self.folder.name), RENDER)

        self.run(crash())
        self.watchers.come(self.house.room)

    @rule(who=st.integers(0, len(SEATS) - 1))
    def a_page_goes_and_comes_back(self, who: int) -> None:
        self.watchers.go(self.house.room, who)
        self.run(self.send(self.fresh(TUAN, self.question())))
        self.watchers.come(self.house.room)

    @invariant()
    def the_journal_tells_the_room(self) -> None:
        room = self.house.room
        entries = self.run(self.house.journal.entries(room.stream.id))
        assert [entry.n for entry in entries] == [*range(1, len(entries) + 1)]
        for entry in entries[self.told.n :]:
            self.told = self.told.apply(entry)
            reckoning = reckon(self.told)
            assert reckoning.received == len(self.told.questions) == reckoning.settled + reckoning.waiting
            self.ever_public |= {str(one.text) for one in self.told.questions.values() if one.public}
        assert self.told == room.dialogue, "the room is not what the journal tells"

    @invariant()
    def what_was_answered_is_there_once(self) -> None:
        keys = [(sent.seat.id, op) for op, sent in self.sent.items()]
        on_disk = self.run(self.house.journal.answers(self.house.room.stream.id, keys))
        asked = Counter(str(one.original) for one in self.told.questions.values())
        assert not asked or set(asked.values()) == {1}, "a question came twice"
        for op, sent in self.sent.items():
            if isinstance(sent.answer, Accepted):
                there = on_disk.get((sent.seat.id, op))
                assert there is not None, "acknowledged, and not on disk"
                assert there.answer == asdict(sent.answer)
            if isinstance(sent.command, do.Ask):
                stored = (sent.seat.id, op) in on_disk
                assert asked[sent.command.text] == stored, "what the room holds is not what is on disk"
                assert not isinstance(sent.answer, Accepted) or asked[sent.command.text] == 1

    @invariant()
    def every_page_is_the_page_now(self) -> None:
        self.run(ticks(5))
        self.watchers.compare(self.house.room)

    @invariant()
    def unapproved_words_are_in_no_frame_of_others(self) -> None:
        asked_by = {str(one.original): one.seat for one in self.told.questions.values()}
        for seat, frames in self.watchers.shown_to_all():
            for text, asker in asked_by.items():
                assert text in self.ever_public or asker == seat.id or text.encode() not in frames, (text, seat)

    def teardown(self) -> None:
        if not hasattr(self, "house"):
            return
        room, database = self.house.room, self.house.database
        verdicts = self.run(database.read(lambda connection: verify(connection, KEY.public_key())))
        assert [(verdict.n, verdict.flaw) for verdict in verdicts] == [(room.n, None)]
        assert replay(self.run(self.house.journal.entries(room.stream.id))) == room.dialogue
        self.run(self.house.fall())
        self.runner.close()
        self.folder.cleanup()


AnyCrash.TestCase.settings = settings(max_examples=25, stateful_step_count=25)
test_any_crash = AnyCrash.TestCase
