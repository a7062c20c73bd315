"""The feed brings what a socket brings: the same messages, the same positions, the same end."""

import json
from contextlib import contextmanager
from socket import SO_RCVBUF, SOL_SOCKET, socket
from typing import Any

import pytest

from live import commands as do
from server.doors import feed_line
from server.doors.access import close_live_pages
from server.doors.bounded_http import BoundedHttp
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import SIGNALS_STOP
from tests.cast import CLERK, MODERATOR, SECRETARY
from tests.server.doors.test_lines import seen
from tests.visitors import Visitor, browser, citizen_cookie, staff_cookie
from tests.waiting import until


class Reader:
    """A feed that is read event by event."""

    def __init__(self, answer):
        self.headers = answer.headers
        self._lines = answer.iter_lines()
        self.ids: list[str] = []

    def next(self, *keys: str) -> dict[str, Any]:
        """The next message with one of these keys; StopIteration when the feed has ended."""
        while True:
            line = next(self._lines)
            if line.startswith("id: "):
                self.ids.append(line[4:])
            elif line.startswith("data: ") and (not keys or json.loads(line[6:]).keys() & set(keys)):
                return dict(json.loads(line[6:]))


@contextmanager
def reading(served, cookie: str = "", query: str = "", **headers: str):
    address = f"/d/TEST01/feed?as=phone&lang=vi{query}"
    with browser(served, cookie, **headers) as client, client.stream("GET", address) as answer:
        yield Reader(answer)


def happens(served, room, *commands, by=MODERATOR):
    for command in commands:
        served.run(room.handle(command, by))


def test_a_feed_carries_the_same_patches_as_a_socket(served, room):
    with reading(served) as feed, Visitor(served) as socket:
        feed.next("caught_up")
        socket.next("caught_up")
        happens(served, room, do.Ask("Một?"), do.Ask("Hai?"), by=CLERK)
        happens(served, room, do.Approve(1), do.Approve(2), do.CallNext())
        for _ in range(3):
            assert feed.next("after") == socket.next("after")


def test_no_proxy_is_asked_to_keep_or_gather_it(served, room):
    with reading(served, **{"Accept-Encoding": "gzip"}) as feed:
        assert feed.headers["content-type"].startswith("text/event-stream")
        assert "no-store" in feed.headers["cache-control"]
        assert feed.headers["x-accel-buffering"] == "no"
        assert "content-encoding" not in feed.headers
        assert "content-length" not in feed.headers
        assert feed.next("caught_up")


def test_who_comes_back_by_address_or_by_last_event_gets_what_was_missed_and_no_more(served, room):
    with reading(served) as feed:
        feed.next("caught_up")
        happens(served, room, do.Ask("Một?"), by=CLERK)
        happens(served, room, do.Approve(1))
        shown = feed.next("after")
        last = feed.ids[-1]
    assert last == f"{shown['n']}.{room.epoch}"
    happens(served, room, do.Ask("Hai?"), by=CLERK)
    happens(served, room, do.Approve(2))
    stale = "&since=1&epoch=other"
    by_address = f"&since={shown['n']}&epoch={room.epoch}"
    for query, headers in ((by_address, {}), (stale, {"Last-Event-ID": last})):
        with reading(served, query=query, **headers) as again:
            missed = again.next("patches")
            assert missed["after"] == shown["n"]
            assert again.next()["caught_up"] == room.n


def test_another_epoch_or_nonsense_gets_the_whole_page(served, room):
    for query in ("&since=1&epoch=other", "&since=-1", "&since=9007199254740993", "&since=x&epoch="):
        with reading(served, query=query) as feed:
            assert all(patch[0] == "fill" for patch in feed.next("patches")["patches"])
            assert feed.next("caught_up")["caught_up"] == room.n


@pytest.mark.parametrize("query", ["&as=moderator", "&as=machine", "&as=nobody"])
def test_who_may_not_look_is_told_not_to_come_back(served, room, query):
    with browser(served) as client:
        answer = client.get(f"/d/TEST01/feed?lang=vi{query}")
    assert answer.text == 'data: {"gone":1}\n\n'


def test_own_questions_come_by_feed_to_their_asker_only(served, room):
    cookie = citizen_cookie(served, "Hạnh")
    with reading(served, cookie) as mine, reading(served) as other:
        mine.next("caught_up")
        other.next("caught_up")
        with browser(served, cookie, Accept="application/json") as client:
            answer = client.post("/d/TEST01/do/ask", data={"as": "phone", "op": "o1", "text": "Bao giờ có nước?"})
        assert answer.json()["receipt"]["number"] == 1
        assert "Bao giờ có nước?" in mine.next("patches")["patches"][0][2]
        happens(served, room, do.Approve(1))
        assert "Bao giờ có nước?" in json.dumps(other.next("after"), ensure_ascii=False)


