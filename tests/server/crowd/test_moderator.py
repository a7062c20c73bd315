"""The crowd's moderator, fed with the real page's changes, knows the lists of the dialogue and does what fits them."""

import asyncio
from random import Random

import pytest

from live import commands as do
from live.refusals import Refused
from live.seats import Audience
from live.states import Outcome
from server import clock
from server.crowd.doors import Target
from server.crowd.moderator import Moderator
from server.crowd.outbox import Op
from server.crowd.stand import Stand
from server.doors import wire
from server.rooms.room import Room
from server.rooms.turn import Accepted
from tests.cast import HANH, MODERATOR, TUAN
from tests.server.rooms.listening_line import KeptLine, listen, texts, told

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


class Desk(Moderator):
    """Keeps what it would send."""

    def __init__(self, seed: int) -> None:
        stand = Stand(Target("http://127.0.0.1:1"), "T", "kt1", asyncio.get_running_loop(), Random(seed))
        super().__init__(stand, "", 0)
        self.chosen: list[Op] = []

    def send(self, op: Op) -> None:
        super().send(op)
        self.chosen.append(op)

    def read(self, line: KeptLine) -> None:
        for frame in line.frames:
            for text in texts(frame):
                self.heard(text.encode())
        line.frames.clear()


def something(dice: Random) -> tuple[do.Command, bool]:
    """A command of others, and whether it is a phone's."""
    number = dice.randint(1, 12)
    commands = (
        do.Approve(number), do.Approve(number, queue=False), do.PutOnDeck(number), do.TakeOffDeck(number, "Xin đợi"),
        do.StartReview(number), do.Merge(number, dice.randint(1, 12)), do.Unmerge(number), do.SetAside(number),
        do.ReturnToQueue(number, reason="Nhầm"), do.GiveOutcome(number, Outcome.ANSWERED), do.Reopen(number, "Đọc lại"),
    )  # fmt: skip
    asked = do.Ask(f"Bao giờ sửa cầu? (kt1-{dice.randint(1, 10**6)})")
    return dice.choice([(asked, True), (asked, True), (do.Withdraw(number), True), (dice.choice(commands), False)])


@pytest.mark.parametrize("seed", range(4))
async def test_its_lists_are_those_of_the_dialogue(room: Room, seed: int) -> None:
    dice, desk = Random(seed), Desk(seed)
    listener, line = listen(MODERATOR)
    room.fanout.join(listener, None, "", clock.now())
    chosen = 0
    for _ in range(120):
        command, phone = something(dice)
        await room.handle(command, dice.choice([HANH, TUAN]) if phone else MODERATOR)
        await told()
        desk.read(line)
        if dice.random() < 0.4 and desk.act(0.0):
            op = desk.chosen[-1]
            wished = wire.command(op.do, op.fields)
            assert not isinstance(wished, Refused), op.fields
            answer = await room.handle(wished, MODERATOR)
            assert isinstance(answer, Accepted) or op.do in {"place", "call_next"}, (op.do, answer)
            chosen += 1
            await told()
            desk.read(line)
        shown = {
            item.key: region.name
            for region in room.view(Audience.MODERATOR)
            for item in region.items
            if item.key.startswith("q-")
        }
        assert {key: card.region for key, card in desk.cards.items()} == shown
        states = {key: room.dialogue.questions[card.number].state.value for key, card in desk.cards.items()}
        assert {key: card.state for key, card in desk.cards.items()} == states
        assert desk.on_stage == (room.dialogue.turn.question if room.dialogue.turn else None)
    assert chosen > 10, "a desk at which something is done"
    assert desk.place.holes == 0
