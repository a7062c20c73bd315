"""What `capture` keeps, and where it puts it after a cut: whatever happens, every sample is there once and in order."""

import random
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.cli import outgoing as outgoing_module
from server.cli.moments import Moments
from server.cli.outgoing import FRAME, PRINT, Outgoing

BLOCK = 2 * PRINT
SOUND = random.Random(1).randbytes(40 * BLOCK)


class Kept:
    """The server's recording, as Recording keeps it; `others`: which bytes are not from `capture`."""

    def __init__(self) -> None:
        self.pcm = bytearray()
        self.others = bytearray()

    @property
    def have(self) -> int:
        return len(self.pcm) // 2

    def take(self, position: int, pcm: bytes) -> None:
        gap = max(0, position * 2 - len(self.pcm))
        new = bytes(gap) + pcm[max(0, len(self.pcm) - position * 2) :]
        self.pcm += new
        self.others += b"\1" * gap + b"\0" * (len(new) - gap)

    def take_of_another(self, pcm: bytes) -> None:
        self.pcm += pcm
        self.others += b"\1" * len(pcm)

    def prints(self, first: int | None) -> list[int]:
        """As server/doors/microphone.py tells them."""
        told = self.pcm[first * 2 :] if first is not None and 0 <= first < self.have else b""
        return [zlib.crc32(told[at : at + BLOCK]) for at in range(0, len(told), BLOCK)]

    @property
    def ours(self) -> bytes:
        return bytes(byte for byte, other in zip(self.pcm, self.others, strict=True) if not other)


class Sender:
    """`capture` as it speaks over lines that are cut: what was sent is at the server, its answer may not have come."""

    def __init__(self) -> None:
        self.kept, self.outgoing, self.at = Kept(), Outgoing(), 0
        self.open = False

    def come(self) -> None:
        first = self.outgoing.start()["first"]
        self.outgoing.meet(self.kept.have, self.kept.prints(first))
        self.at, self.open = 0, True

    def send(self) -> None:
        if not self.open:
            self.come()
        if (piece := self.outgoing.after(self.at)) is not None:
            self.kept.take((self.outgoing.base or 0) + piece[0], piece[1])
            self.at = piece[0] + len(piece[1]) // 2

    def answer(self) -> None:
        if self.open:
            self.outgoing.have(self.kept.have)

    def cut(self, other: bytes) -> None:
        self.open = False
        self.kept.take_of_another(other)


def evenings(end: str) -> st.SearchStrategy[list[tuple[str, int]]]:
    """What happens between a microphone and the server, each with its size; `end` is how it may end."""
    act = st.one_of(
        st.tuples(st.just("hear"), st.integers(1, 3 * BLOCK // 2)),
        st.tuples(st.just("skip"), st.integers(1, 9_000)),
        st.tuples(st.sampled_from(["send", "send", "answer", end]), st.just(0)),
        st.tuples(st.just("cut"), st.sampled_from([0, 0, 10, PRINT, 7_000])),
    )
    return st.lists(act, max_size=40)


@given(evenings("finish"))
def test_through_cuts_and_other_peoples_recordings_every_sample_is_there_once_and_in_order(
    acts: list[tuple[str, int]],
) -> None:
    sender, dice, heard = Sender(), random.Random(2), bytearray()
    for act, size in acts:
        if sender.outgoing.ended:
            break
        if act in {"hear", "skip"}:
            pcm = dice.randbytes(2 * (size if act == "hear" else 5))
            sender.outgoing.put(pcm, skipped=size if act == "skip" else 0)
            heard += (bytes(-len(heard) % BLOCK) if act == "skip" else b"") + pcm
        elif act == "cut":
            sender.cut(dice.randbytes(2 * size))
        else:
            {"send": sender.send, "answer": sender.answer, "finish": sender.outgoing.finish}[act]()
    sender.outgoing.finish()
    sender.come()
    while sender.outgoing.pieces:
        sender.send()
        sender.answer()
    assert sender.kept.ours == bytes(heard) + bytes(-len(heard) % BLOCK)


def test_without_comparing_what_stands_there_this_very_law_finds_the_loss() -> None:
    sender = Sender()
    sender.outgoing.put(SOUND[:FRAME])
    sender.send()
    sender.answer()
    sender.cut(random.Random(3).randbytes(4 * BLOCK))
    sender.outgoing.put(SOUND[FRAME : FRAME + 4 * BLOCK])
    sender.outgoing.have(sender.kept.have)  # what the other one recorded, taken for an acknowledgement
    sender.outgoing.finish()
    sender.come()
    sender.send()
    assert sender.kept.ours != SOUND[: FRAME + 4 * BLOCK]


def test_a_server_that_stays_away_costs_the_oldest_sound_alone_and_it_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outgoing_module, "KEPT", 60 * FRAME // 2)
    outgoing = Outgoing()
    for _ in range(65):
        outgoing.put(bytes(FRAME))
    assert len(outgoing.left()) == 60 * FRAME
    assert outgoing.first == outgoing.dropped == 5 * FRAME // 2


def test_a_mark_names_the_newest_sample_and_is_told_now_and_then_by_the_clock_of_the_server() -> None:
    moments = Moments()
    assert moments.mark(0, 0.0) is None  # the server's clock is not known yet
    moments.answered(0, 1_000_000)
    first = moments.mark(500, time.monotonic() - 2.0)
    assert first is not None
    assert first["caught"][0] == 500
    assert abs(first["caught"][1] - 998_000) < 1_000
    assert moments.mark(501, time.monotonic()) is None
    moments.restart()
    again = moments.mark(502, time.monotonic())
    assert again is not None
    assert abs(again["caught"][1] - 1_000_000) < 1_000


def test_of_many_answers_the_quickest_tells_the_clock() -> None:
    moments = Moments()
    moments.answered(0, 5_000_000)
    moments.sent(100)
    moments.answered(100, 7_000_000)
    moments.sent(200)
    moments._asked[0] = (200, time.monotonic() - 30.0)  # an answer that took half a minute
    moments.answered(200, 9_000_000)
    mark = moments.mark(1, time.monotonic())
    assert mark is not None
    assert abs(mark["caught"][1] - 7_000_000) < 1_000
