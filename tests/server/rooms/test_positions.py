"""Laws of delivery, while listeners join, leave, stall, drain and come back and changes go out in slices.

Each listener ends on the page of its audience and language, without a hole and without anything twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import commands as do
from live.entries import QuestionApproved
from live.seats import Audience, Seat
from live.states import RefusalReason
from server import clock
from server.rooms import rounds
from server.rooms.fanout import Fanout
from server.rooms.listeners import Listener
from server.rooms.render import Render
from server.rooms.rounds import Rounds
from tests.cast import AGENCY, CHAIR, CLERK, HANH, MODERATOR, OPENED, SECRETARY, STAGE, STRANGER, TUAN, Evening, play
from tests.server.rooms.listening_line import KeptLine, texts
from tests.server.rooms.page import Page
from tests.server.rooms.watching import Onlooker

WATCHERS = (
    (HANH, "vi"), (TUAN, "vi"), (STRANGER, "vi"), (STRANGER, "vi"), (STRANGER, "en"), (STAGE, "vi"), (MODERATOR, "vi"),
    (MODERATOR, "vi"), (CHAIR, "vi"), (CLERK, "en"), (AGENCY, "vi"),
)  # fmt: skip


@dataclass
class Watching(Onlooker):
    """It has read what the network brought, and keeps its position when the line is gone."""

    read: int = 0
    heard: dict[str, object] = field(default_factory=dict)
    came: list[bytes] = field(default_factory=list)

    def look(self) -> None:
        """Read what came. A stalled line brings nothing; what was under way when it broke is lost."""
        if self.line.stalled:
            return
        for frames in self.line.frames[self.read :]:
            self.came.append(frames)
            for text in texts(frames):
                message = msgspec.json.decode(text)
                self.page.take(message)
                self.epoch = message.get("epoch", self.epoch)
                self.heard |= message.get("now", {})
        self.read = len(self.line.frames)


class Hall:
    """A fan-out whose turns of the loop are taken one by one, and pages of all kinds."""

    def __init__(self, render: Render) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.evening: Evening = play(*OPENED)
        self.fanout = Fanout("TEST01", "epoch", render, self.evening.dialogue, Rounds(self.waiting.append))
        self.pages = [Watching(seat, language) for seat, language in WATCHERS]
        self.asked = self.said = self.framed = 0
        for who in self.pages:
            self.join(who, None)

    def turn(self) -> None:
        if self.waiting:
            self.waiting.pop(0)()

    def send(self, command: do.Command, by: Seat) -> None:
        self.evening.send(command, by)
        before = {group: group.ring.last for group in self.fanout._groups.values()}
        self.fanout.publish(self.evening.dialogue)
        self.framed += sum(group.ring.last != last for group, last in before.items())

    def something(self, kind: int, number: int) -> None:
        self.asked += kind in (0, 1)
        commands: list[tuple[do.Command, Seat]] = [
            (do.Ask(f"Chuyện riêng {self.asked}."), HANH),
            (do.Ask(f"Chuyện riêng {self.asked}.", name="Ông Ba"), CLERK),
            (do.Approve(number), MODERATOR),
            (do.Refuse(number, RefusalReason.OFF_TOPIC, "Ngoài chủ đề."), MODERATOR),
            (do.CallNext(None), MODERATOR),
            (do.Edit(number, f"Bản sửa {self.asked}.", 1, redacted=True), MODERATOR),
            (do.WriteLine("Một câu nói " + "dài " * 60), SECRETARY),
        ]
        self.send(*commands[kind % len(commands)])

    def signal(self) -> None:
        self.said += 1
        self.fanout.signal(Audience.PHONE, {"tally": self.said})

    def join(self, who: Watching, since: int | None) -> None:
        if who.listener is not None:
            self.leave(who)
        who.line, who.read = KeptLine(), 0
        who.listener = Listener(who.line, who.seat, who.language)
        if since is not None:
            who.page.n = since
        self.fanout.join(who.listener, who.page.n if who.epoch else None, who.epoch, clock.now())

    def leave(self, who: Watching) -> None:
        if who.listener is not None:
            self.fanout.leave(who.listener)
        who.listener = None

    def drain(self, who: Watching) -> None:
        who.line.drain()
        who.look()
        if who.listener is not None:
            self.fanout.bring(who.listener)

    def step(self, kind: str, which: int, number: int) -> None:
        who = self.pages[which % len(self.pages)]
        match kind:
            case "send":
                self.something(which, number)
            case "signal":
                self.signal()
            case "join" if not who.line.stalled or who.listener is None:
                self.join(who, None)
            case "leave":
                self.leave(who)
            case "stall" if who.listener is not None:
                who.line.stalled = True
            case "drain":
                self.drain(who)
            case "flood" if who.listener is not None:
                who.line.stalled = True
                who.line.unsent += number * 10_000
            case "turn":
                self.turn()
        for page in self.pages:
            page.look()

    def settle(self) -> None:
        """The network heals, everybody comes back, all turns are taken. Who was never slow is helped by nobody."""
        for who in self.pages:
            if who.line.dead or who.listener is None:
                self.join(who, None)
            elif who.line.stalled:
                self.drain(who)
        while self.waiting:
            self.turn()
        for who in self.pages:
            who.look()


Steps = list[tuple[str, int, int]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["send", "send", "signal", "join", "leave", "stall", "drain", "flood", "turn", "turn", "turn"]),
        st.integers(0, 55), st.integers(1, 8),
    ),
    max_size=80,
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def small_slices() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(rounds, "SLICE", 2)
    yield
    patch.undo()


@settings(max_examples=settings().max_examples * 3 // 2, deadline=None)
@given(STEPS)
def test_every_listener_ends_on_its_page_with_no_hole_and_nothing_twice(render: Render, steps: Steps) -> None:
    hall = Hall(render)
    for step in steps:
        hall.step(*step)
    hall.settle()
    for who in hall.pages:
        now = Page()
        for text in texts(hall.fanout.whole(who.seat.audience, who.language)):
            now.take(msgspec.json.decode(text))
        shown = {name: markup for name, markup in who.page.markup.items() if name != "mine"}
        assert shown == now.markup, (who.seat, who.language)
        if who.seat.audience is Audience.PHONE and hall.said:
            assert who.heard == {"tally": hall.said}


@settings(max_examples=settings().max_examples * 3 // 5, deadline=None)
@given(STEPS)
def test_each_change_is_framed_once_for_each_audience_and_language(render: Render, steps: Steps) -> None:
    hall = Hall(render)
    for step in steps:
        hall.step(*step)
    hall.settle()
    wholes = sum(group.drawn_whole for group in hall.fanout._groups.values())
    assert hall.fanout.counted.framed == hall.framed + hall.said + wholes


@settings(max_examples=settings().max_examples * 3 // 5, deadline=None)
@given(STEPS)
def test_what_nobody_approved_is_in_no_frame_of_another_phone_or_the_stage(render: Render, steps: Steps) -> None:
    hall = Hall(render)
    for step in steps:
        hall.step(*step)
    hall.settle()
    approved = {e.fact.question for e in hall.evening.entries if isinstance(e.fact, QuestionApproved)}
    private = [str(q.text).encode() for q in hall.evening.dialogue.questions.values() if q.number not in approved]
    for who in hall.pages:
        if who.seat in (TUAN, STRANGER, STAGE):
            assert not any(text in b"".join(who.came) for text in private)


@pytest.mark.parametrize("since", [-1, 0, 2, 3, 4, 10**9])
@pytest.mark.parametrize("epoch", ["epoch", "another", ""])
def test_any_claimed_position_ends_on_the_page_now(render: Render, since: int, epoch: str) -> None:
    hall = Hall(render)
    for kind in (0, 2, 1, 6):
        hall.something(kind, 1)
    back = Watching(MODERATOR, "vi", epoch=epoch)
    back.listener = Listener(back.line, back.seat, back.language)
    hall.fanout.join(back.listener, since, epoch, clock.now())
    message = msgspec.json.decode(next(texts(back.line.frames[0])))
    assert ("after" in message) is (epoch == "epoch" and since in (3, 4)), "replayed only from a moment we know"
