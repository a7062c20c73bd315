"""The law of the house on real HTML: page at n + patches since n = page now, for every audience and language."""

import random
from functools import partial
from itertools import product
from typing import Any

import msgspec
import pytest

from live import commands as do
from live.refusals import Refused
from live.seats import Audience, Seat
from live.states import Outcome, Part, RefusalReason, Role
from server import clock
from server.rooms.fanout import PAGES_A_SEAT
from server.rooms.frames import text_frame
from server.rooms.listeners import CLOSED_ABOVE, PATCHES_STOP, SIGNALS_STOP, TOO_MANY, TOO_SLOW
from server.rooms.room import Room
from tests.cast import BY_JUNE, CHAIR, CLERK, HANH, MACHINE, MODERATOR, SECRETARY, STAGE, TUAN
from tests.server.rooms.listening_line import KeptLine, listen, texts, told
from tests.server.rooms.page import Page
from tests.waiting import until_async

pytestmark = pytest.mark.anyio

WATCHERS = [Seat("seat-looking", audience) for audience in Audience if audience is not Audience.MACHINE]


def a_command(dice: random.Random) -> tuple[Seat, do.Command]:
    """Something that somebody might do next, sensible or not."""
    number = dice.randint(1, 8)
    return dice.choice(
        [
            (dice.choice([HANH, TUAN]), do.Ask(f"Câu hỏi <b>{dice.random()}</b>")),
            (CLERK, do.Ask(f"Phiếu {dice.random()}", name="Bà Nguyễn Thị Sáu", locality="xã Ea Mô")),
            (MODERATOR, do.Approve(number)),
            (MODERATOR, do.Approve(number)),
            (MODERATOR, do.Approve(number, queue=False)),
            (MODERATOR, do.Place(number, dice.choice([None, *range(1, 9)]))),
            (MODERATOR, do.StartReview(number)),
            (MODERATOR, do.PutOnDeck(number)),
            (MODERATOR, do.TakeOffDeck(number, "xin đợi")),
            (MODERATOR, do.CallNext(None)),
            (MODERATOR, do.GiveOutcome(number, Outcome.ANSWERED, reason="sửa")),
            (MODERATOR, do.GiveOutcome(number, Outcome.WRITTEN_DUE, "Sở Y tế", BY_JUNE, reason="sửa")),
            (MODERATOR, do.ReturnToQueue(number, reason="ghi nhầm")),
            (MODERATOR, do.Merge(number, dice.randint(1, 8))),
            (MODERATOR, do.Unmerge(number)),
            (MODERATOR, do.Refuse(number, RefusalReason.OFF_TOPIC, "Ngoài chủ đề.")),
            (MODERATOR, do.Reopen(number)),
            (MODERATOR, do.StartClock(dice.choice([*Part]))),
            (MODERATOR, do.StopClock()),
            (HANH, do.Withdraw(number)),
            (SECRETARY, do.WriteLine(f"Lời {dice.random()}", Role.CHAIR)),
            (SECRETARY, do.StartRecording("hall")),
            (MACHINE, do.Hear("hall", 1, number, number * 100, number * 100 + 90, "xin chào", "Xin chào.")),
            (SECRETARY, do.NoteCommitment("Sửa cầu", "Sở Xây dựng", BY_JUNE)),
            (dice.choice([SECRETARY, CHAIR]), do.HideCaptions()),
            (CHAIR, do.ShowCaptions()),
        ]
    )


@pytest.mark.parametrize("seed", range(6))
async def test_page_plus_patches_is_page_now(room: Room, seed: int) -> None:
    dice = random.Random(seed)
    watching = [(*listen(seat, language), Page()) for seat, language in product(WATCHERS, ("vi", "en"))]
    for listener, _, _ in watching:
        room.fanout.join(listener, None, "", clock.now())
    done = 0
    for _ in range(150):
        seat, command = a_command(dice)
        done += not isinstance(await room.handle(command, seat), Refused)
    await told()
    assert done > 40, "the evening must be one in which things happen"
    for listener, line, page in watching:
        now = Page()
        for message in line.messages:
            page.take(message)
        _, whole = listen(listener.seat, listener.language)
        whole.push(room.fanout.whole(listener.audience, listener.language))
        now.take(whole.messages[0])
        page_regions = {name: markup for name, markup in page.markup.items() if name != "mine"}
        assert page_regions == now.markup, (listener.audience, listener.language)


