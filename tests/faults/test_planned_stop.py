"""SIGTERM: pages are told when to come back, what they send is answered, and nobody keeps the server from ending."""

import json
import os
import signal
import struct
from contextlib import contextmanager
from socket import create_connection

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server.doors import leaving
from tests.faults.prepared import Prepared
from tests.faults.served_apart import ServedApart
from tests.visitors import Visitor, browser
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]

BOUND = 30
"""Seconds after which systemd would kill; a stop that takes longer is wrong, not slow."""
HANDSHAKE = (
    "GET /d/TEST01/live?as=phone&lang=vi HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.fixture
def evening(tmp_path):
    return Prepared(tmp_path)


def silent(port: int):
    """A page that answers nothing, not even a goodbye."""
    line = create_connection(("127.0.0.1", port))
    line.sendall(HANDSHAKE.format(port=port).encode())
    line.recv(1)
    return line


def ends(served: ServedApart) -> int:
    return served.process.wait(BOUND)


def code(ended: ConnectionClosed) -> int:
    """The close code the server gave."""
    return 1006 if ended.rcvd is None else ended.rcvd.code


def test_pages_are_told_and_answered_until_their_line_closes_and_find_everything_afterwards(evening):
    with evening.serving() as served:
        with Visitor(served, evening.citizen) as page, Visitor(served) as other:
            page.next("caught_up")
            other.next("caught_up")
            served.process.terminate()
            for one in (page, other):
                soonest, latest = one.next("go")["go"]["after_ms"]
                assert leaving.BACK_MS <= soonest < latest
            assert page.send("ask", op="late", text="Hỏi trong lúc máy chủ sắp dừng?")["ok"] == "late"
            for one in (page, other):
                with pytest.raises(ConnectionClosed) as ended:
                    one.next("never")
                assert code(ended.value) == 4001
        assert ends(served) == -signal.SIGTERM
    with evening.serving() as served, Visitor(served, evening.citizen) as page:
        assert "Hỏi trong lúc máy chủ sắp dừng?" in json.dumps(page.next("patches"), ensure_ascii=False) + json.dumps(
            page.next("patches"), ensure_ascii=False
        )
        again = page.send("ask", op="late", text="Hỏi trong lúc máy chủ sắp dừng?")
        assert again["ok"] == "late"
    assert evening.texts() == ["Hỏi trong lúc máy chủ sắp dừng?"]


def test_a_feed_is_told_too_and_its_answer_ends_whole(evening):
    with evening.serving() as served:
        with browser(served, evening.citizen) as client, client.stream("GET", "/d/TEST01/feed?as=phone") as answer:
            lines = answer.iter_lines()
            until(lambda: "caught_up" in next(lines), "the feed to catch up")
            served.process.terminate()
            assert any('"go"' in line for line in lines)
        assert ends(served) == -signal.SIGTERM


def test_pages_that_never_answer_do_not_keep_the_server_from_ending(evening):
    with evening.serving() as served:
        lines = [silent(served.port) for _ in range(20)]
        with Visitor(served) as page:
            page.next("caught_up")
            served.process.terminate()
            with pytest.raises(ConnectionClosed) as ended:
                page.next("never")
            assert code(ended.value) == 4001
        assert ends(served) == -signal.SIGTERM
        for line in lines:
            line.close()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_asked_twice_it_ends_at_once_and_what_was_acknowledged_is_there(evening, asked):
    with evening.serving() as served:
        line = silent(served.port)  # the first goodbye waits for it
        with Visitor(served, evening.citizen) as page:
            assert page.send("ask", text="Còn không?")["ok"]
            served.process.terminate()
            page.next("go")
            os.kill(served.process.pid, asked)
            assert ends(served) == -asked
        line.close()
    assert evening.texts() == ["Còn không?"]


def test_a_microphone_hears_what_is_on_disk_and_goes_on_from_there(evening):
    with evening.serving() as served:
        with microphone(served, evening.secretary) as line:
            assert have(line) == 0
            line.send(struct.pack("<Q", 0) + bytes(2 * 16_000))
            assert have(line) == 16_000
            served.process.terminate()
            assert have(line) == 16_000
            with pytest.raises(ConnectionClosed) as ended:
                have(line)
            assert code(ended.value) == 4001
        assert ends(served) == -signal.SIGTERM
    with evening.serving() as served, microphone(served, evening.secretary) as line:
        assert have(line) == 16_000


@contextmanager
def microphone(served, cookie):
    address = f"ws://127.0.0.1:{served.port}/d/TEST01/sound/hall"
    with connect(address, additional_headers={"Origin": served.url, "Cookie": cookie}) as line:
        line.send('{"start":1,"rate":16000}')
        yield line


def have(line) -> int:
    return int(json.loads(line.recv(timeout=10))["have"])
