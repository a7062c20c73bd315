import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from live import commands as do
from live.dialogue import replay
from live.entries import QuestionReceived
from live.refusals import Code, Refused
from live.states import Outcome
from server import clock
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Accepted, Busy
from server.store.database import Database
from server.store.journal import Deed, Head, Journal, NotStored
from tests.cast import ASKED, DESCRIBED, HANH, MODERATOR, OPENED, SECOND_MODERATOR, TUAN
from tests.server.both import BOTH
from tests.server.rooms.listening_line import listen, told
from tests.waiting import until_async

pytestmark = [pytest.mark.anyio, BOTH]


async def replayed(room: Room, journal: Journal) -> None:
    assert replay(await journal.entries(room.stream.id)) == room.dialogue


async def test_an_answer_is_true_on_disk(room: Room, journal: Journal) -> None:
    answer = await room.handle(ASKED, HANH, "op-1")
    assert isinstance(answer, Accepted)
    assert answer.receipt is not None
    assert answer.receipt["number"] == 1
    last = (await journal.entries(room.stream.id))[-1]
    assert isinstance(last.fact, QuestionReceived)
    assert (last.n, str(last.fact.receipt)) == (answer.n, answer.receipt["code"])
    await replayed(room, journal)


async def test_the_same_op_is_done_once_however_often_it_comes(room: Room, journal: Journal) -> None:
    answers = await asyncio.gather(*(room.handle(ASKED, HANH, "op-1") for _ in range(5)))
    answers.append(await room.handle(ASKED, HANH, "op-1"))
    assert len({str(answer) for answer in answers}) == 1
    assert len(room.dialogue.questions) == 1
    await replayed(room, journal)


async def test_the_same_op_is_known_after_a_restart(room: Room, journal: Journal, render: Render) -> None:
    first = await room.handle(ASKED, HANH, "op-1")
    await room.close()
    anew = await Rooms(journal, render).get("test01")
    assert anew is not None
    assert anew.dialogue == room.dialogue
    assert await anew.handle(ASKED, HANH, "op-1") == first
    assert len(anew.dialogue.questions) == 1
    await anew.close()


async def test_an_op_used_for_another_text_is_refused(room: Room) -> None:
    await room.handle(ASKED, HANH, "op-1")
    answer = await room.handle(do.Ask("Chuyện khác"), HANH, "op-1")
    assert isinstance(answer, Refused)
    assert answer.code is Code.OTHER_BODY


async def test_what_was_accepted_is_accepted_again_when_it_could_be_no_more(room: Room, journal: Journal) -> None:
    first = await room.handle(do.Ask("Chuyện cũ"), HANH, "op-1")
    await room.handle(do.Withdraw(1), HANH, "op-2")
    again = await asyncio.gather(
        room.handle(do.Withdraw(1), HANH, "op-2"),
        room.handle(do.Withdraw(1), HANH, "op-3"),
        room.handle(ASKED, TUAN, "op-4"),
        room.handle(do.Ask("Chuyện cũ"), HANH, "op-1"),
    )
    assert again[3] == first
    assert [type(answer) for answer in again] == [Accepted, Refused, Accepted, Accepted]
    assert len(room.dialogue.questions) == 2
    await replayed(room, journal)


async def test_two_seats_may_make_up_the_same_op(room: Room) -> None:
    await room.handle(ASKED, HANH, "op-1")
    assert isinstance(await room.handle(ASKED, TUAN, "op-1"), Accepted)
    assert len(room.dialogue.questions) == 2


async def test_two_moderators_press_next_and_one_moves(room: Room) -> None:
    for _ in range(3):
        await room.handle(ASKED, HANH)
    for number in (1, 2, 3):
        await room.handle(do.Approve(number), MODERATOR)
    answers = await asyncio.gather(
        room.handle(do.CallNext(None), MODERATOR), room.handle(do.CallNext(None), SECOND_MODERATOR)
    )
    assert isinstance(answers[0], Accepted)
    assert isinstance(answers[1], Refused)
    assert answers[1].code is Code.STAGE_CHANGED