@pytest.mark.parametrize("seed", range(3))
async def test_whoever_comes_back_gets_what_was_missed_or_everything(room: Room, seed: int) -> None:
    dice = random.Random(seed)
    listener, line = listen(MODERATOR)
    room.fanout.join(listener, None, "", clock.now())
    page = Page()
    for _ in range(8):
        for message in line.messages:
            page.take(message)
        line.frames.clear()
        room.fanout.leave(listener)
        for _ in range(dice.randint(0, 15)):
            seat, command = a_command(dice)
            await room.handle(command, seat)
        since = page.n if dice.random() < 0.8 else None
        room.fanout.join(listener, since, room.epoch, clock.now())
    for message in line.messages:
        page.take(message)
    now = Page()
    _, whole = listen(MODERATOR)
    whole.push(room.fanout.whole(Audience.MODERATOR, "vi"))
    now.take(whole.messages[0])
    assert {name: html for name, html in page.markup.items() if name != "mine"} == now.markup


@pytest.mark.parametrize("since, epoch", [(None, ""), (0, "another life"), (10**9, None), (0, None)])
async def test_a_position_that_is_not_ours_gets_the_whole_page(
    room: Room, since: int | None, epoch: str | None
) -> None:
    listener, line = listen(MODERATOR)
    room.fanout.join(listener, since, room.epoch if epoch is None else epoch, clock.now())
    first = line.messages[0]
    assert {patch[0] for patch in first["patches"]} == {"fill"}
    assert "after" not in first
    assert line.messages[-1]["caught_up"] == room.n


async def test_an_unapproved_question_reaches_its_asker_and_staff_only(room: Room) -> None:
    lines: dict[str, KeptLine] = {}
    for name, seat in {"hanh": HANH, "tuan": TUAN, "stage": STAGE, "moderator": MODERATOR}.items():
        listener, lines[name] = listen(seat)
        room.fanout.join(listener, None, "", clock.now())
    await room.handle(do.Ask("Chuyện riêng của tôi"), HANH)
    await told()
    saw = {name for name, line in lines.items() if "Chuyện riêng của tôi".encode() in b"".join(line.frames)}
    assert saw == {"hanh", "moderator"}
    await room.handle(do.Approve(1), MODERATOR)
    await told()
    saw = {name for name, line in lines.items() if "Chuyện riêng của tôi".encode() in b"".join(line.frames)}
    assert saw == {"hanh", "tuan", "stage", "moderator"}
    for name in ("tuan", "stage"):
        assert HANH.id.encode() not in b"".join(lines[name].frames)


async def test_markup_in_texts_stays_text(room: Room) -> None:
    listener, line = listen(MODERATOR)
    room.fanout.join(listener, None, "", clock.now())
    await room.handle(do.Ask("<script>alert(1)</script>", name="<img src=x>", locality="'\"><b>"), CLERK)
    await told()
    frames = str(line.messages)
    assert "&lt;script&gt;" in frames
    assert "<script" not in frames
    assert "<img" not in frames


async def test_a_stalled_phone_is_left_behind_then_brought_up_to_date_when_it_has_drained(room: Room) -> None:
    listener, line = listen(TUAN, stalled=True)
    room.fanout.join(listener, None, "", clock.now())
    while line.buffered() <= PATCHES_STOP:
        line.push(text_frame(b"{}" + b" " * 1_000))
    sent = len(line.frames)
    await room.handle(do.WriteLine("Xin chào"), SECRETARY)
    await told()
    assert len(line.frames) == sent
    line.drain()
    room.fanout.bring(listener)
    (missed,) = [message for message in line.messages[sent:] if "n" in message]
    assert (missed["n"], "Xin chào" in str(missed)) == (room.n, True)
    room.fanout.bring(listener)
    assert len([message for message in line.messages[sent:] if "n" in message]) == 1, "never twice"