def test_an_ended_session_ends_the_feed(served, room):
    cookie = staff_cookie(served, "moderator")
    with browser(served, cookie) as client, client.stream("GET", "/d/TEST01/feed?as=moderator&lang=vi") as answer:
        feed = Reader(answer)
        feed.next("caught_up")
        (person,) = served.run(served.parts.people.all_staff())
        served.run(cut(served, person))
        with pytest.raises(StopIteration):
            feed.next("never")


async def cut(served, person) -> None:
    close_live_pages(served.parts.rooms, person)


def test_who_leaves_is_counted_out(served, room):
    with reading(served) as feed:
        feed.next("caught_up")
        assert served.run(_listening(room)) == 1
    until(lambda: served.run(_listening(room)) == 0, "the feed to be forgotten")


async def _listening(room) -> int:
    return len(room.fanout.listeners())


def test_a_silent_feed_beats(served, room, monkeypatch):
    monkeypatch.setattr(feed_line, "BEAT", 0.05)
    with reading(served) as feed:
        feed.next("caught_up")
        assert feed.next("beat") == feed.next("beat") == {"beat": 1}


def test_a_feed_of_which_the_network_takes_nothing_is_cut_and_costs_little(served, room, monkeypatch):
    monkeypatch.setattr(feed_line, "LONGEST_STALL", 0.5)
    with socket() as bare, Visitor(served) as neighbour:
        bare.setsockopt(SOL_SOCKET, SO_RCVBUF, 4_096)
        bare.connect(("127.0.0.1", served.port))
        bare.sendall(f"GET /d/TEST01/feed?as=phone&lang=vi HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
        seen(bare, b"caught_up")
        (transport,) = served.run(_transports_of_feeds(served))
        neighbour.next("caught_up")
        for number in range(40):
            happens(served, room, do.WriteLine(f"{'Xã đã ghi nhận. ' * 60}{number}"), by=SECRETARY)
            assert neighbour.next("after")
        assert transport.get_write_buffer_size() <= SIGNALS_STOP + 64 * 1024
        until(lambda: room.fanout.counted.cut == 1, "the stall to be noticed")
        until(lambda: served.run(_transports_of_feeds(served)) == [], "its transport to be gone, unsent bytes and all")
        until(lambda: served.run(_listening(room)) == 1, "only the neighbour to be left")


async def _transports_of_feeds(served):
    return [one.transport for one in served._server.server_state.connections if isinstance(one, BoundedHttp)]


def test_a_page_of_another_making_is_told_to_load_itself_anew_on_either_road(served, room):
    made = served.parts.render.version
    with reading(served, query="&v=older") as feed, Visitor(served, query="&v=older") as socket:
        assert feed.next("reload") == socket.next("reload") == {"reload": 1}
    with reading(served, query=f"&v={made}") as feed, Visitor(served, query=f"&v={made}") as socket:
        happens(served, room, do.Ask("Một?"), by=CLERK)
        happens(served, room, do.Approve(1))
        assert "after" in feed.next("reload", "after")
        assert "after" in socket.next("reload", "after")


@pytest.mark.parametrize("size", [0, 1, 100, 125, 126, 127, 1000, 65_535, 65_536, 70_000])
def test_frames_of_every_length_come_apart_again(size):
    long, short = envelope({"t": "ấ" * size}), envelope({"n": 3})
    assert list(feed_line.texts(text_frame(long) + text_frame(short))) == [long, short]


@pytest.mark.parametrize(
    "message, identity",
    [
        ({"n": 413, "after": 411, "patches": []}, b"id: 413.e1\n"),
        ({"caught_up": 7, "epoch": "e1"}, b"id: 7.e1\n"),
        ({"patches": []}, b""),
        ({"now": {"n": 5}}, b""),
    ],
)
def test_only_what_moves_a_page_forward_has_an_id(message, identity):
    assert feed_line.event(envelope(message), "e1") == identity + b"data: " + envelope(message) + b"\n\n"


def test_a_fifth_page_ends_the_oldest_for_good_and_no_other(served, room):
    cookie = citizen_cookie(served, "Bà Sáu")
    with reading(served, cookie) as oldest, reading(served, cookie) as feed, Visitor(served, cookie) as socket:
        for page in (oldest, feed, socket):
            page.next("caught_up")
        with Visitor(served, cookie) as fourth, Visitor(served, cookie) as fifth:
            assert fourth.next("caught_up")
            assert fifth.next("caught_up")
            assert oldest.next("gone") == {"gone": 1}
            happens(served, room, do.Ask("Một?"), do.Approve(1))
            for page in (feed, socket, fourth, fifth):
                assert page.next("after")