class GatedJournal(Journal):
    """A journal whose appends wait until the test lets them through, or cannot reach the disk."""

    gate: asyncio.Event | None = None
    broken = False
    commits = 0

    async def append(self, stream_id: int, expected_n: int, batch: Sequence[Deed], at: datetime) -> Head:
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise NotStored("the disk is full")
        self.commits += 1
        return await super().append(stream_id, expected_n, batch, at)


@pytest.fixture
def journal(database: Database) -> Journal:
    return GatedJournal(database, Ed25519PrivateKey.generate())


async def test_memory_follows_the_disk_and_the_world_hears_last(room: Room, journal: GatedJournal) -> None:
    listener, line = listen(MODERATOR)
    room.fanout.join(listener, None, "", clock.now())
    line.frames.clear()
    journal.gate = asyncio.Event()
    asking = asyncio.create_task(room.handle(ASKED, HANH))
    for _ in range(20):
        await asyncio.sleep(0)
    assert (len(room.dialogue.questions), line.frames, asking.done()) == (0, [], False)
    journal.gate.set()
    await asking
    assert len(room.dialogue.questions) == 1
    await told()
    assert line.messages[0]["n"] == room.n


async def test_a_caller_who_goes_away_changes_nothing(room: Room, journal: GatedJournal) -> None:
    journal.gate = asyncio.Event()
    asking = asyncio.create_task(room.handle(ASKED, HANH, "op-1"))
    for _ in range(20):
        await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    journal.gate.set()
    again = await room.handle(ASKED, HANH, "op-1")
    assert isinstance(again, Accepted)
    assert len(room.dialogue.questions) == 1
    await replayed(room, journal)


async def test_what_cannot_be_stored_is_not_acknowledged_and_may_come_again(room: Room, journal: GatedJournal) -> None:
    before = room.dialogue
    journal.broken = True
    answer = await room.handle(ASKED, HANH, "op-1")
    assert isinstance(answer, Busy)
    assert answer.because is not None
    assert "vẫn còn trên máy" in answer.because.say("vi")
    assert room.dialogue is before
    journal.broken = False
    assert isinstance(await room.handle(ASKED, HANH, "op-1"), Accepted)
    await replayed(room, journal)


async def test_numbers_taken_by_another_process_are_read_and_the_command_decided_again(
    room: Room, journal: Journal, render: Render
) -> None:
    elsewhere = await Rooms(journal, render).get(room.code)
    assert elsewhere is not None
    await elsewhere.handle(do.Ask("Từ máy chủ kia"), TUAN)
    answer = await room.handle(ASKED, HANH)
    assert isinstance(answer, Accepted)
    assert answer.receipt is not None
    assert answer.receipt["number"] == 2
    assert [str(one.text) for one in room.dialogue.questions.values()] == ["Từ máy chủ kia", "Bao giờ sửa cầu?"]
    await replayed(room, journal)
    await elsewhere.close()


async def test_a_hundred_phones_at_once_share_few_commits(room: Room, journal: GatedJournal) -> None:
    journal.commits = 0
    phones = [replace(HANH, id=f"seat-{place}") for place in range(100)]
    answers = await asyncio.gather(*(room.handle(ASKED, phone) for phone in phones))
    receipts = [answer.receipt for answer in answers if isinstance(answer, Accepted) and answer.receipt]
    assert sorted(receipt["number"] for receipt in receipts) == [*range(1, 101)]
    assert journal.commits <= 3
    await replayed(room, journal)


async def test_a_dialogue_starts_with_its_notice_and_nobody_shares_a_code(rooms: Rooms, room: Room) -> None:
    assert str(room.dialogue.notice.title) == DESCRIBED.title
    assert len(OPENED) == room.n
    assert await rooms.get("test01") is room
    assert await rooms.get("nowhere") is None


async def test_supports_are_set_not_added_and_counted_when_called(room: Room, journal: Journal) -> None:
    await room.handle(ASKED, HANH)
    await room.handle(do.Approve(1), MODERATOR)
    for seat in (HANH, TUAN, TUAN):
        await room.handle(do.Support(1), seat)
    assert await journal.supports(room.stream.id, {}) == {1: 2}
    await room.handle(do.Support(1, on=False), TUAN)
    assert await room.supported_by(HANH.id) == {1}
    assert await room.supported_by(TUAN.id) == frozenset()
    await room.handle(do.CallNext(), MODERATOR)
    assert room.dialogue.questions[1].supports == 1


