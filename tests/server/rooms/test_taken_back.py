"""What was taken back is told to nobody who comes back, however early a page they say they have."""

from collections.abc import Callable
from typing import Any

import pytest

from live import commands as do
from live.commands import Command
from live.seats import Audience, Seat
from server import clock
from server.rooms.room import Room
from server.rooms.turn import Accepted
from tests.cast import CHAIR, HANH, MACHINE, MODERATOR, SECRETARY, STAGE, TUAN
from tests.server.rooms.listening_line import listen, told
from tests.waiting import until_async

pytestmark = pytest.mark.anyio

SAID = "Số của tôi là 0905 000 111"
HEARD = do.Hear("hall", 1, 1, 0, 90, SAID, SAID)
ASKED = ((HANH, do.Ask(SAID)), (MODERATOR, do.Approve(1)))
SPOKEN = ((SECRETARY, do.StartRecording("hall")), (MACHINE, HEARD))
Deed = tuple[Seat, Command]


def last_line(room: Room) -> int:
    return max(room.dialogue.lines)


TAKEN_BACK: dict[str, tuple[tuple[Deed, ...], Callable[[Room], Deed]]] = {
    "edited": (ASKED, lambda _: (MODERATOR, do.Edit(1, "Số của tôi là …", 1, redacted=True))),
    "withdrawn": (ASKED, lambda _: (HANH, do.Withdraw(1))),
    "read again": ((*ASKED, (MODERATOR, do.SetAside(1))), lambda _: (MODERATOR, do.Reopen(1, "có số điện thoại"))),
    "edited on stage": (
        (*ASKED, (MODERATOR, do.CallNext(None))),
        lambda _: (MODERATOR, do.Edit(1, "Số của tôi là …", 1, redacted=True)),
    ),
    "struck": (SPOKEN, lambda room: (SECRETARY, do.StrikeLine(last_line(room), 1))),
    "corrected": (SPOKEN, lambda room: (SECRETARY, do.EditLine(last_line(room), "Số của tôi là …", 1))),
    "captions stopped": (SPOKEN, lambda _: (CHAIR, do.HideCaptions())),
}


@pytest.mark.parametrize("way", TAKEN_BACK)
async def test_words_taken_back_are_in_no_replay(room: Room, way: str) -> None:
    began = room.n
    watching = [listen(seat)[0] for seat in (TUAN, STAGE)]
    for listener in watching:
        room.fanout.join(listener, None, "", clock.now())
    deeds, back = TAKEN_BACK[way]
    for seat, command in deeds:
        assert isinstance(await room.handle(command, seat), Accepted), command
    assert SAID in replayed(room, TUAN, began), "it was shown, or this tells nothing"
    seat, command = back(room)
    assert isinstance(await room.handle(command, seat), Accepted), command
    for _ in range(3):
        for watcher in (TUAN, STAGE):
            for since in range(began, room.n + 1):
                assert SAID not in replayed(room, watcher, since), (watcher.audience, since)
        await room.handle(do.WriteLine("Chuyện khác"), SECRETARY)


async def test_ordinary_news_is_still_replayed(room: Room) -> None:
    room.fanout.join(listen(TUAN)[0], None, "", clock.now())
    for seat, command in (*ASKED, (HANH, do.Ask("Câu khác"))):
        await room.handle(command, seat)
    since = room.n
    news: tuple[Command, ...] = (do.Approve(2), do.Edit(1, "Số của tôi là …", 1, redacted=True), do.CallNext(None))
    for one in news:
        assert isinstance(await room.handle(one, MODERATOR), Accepted), one
    missed = replayed(room, TUAN, since)
    assert "fill" not in missed
    assert "Câu khác" in missed


def replayed(room: Room, seat: Seat, since: int) -> str:
    """What somebody gets who comes back with a page of `since`."""
    listener, line = listen(seat)
    room.fanout.join(listener, since, room.epoch, clock.now())
    room.fanout.leave(listener)
    return str([message for message in line.messages if "n" in message])


async def test_words_half_said_when_captions_stop_are_taken_back_and_stay_private_to_their_end(room: Room) -> None:
    listener, line = listen(TUAN)
    room.fanout.join(listener, None, "", clock.now())
    room.signals.words("hall", "số của")
    await room.handle(do.HideCaptions(), CHAIR)
    await told()
    assert said(room, line.messages) == ""
    await room.handle(do.ShowCaptions(), CHAIR)
    room.signals.words("hall", "số của tôi là")
    await told()
    assert said(room, line.messages) == ""
    room.signals.words("hall", "")
    room.signals.words("hall", "xin cảm ơn")
    await until_async(lambda: "xin cảm ơn" in str(line.messages), "the next words")
    assert said(room, line.messages) == "xin cảm ơn"


def said(room: Room, messages: list[dict[str, Any]]) -> str:
    """The caption that a phone shows, which is also what somebody finds who joins now."""
    (newest,) = [message["now"]["caption"]["text"] for message in messages if "caption" in message.get("now", {})][-1:]
    assert room.signals.current(Audience.PHONE)["caption"]["text"] == newest
    return str(newest)
