"""Requests sent ahead of an answer, and whatever is larger than anybody honest sends, leave nothing behind."""

import struct
from contextlib import suppress
from socket import SO_LINGER, SOL_SOCKET

import pytest

from server.doors import feed_line
from server.doors.bounded_http import LARGEST_HEAD, MOST_AHEAD, MOST_FIELDS
from server.rooms.listeners import SIGNALS_STOP
from server.rooms.room import Room
from tests.server.doors.test_bounded_http import FORM, answered, begun
from tests.serving import Served
from tests.waiting import until

FEED = b"GET /d/TEST01/feed HTTP/1.1\r\nHost: {host}\r\n\r\n"
NEXT = b"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n"
LINE = (
    b"GET /d/TEST01/live HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
RESET = struct.pack("ii", 1, 0)


@pytest.mark.parametrize("behind", [NEXT, NEXT * 3, LINE], ids=["a request", "three", "a line"])
def test_a_feed_ends_with_its_line_whatever_was_sent_behind_it(
    served: Served, room: Room, monkeypatch: pytest.MonkeyPatch, behind: bytes
):
    monkeypatch.setattr(feed_line, "BEAT", 0.05)  # with something behind it, only writing shows that nobody is there
    with begun(served, FEED) as line:
        until(room.fanout.listeners, "the feed to begin")
        line.sendall(behind.replace(b"{host}", b"127.0.0.1:%d" % served.port))
        line.setsockopt(SOL_SOCKET, SO_LINGER, RESET)
    until(lambda: not room.fanout.listeners(), "the feed to end")
    until(lambda: not served._server.server_state.tasks, "its task to end")


def test_a_line_is_not_opened_in_the_middle_of_an_answer(served: Served, room: Room):
    with begun(served, FEED + LINE) as line:
        assert b"101 Switching" not in answered(line)
    with begun(served, NEXT) as line:
        found = b""
        while not found.endswith(b"ok\n"):
            found += line.recv(65_536)
        line.sendall(LINE.replace(b"{host}", b"127.0.0.1:%d" % served.port))
        assert line.recv(65_536).startswith(b"HTTP/1.1 101 "), "one behind the other is honest"


def test_asking_for_the_head_of_a_feed_begins_none(served: Served, room: Room):
    with begun(served, FEED.replace(b"GET", b"HEAD") + NEXT) as line:
        found = b""
        while b"ok\n" not in found:
            found += line.recv(65_536)
        assert b"text/event-stream" in found
    assert not room.fanout.listeners()


@pytest.mark.parametrize(
    "begin, more",
    [
        (b"GET / HTTP/1.1\r\nHost: {host}\r\n", b"a:\r\n" * MOST_FIELDS + b"\r\n"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\nX: ", b"a" * LARGEST_HEAD + b"\r\n\r\n"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n" * (MOST_AHEAD + 1)),
    ],
    ids=["fields", "one field", "requests"],
)
def test_too_much_in_one_piece_is_refused_like_any_other(served: Served, begin: bytes, more: bytes):
    with begun(served, begin + more) as line:
        assert b"HTTP/1.1 400 " in answered(line)


@pytest.mark.parametrize("more", [b"X: a\r\n", b"X: " + b"a" * 1_000], ids=["many", "long"])
def test_endless_trailers_are_cut_off(served: Served, more: bytes):
    form = b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n" + FORM + b"\r\n1\r\na\r\n0\r\n"
    with begun(served, form) as line:
        with suppress(ConnectionError):
            line.sendall(more * (2 * LARGEST_HEAD // len(more)))
        until(lambda: not served._server.server_state.connections, "the server to close the line")


def test_a_body_in_honest_chunks_is_read(served: Served):
    form = b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n" + FORM + b"\r\n"
    chunk = b"%x\r\n%s\r\n" % (4096, b"a" * 4096)
    with begun(served, form + chunk * 64 + b"0\r\n\r\n") as line:
        assert line.recv(65_536).startswith(b"HTTP/1.1 403 "), "no page of ours sent it; but it was read"


def test_what_is_unsent_stays_where_it_can_be_dropped(served: Served, room: Room):
    """A feed that nobody reads holds little in the kernel too, and is given up there."""
    with begun(served, FEED):
        until(room.fanout.listeners, "the feed to begin")
        (connection,) = served._server.server_state.connections
        taken = connection.transport.get_extra_info("socket")
        assert taken.getsockopt(6, 25) == SIGNALS_STOP
        assert taken.getsockopt(6, 18) > 0
