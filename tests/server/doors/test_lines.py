"""The line of a live page, byte by byte: every bad peer gets a clean end, and its neighbours notice nothing."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice, repeat
from socket import IPPROTO_TCP, SHUT_WR, SO_LINGER, SO_RCVBUF, SOL_SOCKET, TCP_NODELAY, create_connection, socket

import pytest
from websockets.frames import Frame, Opcode

from live import commands as do
from live.seats import Audience
from server.doors.handshake import MOST_HEADERS
from server.doors.pace import FRAMES, TOO_FAST
from server.rooms.room import Room
from tests.cast import SECRETARY
from tests.serving import Served
from tests.visitors import Visitor, citizen_cookie, staff_cookie
from tests.waiting import until

HEAD = (
    "GET /d/TEST01/live?as=phone&lang=vi HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
OPEN = b"HTTP/1.1 101 "


def up(opcode: Opcode, payload: bytes = b"", *, fin: bool = True) -> bytes:
    return Frame(opcode, payload, fin=fin).serialize(mask=True)


@contextmanager
def line(served: Served, more: str = "", *, end: str = "\r\n", early: bytes = b"") -> Iterator[socket]:
    """A bare connection that has sent the head of a handshake."""
    with create_connection(("127.0.0.1", served.port), timeout=10) as bare:
        bare.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        bare.sendall((HEAD + more + end).format(port=served.port).encode() + early)
        yield bare


def all_of(bare: socket) -> bytes:
    """Everything until the server ends the connection."""
    found = b""
    try:
        while chunk := bare.recv(65_536):
            found += chunk
    except ConnectionError:
        pass
    return found


def seen(bare: socket, what: bytes) -> bytes:
    found = b""
    while what not in found:
        chunk = bare.recv(65_536)
        assert chunk, f"the line ended before {what!r}"
        found += chunk
    return found


def ended_with(found: bytes, code: int) -> bool:
    return found.endswith(b"\x88\x02" + struct.pack("!H", code))


@pytest.fixture
def neighbour(served: Served, room: Room) -> Iterator[Visitor]:
    """Another phone; after each test it must still be able to ask, and the strangers must be gone."""
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        yield phone
        assert "ok" in phone.send("ask", text="Vẫn hỏi được")
        until(lambda: room.fanout.count(Audience.PHONE) == 1, "nobody but the neighbour to be counted")


@pytest.mark.parametrize(
    "sent, code",
    [
        (b"\x81\x05hello", 1002),
        (b"\xc1\x80\x00\x00\x00\x00", 1002),
        (b"\x81\xff" + (2**63).to_bytes(8), 1009),
        (up(Opcode.TEXT, b"x" * 9_000), 1009),
        (up(Opcode.TEXT, b"", fin=False) + up(Opcode.CONT, b"", fin=False) * 20, 1009),
        (up(Opcode.TEXT, b"\xff\xfe"), 1007),
        (up(Opcode.BINARY, b"\x00"), 4502),
        (up(Opcode.CLOSE, b"\x03"), 1002),
        (up(Opcode.CLOSE, (1000).to_bytes(2)), 1000),
        (up(Opcode.CLOSE, (4321).to_bytes(2)), 4321),
    ],
    ids=["unmasked", "compressed", "2^63", "too long", "parts", "not text", "binary", "close of 1", "bye", "own bye"],
)
def test_a_line_that_breaks_the_rules_is_closed_with_the_code_that_says_so(
    served: Served, neighbour: Visitor, sent: bytes, code: int
) -> None:
    with line(served) as bare:
        seen(bare, b"caught_up")
        bare.sendall(sent)
        if code == 4502:  # nothing is wrong with the line itself, so we wait for its goodbye
            assert seen(bare, b"\x88\x02" + struct.pack("!H", code))
            bare.sendall(up(Opcode.CLOSE, struct.pack("!H", code)))
            assert all_of(bare) == b""
        else:
            assert ended_with(all_of(bare), code)


def test_a_page_that_says_goodbye_without_a_reason_gets_one_back_without(served: Served, neighbour: Visitor) -> None:
    with line(served) as bare:
        seen(bare, b"caught_up")
        bare.sendall(up(Opcode.CLOSE))
        assert all_of(bare).endswith(b"\x88\x00")


def test_a_million_empty_parts_end_their_own_line(served: Served, neighbour: Visitor, room: Room) -> None:
    flood = chain([up(Opcode.TEXT, b"", fin=False)], repeat(up(Opcode.CONT, b"", fin=False)))
    with line(served) as bare:
        seen(bare, b"caught_up")
        with suppress(OSError):  # it may be cut before it has sent all
            for _ in range(1_000):
                bare.sendall(b"".join(islice(flood, 1_000)))
        until(lambda: room.fanout.count(Audience.PHONE) == 1, "the flood to be cut")


@pytest.mark.parametrize("path", ["live?as=phone&lang=vi", "sound/hall"])
def test_why_a_line_was_ended_reaches_even_who_first_sends_all_and_then_reads(
    served: Served, room: Room, path: str
) -> None:
    """A server that closes with something unread makes the kernel reset the line: then the reason is never read.

    Whoever sends is not cut off in the middle of it either, in some 16 MB, which no kernel keeps for a reader.
    """
    head = HEAD.replace("live?as=phone&lang=vi", path).format(port=served.port)
    with socket() as bare:
        bare.settimeout(20)
        bare.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)  # the answers to the pings before the end do not fit into it
        bare.connect(("127.0.0.1", served.port))
        bare.sendall(f"{head}Cookie: {staff_cookie(served, 'secretary')}\r\n\r\n".encode())
        seen(bare, b"\r\n\r\n")
        bare.sendall(up(Opcode.PING, b"x" * 20) * (FRAMES + 1))
        for _ in range(128):
            bare.sendall(up(Opcode.PONG, b"x" * 122) * 1_000)
        assert ended_with(all_of(bare), TOO_FAST)


def test_what_is_sent_before_the_answer_to_the_handshake_is_not_lost(served: Served, neighbour: Visitor) -> None:
    with line(served, early=up(Opcode.TEXT, b'{"ping":7}')) as bare:
        assert b'{"pong":7}' in seen(bare, b"pong")


def test_commands_before_the_seat_is_found_wait_for_it(served: Served, neighbour: Visitor, room: Room) -> None:
    ask = up(Opcode.TEXT, '{"op":"early","do":"ask","text":"Hỏi sớm"}'.encode())
    with line(served, f"Cookie: {citizen_cookie(served, 'Ông Tư')}\r\n", early=ask) as bare:
        assert b'"ok":"early"' in seen(bare, b'"ok"')
    assert [str(question.text) for question in room.dialogue.questions.values()] == ["Hỏi sớm"]


@pytest.mark.parametrize("offered", ["permessage-deflate; client_max_window_bits", "permessage-deflate, x-webkit"])
def test_no_extension_is_taken(served: Served, neighbour: Visitor, offered: str) -> None:
    with line(served, f"Sec-WebSocket-Extensions: {offered}\r\n") as bare:
        found = seen(bare, b"caught_up")
        assert found.startswith(OPEN)
        assert b"xtensions" not in found


@pytest.mark.parametrize(
    "head, status",
    [
        (HEAD.replace("Version: 13", "Version: 8"), b"426"),
        (HEAD.replace("Key: dGhlIHNhbXBsZSBub25jZQ==", "Key: short"), b"400"),
        (HEAD.replace("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), b"400"),
        (HEAD + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b"400"),
        (HEAD.replace("GET", "POST"), b"400"),
        (HEAD.replace("HTTP/1.1", "HTTP/1.0"), b"400"),
        (HEAD + "X: y\r\n" * MOST_HEADERS, b"400"),
        (HEAD + "X: " + "y" * 40_000 + "\r\n", b"400"),
    ],
    ids=["version", "short key", "no key", "two keys", "POST", "1.0", "129 headers", "long header"],
)
def test_what_is_no_handshake_opens_nothing(served: Served, neighbour: Visitor, head: str, status: bytes) -> None:
    with create_connection(("127.0.0.1", served.port), timeout=10) as bare:
        bare.sendall((head + "\r\n").format(port=served.port).encode())
        assert all_of(bare).split(b" ", 2)[1] == status


def test_a_handshake_may_come_byte_by_byte(served: Served, neighbour: Visitor) -> None:
    with line(served, end="") as bare:
        for byte in b"X-Slow: yes\r\n\r\n":
            bare.sendall(bytes([byte]))
        assert seen(bare, b"caught_up").startswith(OPEN)


@pytest.mark.parametrize("sent", [b"", b"\x81", b"\x81\xfe\x04", up(Opcode.TEXT, b"x" * 500)[:300]], ids=len)
@pytest.mark.parametrize("reset", [False, True], ids=["half closed", "reset"])
def test_who_leaves_in_the_middle_of_a_frame_is_forgotten(
    served: Served, neighbour: Visitor, sent: bytes, reset: bool
) -> None:
    with line(served) as bare:
        seen(bare, b"caught_up")
        bare.sendall(sent)
        if reset:
            bare.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        else:
            bare.shutdown(SHUT_WR)
            all_of(bare)


def test_a_reset_in_the_middle_of_a_broadcast_stops_nobody_else(served: Served, neighbour: Visitor, room: Room) -> None:
    with line(served) as bare, Visitor(served) as other:
        seen(bare, b"caught_up")
        other.next("caught_up")
        bare.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        bare.close()
        for number in range(5):
            served.run(room.handle(do.WriteLine(f"Dòng {number}"), SECRETARY))
            assert f"Dòng {number}" in str(other.next("patches"))


def test_pings_are_answered_with_their_own_words(served: Served, neighbour: Visitor) -> None:
    with line(served) as bare:
        seen(bare, b"caught_up")
        bare.sendall(up(Opcode.PING, b"con do khong"))
        assert b"\x8a\x0ccon do khong" in seen(bare, b"khong")


def test_a_page_that_cannot_be_opened_now_is_told_to_come_back(
    served: Served, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(served.parts.people, "seats", broken)
    with line(served, f"Cookie: {citizen_cookie(served, 'Ông Tư')}\r\n") as bare:
        assert seen(bare, b"\x88\x02" + struct.pack("!H", 4001)).startswith(OPEN)
