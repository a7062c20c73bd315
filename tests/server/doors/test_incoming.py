"""What comes up a line, held against the `websockets` package: the same messages, the same frames refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import OPEN, SERVER, Protocol

from server.doors.incoming import FRAGMENTS, LARGEST, NOT_TEXT, PROTOCOL, TOO_BIG, Broken, Event, Incoming, Kind

MASK = b"\x01\x02\x03\x04"


def up(opcode: Opcode, payload: bytes = b"", *, fin: bool = True) -> bytes:
    return Frame(opcode, payload, fin=fin).serialize(mask=True)


def read(sent: bytes, pieces: int = 1) -> list[Event] | int:
    """All whole messages, or the code with which the line is closed."""
    incoming, found = Incoming(), []
    size = max(1, -(-len(sent) // pieces))
    try:
        for start in range(0, len(sent), size):
            found += [event for event in incoming.feed(sent[start : start + size]) if event is not None]
    except Broken as broken:
        return broken.code
    return found


@given(st.lists(st.text(max_size=400), max_size=6), st.integers(1, 50))
def test_texts_come_as_they_were_sent_however_the_network_cuts_them(texts: list[str], pieces: int) -> None:
    sent = b"".join(up(Opcode.TEXT, text.encode()) for text in texts)
    assert read(sent, pieces) == [(Kind.TEXT, text) for text in texts]


@given(st.text(min_size=1, max_size=300), st.data())
def test_a_text_in_parts_with_pings_between_is_one_text(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), min_size=1, max_size=FRAGMENTS - 2)))
    parts = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
    sent = [up(Opcode.TEXT if n == 0 else Opcode.CONT, part, fin=n == len(cuts)) for n, part in enumerate(parts)]
    assert read(up(Opcode.PING, b"?").join(sent)) == [(Kind.PING, b"?")] * len(cuts) + [(Kind.TEXT, text)]


def frames() -> st.SearchStrategy[bytes]:
    """Well-formed and broken frames: any first byte, masked or not, of small sizes in any notation."""

    def frame(first: int, masked: bool, payload: bytes, wide: int) -> bytes:
        size = {0: bytes([len(payload)]), 2: b"\x7e" + len(payload).to_bytes(2), 8: b"\x7f" + len(payload).to_bytes(8)}
        wide = 0 if first & 0x08 else wide  # we take no long notation for a control, which the package does
        head = bytes([first, size[wide][0] | (0x80 if masked else 0)]) + size[wide][1:]
        if not masked:
            return head + payload
        return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload))

    usual = st.sampled_from([0x81, 0x82, 0x89, 0x8A, 0x88, 0x01, 0x80, 0x00])
    payloads = st.one_of(st.binary(max_size=100), st.text(max_size=30).map(str.encode))
    return st.builds(
        frame, st.one_of(usual, st.integers(0, 255)), st.sampled_from([True] * 9 + [False]), payloads,
        st.sampled_from([0, 0, 2, 8]),
    )  # fmt: skip


def judged(sent: bytes) -> list[tuple[Opcode, bytes]] | None:
    """The same by the package: its frames, or None when it fails the line."""
    peer = Protocol(SERVER, state=OPEN, max_size=LARGEST)
    peer.receive_data(sent)
    if peer.parser_exc is not None:
        return None
    return [(event.opcode, bytes(event.data)) for event in peer.events_received() if isinstance(event, Frame)]


@given(st.lists(frames(), max_size=8))
def test_what_one_reader_refuses_the_other_refuses_too(sent: list[bytes]) -> None:
    before_close = []
    for one in sent:  # nothing counts after a goodbye
        before_close.append(one)
        if one[0] & 0x0F == Opcode.CLOSE:
            break
    whole = b"".join(before_close)
    ours, theirs = read(whole), judged(whole)
    if theirs is None:
        assert isinstance(ours, int)
    elif ours != NOT_TEXT:  # the package leaves broken UTF-8 to its caller
        assert isinstance(ours, list)
        controls = [payload for opcode, payload in theirs if opcode in (Opcode.PING, Opcode.PONG)]
        assert controls == [told for kind, told in ours if kind in (Kind.PING, Kind.PONG)]


@pytest.mark.parametrize(
    "sent, code",
    [
        (b"\x81\x05hello", PROTOCOL),
        (b"\xc1\x80" + MASK, PROTOCOL),
        (b"\x91\x80" + MASK, PROTOCOL),
        (b"\x83\x80" + MASK, PROTOCOL),
        (b"\x8b\x80" + MASK, PROTOCOL),
        (b"\x09\x80" + MASK, PROTOCOL),
        (b"\x89\xfe\x00\x7e" + MASK, PROTOCOL),
        (b"\x80\x80" + MASK, PROTOCOL),
        (up(Opcode.TEXT, b"a", fin=False) + up(Opcode.TEXT, b"b"), PROTOCOL),
        (up(Opcode.CLOSE, b"\x03"), PROTOCOL),
        (up(Opcode.CLOSE, (1005).to_bytes(2)), PROTOCOL),
        (up(Opcode.CLOSE, (999).to_bytes(2)), PROTOCOL),
        (up(Opcode.CLOSE, Close(1000, "").serialize() + b"\xff"), NOT_TEXT),
        (up(Opcode.TEXT, b"\xc3\x28"), NOT_TEXT),
        (up(Opcode.TEXT, b"\xc3", fin=False) + up(Opcode.CONT, b"\x28"), NOT_TEXT),
        (up(Opcode.TEXT, b"\xed\xa0\x80"), NOT_TEXT),
        (up(Opcode.TEXT, b"x" * (LARGEST + 1)), TOO_BIG),
        (b"\x81\xfe\xff\xff", TOO_BIG),
        (b"\x81\xff" + (2**63).to_bytes(8), TOO_BIG),
        (b"\x81\xff" + (2**62).to_bytes(8), TOO_BIG),
        (up(Opcode.TEXT, b"x" * LARGEST, fin=False) + up(Opcode.CONT, b"x"), TOO_BIG),
        (up(Opcode.TEXT, b"", fin=False) + up(Opcode.CONT, b"", fin=False) * FRAGMENTS, TOO_BIG),
    ],
    # Masks are random, and every worker must find the same tests: they are named by size.
    ids=lambda given: len(given) if isinstance(given, bytes) else given,
)
def test_what_is_no_honest_frame_closes_the_line_with_its_code(sent: bytes, code: int) -> None:
    assert read(sent) == code
    assert read(sent, pieces=len(sent)) == code


def test_the_largest_honest_message_and_the_most_parts_are_taken() -> None:
    assert read(up(Opcode.TEXT, b"x" * LARGEST)) == [(Kind.TEXT, "x" * LARGEST)]
    parts = (
        up(Opcode.TEXT, b"a", fin=False) + up(Opcode.CONT, b"a", fin=False) * (FRAGMENTS - 2) + up(Opcode.CONT, b"a")
    )
    assert read(parts) == [(Kind.TEXT, "a" * FRAGMENTS)]


def test_nothing_is_kept_between_two_messages() -> None:
    incoming = Incoming()
    list(incoming.feed(up(Opcode.TEXT, b"x" * LARGEST) * 3))
    assert list(incoming.feed(b"")) == []
    assert (incoming._held, incoming._parts) == (b"", None)