async def test_a_phone_that_never_reads_is_cut_and_forgotten(room: Room) -> None:
    listener, line = listen(TUAN, stalled=True)
    room.fanout.join(listener, None, "", clock.now())
    line.push(b"x" * (CLOSED_ABOVE + 1))
    await room.handle(do.WriteLine("Xin chào"), SECRETARY)
    await told()
    assert (line.code, room.fanout.count(Audience.PHONE), room.fanout.counted.cut) == (TOO_SLOW, 0, 1)


async def test_a_page_larger_than_a_slow_line_may_owe_does_not_cut_it(room: Room) -> None:
    for number in range(150):
        await room.handle(do.Ask(f"Câu {number}"), CLERK)
    listener, line = listen(MODERATOR, stalled=True)
    room.fanout.join(listener, None, "", clock.now())
    assert line.unsent > CLOSED_ABOVE
    await room.handle(do.Approve(1), MODERATOR)
    assert not line.dead
    line.drain()
    room.fanout.bring(listener)
    assert [message["n"] for message in line.messages if "n" in message][-1] == room.n


async def test_signals_go_to_those_who_may_read_them(room: Room) -> None:
    lines = {}
    for seat in (TUAN, SECRETARY, STAGE):
        listener, lines[seat.audience] = listen(seat)
        room.fanout.join(listener, None, "", clock.now())
    await room.handle(do.HideCaptions(), SECRETARY)
    room.signals.words("hall", "chuyện kín")
    await until_async(lambda: "chuyện kín" in str(lines[Audience.SECRETARY].messages), "the desk to read it")
    assert "chuyện kín" not in str(lines[Audience.PHONE].messages + lines[Audience.STAGE].messages)


async def test_a_slow_phone_is_spared_signals_before_patches_and_told_the_newest_when_it_has_drained(
    room: Room,
) -> None:
    quick, slow = listen(TUAN), listen(TUAN, stalled=True)
    for listener, _ in (quick, slow):
        room.fanout.join(listener, None, "", clock.now())
    slow[1].push(b"\x81\x00" * (SIGNALS_STOP // 2))
    sent = len(slow[1].frames)
    for text in ("xin", "xin chào"):
        room.signals.words("hall", text)
        room.signals.tell()
        await until_async(partial(heard, quick[1], text), "the quick phone to hear it")
    assert len(slow[1].frames) == sent
    await room.handle(do.WriteLine("Một dòng"), SECRETARY)
    await told()
    assert "Một dòng" in str(texts_after(slow[1], sent))
    assert "xin chào" not in str(texts_after(slow[1], sent))
    slow[1].drain()
    room.fanout.bring(slow[0])
    assert [message["now"]["caption"]["text"] for message in texts_after(slow[1], sent + 1)] == ["xin chào"]


def heard(line: KeptLine, text: str) -> bool:
    return text in str(line.messages)


def texts_after(line: KeptLine, frames: int) -> list[dict[str, Any]]:
    return [msgspec.json.decode(text) for frame in line.frames[frames:] for text in texts(frame)]


async def test_a_seat_has_a_few_pages_at_most_and_they_count_again_when_closed(room: Room) -> None:
    opened = [listen(HANH) for _ in range(PAGES_A_SEAT + 2)]
    room.fanout.join(listen(TUAN)[0], None, "", clock.now())
    for listener, _ in opened[:-2]:
        room.fanout.make_room(HANH)
        room.fanout.join(listener, None, "", clock.now())
    room.fanout.leave(opened[1][0])
    room.fanout.leave(opened[1][0])
    room.fanout.make_room(HANH)
    room.fanout.join(opened[-2][0], None, "", clock.now())
    assert [line.code for _, line in opened] == [None] * len(opened)
    room.fanout.make_room(HANH)
    room.fanout.join(opened[-1][0], None, "", clock.now())
    assert [line.code for _, line in opened] == [TOO_MANY] + [None] * (len(opened) - 1), "the oldest makes room"
    assert room.fanout.count(HANH.audience) == PAGES_A_SEAT + 1