@pytest.mark.slow
async def test_a_lead_has_the_supports_of_what_was_merged_into_it_and_gives_them_back(room: Room) -> None:
    for _ in range(2):
        await room.handle(ASKED, HANH)
    for number in (1, 2):
        await room.handle(do.Approve(number), MODERATOR)
    third = replace(HANH, id="seat-third")
    for number, seat in ((1, HANH), (2, HANH), (2, TUAN), (2, third)):
        await room.handle(do.Support(number), seat)
    await tallied(room, {1: 1, 2: 3})
    await room.handle(do.Merge(2, into=1), MODERATOR)
    await tallied(room, {1: 3, 2: 3})
    assert await room.supported_by(TUAN.id) == {1, 2}, "his phone shows that he supports the lead"
    await room.handle(do.Support(1, on=False), third)
    await tallied(room, {1: 2, 2: 2})
    await room.handle(do.Unmerge(2), MODERATOR)
    await tallied(room, {1: 1, 2: 2})
    await room.handle(do.Merge(2, into=1), MODERATOR)
    await room.handle(do.Undo(room.n), MODERATOR)
    await tallied(room, {1: 1, 2: 2})
    await room.handle(do.Merge(1, into=2), MODERATOR)
    await room.handle(do.Call(2), MODERATOR)
    assert room.dialogue.questions[2].supports == 2


@pytest.mark.slow
async def test_phones_are_told_the_sum_soon_after_it_changed_and_once(room: Room) -> None:
    await room.handle(ASKED, HANH)
    await until_async(lambda: sums_of(room) == (1, 1, 0), "the question to be counted")
    for command in (do.Approve(1), do.Edit(1, "Bao giờ thì sửa cầu?", 1), do.CallNext()):
        await room.handle(command, MODERATOR)
    await room.handle(do.GiveOutcome(1, Outcome.ANSWERED), MODERATOR)
    await until_async(lambda: sums_of(room) == (1, 0, 1), "what came of it to be counted")
    assert "sums" not in room.signals.current(MODERATOR.audience), "the desks have every figure on the page itself"


def sums_of(room: Room) -> tuple[int, int, int]:
    sums = room.signals.current(HANH.audience).get("sums", {})
    return sums.get("received"), sums.get("waiting"), sums.get("settled")


async def tallied(room: Room, wanted: dict[int, int]) -> None:
    await until_async(lambda: room.tally == wanted, f"the tally to be {wanted}")
    assert room.signals.current(MODERATOR.audience)["tally"] == {str(n): count for n, count in wanted.items()}


@pytest.mark.slow
async def test_a_command_the_disk_cannot_spell_ends_neither_the_evening_nor_those_beside_it(room: Room) -> None:
    unspeakable, beside = await asyncio.gather(
        room.handle(ASKED, HANH, "op-\ud800"), room.handle(ASKED, TUAN, "op-2"), return_exceptions=True
    )
    assert isinstance(unspeakable, UnicodeEncodeError)
    assert isinstance(beside, Accepted)
    assert isinstance(await room.handle(ASKED, HANH, "op-3"), Accepted)
    assert len(room.dialogue.questions) == 2


async def test_phones_are_told_of_supports_only_while_the_dialogue_shows_them(room: Room) -> None:
    await room.handle(do.ShowSupports(on=True), MODERATOR)
    room.signals.tally({1: 7})
    room.signals.tell()
    await room.handle(do.ShowSupports(on=False), MODERATOR)
    room.signals.tally({1: 8})
    room.signals.tell()
    told = {}
    for seat in (HANH, MODERATOR):
        listener, line = listen(seat)
        room.fanout.join(listener, None, "", clock.now())
        now = [message["now"] for message in line.messages if "now" in message]
        told[seat.audience] = now[-1]["tally"]
    assert told == {HANH.audience: {}, MODERATOR.audience: {"1": 8}}
    await room.handle(do.ShowSupports(on=True), MODERATOR)
    assert room.signals.current(HANH.audience)["tally"] == {"1": 8}
