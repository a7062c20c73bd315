"""Honest frames with bytes changed, lost, doubled and put in, cut anywhere: what a whole line makes of them.

The judge is the `websockets` package, fed byte by byte; on top of it come the rules of the house, which are stricter:
no binary, few parts, texts that are texts, no long notation for a control. Wherever the package fails the line ours
must fail too, wherever it does not ours must not, and until then both must have heard and answered the same.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, OPEN, SERVER, Protocol

from server.doors.fast_lane import MALFORMED, FastLane
from server.doors.incoming import FRAGMENTS, LARGEST, NOT_TEXT, PROTOCOL, TOO_BIG
from server.doors.wheel import Wheel

FAULTS = {PROTOCOL, NOT_TEXT, TOO_BIG}


class Wire(asyncio.Transport):
    """Keeps what a line writes."""

    def __init__(self) -> None:
        super().__init__()
        self.written, self.closing, self.ended = b"", False, False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert (self.closing, self.ended) == (False, False), "written after the end"
        self.written += data

    def write_eof(self) -> None:
        assert not self.closing
        self.ended = True

    def close(self) -> None:
        self.closing = True

    def is_closing(self) -> bool:
        return self.closing

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass


@dataclass
class Heard:
    """The texts that a line took, the pings that it answered, and the code with which it was closed."""

    texts: list[str] = field(default_factory=list)
    pings: list[bytes] = field(default_factory=list)
    code: int | None = None

    def heard(self, text: str) -> None:
        self.texts.append(text)

    def drained(self) -> None: ...
    def stalled(self) -> None: ...
    def gone(self) -> None: ...
    def whose(self) -> dict[str, str]:
        return {}


async def ours(pieces: Sequence[bytes]) -> Heard:
    """A whole line, and what it wrote as a browser would read it."""
    wire, found = Wire(), Heard()
    line = FastLane(wire, b"", Wheel(), set())
    line.belongs_to(found)
    for piece in pieces:
        if not wire.closing:
            line.data_received(piece)
    line.connection_lost(None)
    browser = Protocol(CLIENT, state=OPEN)
    browser.receive_data(wire.written)
    assert browser.parser_exc is None, "we wrote what is no WebSocket"
    frames = [one for one in browser.events_received() if isinstance(one, Frame)]
    found.pings = [bytes(one.data) for one in frames if one.opcode is Opcode.PONG]
    found.code = browser.close_rcvd.code if browser.close_rcvd else None
    return found


@dataclass
class Judge:
    """The package and the rules of the house."""

    sent: bytes
    said: Heard = field(default_factory=Heard)
    begun: int = 0
    parts: list[bytes] = field(default_factory=list)
    kind: Opcode = Opcode.TEXT

    def __post_init__(self) -> None:
        self.peer = Protocol(SERVER, state=OPEN, max_size=LARGEST)
        for place in range(len(self.sent)):
            self.peer.receive_data(self.sent[place : place + 1])
            self.said.code = self._failed() or self._frames(place)
            if self.said.code is not None:
                return

    def _failed(self) -> int | None:
        if self.peer.parser_exc is None:
            return None
        if self.peer.close_rcvd is not None:  # between two parts, which the package forbids and RFC 6455 (5.4) does not
            return self.peer.close_rcvd.code
        assert self.peer.close_sent is not None
        return self.peer.close_sent.code

    def _frames(self, place: int) -> int | None:
        for frame in self.peer.events_received():
            assert isinstance(frame, Frame)
            if self.in_long_notation():
                return PROTOCOL
            self.begun = place + 1
            if frame.opcode is Opcode.CLOSE:
                assert self.peer.close_rcvd is not None
                return self.peer.close_rcvd.code
            if frame.opcode is Opcode.PING:
                self.said.pings.append(bytes(frame.data))
            elif frame.opcode is not Opcode.PONG:
                return self._part(frame)
        return None

    def _part(self, frame: Frame) -> int | None:
        if frame.opcode is not Opcode.CONT:
            self.kind, self.parts = frame.opcode, []
        self.parts.append(bytes(frame.data))
        if len(self.parts) > FRAGMENTS:
            return TOO_BIG
        if not frame.fin:
            return None
        if self.kind is Opcode.BINARY:
            return MALFORMED
        try:
            self.said.texts.append(b"".join(self.parts).decode())
        except UnicodeDecodeError:
            return NOT_TEXT
        return None

    def in_long_notation(self) -> bool:
        """The frame that has begun is a control whose size is not in its second byte."""
        head = self.sent[self.begun : self.begun + 2]
        return len(head) == 2 and bool(head[0] & 0x08) and head[1] & 0x7F > 125

    def would_fail(self) -> bool:
        """The frame that has begun is one to be refused already: ours does not wait for the rest of it."""
        if self.in_long_notation():
            return True
        self.peer.receive_data(bytes(LARGEST))
        return not self.peer.events_received() and self.peer.parser_exc is not None


def frame(first: int, payload: bytes, mask: bytes) -> bytes:
    size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2)
    return bytes([first]) + size + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    """One honest message: a text, also in parts with a ping between, a ping, a pong, sound, a goodbye."""
    mask = draw(st.binary(min_size=4, max_size=4))
    text = draw(st.one_of(st.text(max_size=40), st.sampled_from(["x" * 125, "x" * 126, "ế" * 100]))).encode()
    match draw(st.sampled_from(["text", "text", "parts", "parts", "ping", "pong", "binary", "close"])):
        case "text":
            return frame(0x81, text, mask)
        case "parts":
            cut, ping = draw(st.integers(0, len(text))), frame(0x89, b"?", mask) if draw(st.booleans()) else b""
            empty = frame(0x00, b"", mask) * draw(st.sampled_from([0, 0, 1, FRAGMENTS - 2, FRAGMENTS - 1]))
            return frame(0x01, text[:cut], mask) + ping + empty + frame(0x80, text[cut:], mask)
        case "close":
            code = draw(st.sampled_from([b"", b"\x03\xe8", b"\x0f\xa1", b"\x03\xed", b"\x03"]))
            return frame(0x88, code + (text[:20] if len(code) == 2 else b""), mask)
        case kind:
            return frame({"ping": 0x89, "pong": 0x8A, "binary": 0x82}[kind], text[:100], mask)


changes = st.one_of(
    st.tuples(st.just("change"), st.integers(0, 2_000), st.binary(min_size=1, max_size=2)),
    st.tuples(st.just("lose"), st.integers(0, 2_000), st.binary(min_size=1, max_size=9)),
    st.tuples(st.just("double"), st.integers(0, 2_000), st.binary(min_size=1, max_size=30)),
    st.tuples(st.just("put in"), st.integers(0, 2_000), st.binary(min_size=1, max_size=4)),
)


def mutated(sent: bytes, wanted: Sequence[tuple[str, int, bytes]]) -> bytes:
    for how, place, what in wanted:
        at = place % (len(sent) + 1)
        end = at + len(what)
        keep = {"change": what, "lose": b"", "double": sent[at:end] * 2, "put in": what + sent[at:end]}[how]
        sent = sent[:at] + keep + sent[end:]
    return sent


def cut(sent: bytes, places: Sequence[int]) -> Iterator[bytes]:
    edges = sorted({place % (len(sent) + 1) for place in places} | {0, len(sent)})
    for start, end in pairwise(edges):
        yield sent[start:end]


@given(st.lists(messages(), max_size=5), st.lists(changes, max_size=3), st.lists(st.integers(0, 2_000), max_size=8))
@example([frame(0x89, b"?", b"mask"), frame(0x88, b"\x03\xe8", b"mask") + b"\xff\xff"], [], [])
def test_a_line_hears_and_answers_as_the_judge_does_and_ends_where_it_ends(
    sent: list[bytes], wanted: list[tuple[str, int, bytes]], places: list[int]
) -> None:
    whole = mutated(b"".join(sent), wanted)
    found, judge = asyncio.run(ours(list(cut(whole, places)))), Judge(whole)
    assert (found.texts, found.pings) == (judge.said.texts, judge.said.pings)
    if found.code != judge.said.code:  # a frame with two faults has two codes, and ours may be the earlier to say so
        assert found.code in FAULTS
        assert judge.said.code in FAULTS or (judge.said.code is None and judge.would_fail())
