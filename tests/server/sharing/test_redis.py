"""Redis makes two servers quick and can make neither wrong: killed, frozen, emptied, forged, lossy, out of order."""

import random
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import redis

from live import commands as do
from live.seats import Audience
from server.rooms import news
from server.rooms.backplane import Backplane
from server.rooms.turn import Accepted
from tests.cast import ASKED, HANH, MODERATOR
from tests.machines import Redis
from tests.server.rooms.page import Page
from tests.server.sharing.test_two_servers import Two, agree, there, told
from tests.serving import Served
from tests.visitors import Visitor, citizen_cookie, open_dialogue, staff_cookie
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def ask(served: Served, text: str) -> None:
    """A question asked on this server and let into the queue."""
    room = there(served)
    answer = served.run(room.handle(do.Ask(text, name="Bà Sáu"), MODERATOR))
    assert isinstance(answer, Accepted)
    assert answer.receipt
    served.run(room.handle(do.Approve(answer.receipt["number"]), MODERATOR))


def test_redis_alone_brings_entries_and_supports(redis_alone: None, two_with_redis: Two) -> None:
    here, elsewhere = two_with_redis
    open_dialogue(here)
    with (
        Visitor(elsewhere, staff_cookie(elsewhere, "moderator"), "moderator") as moderator,
        Visitor(here, citizen_cookie(here, "Ông Ba")) as phone,
    ):
        moderator.next("caught_up")
        ask(here, "Bao giờ sửa cầu?")
        while "Bao giờ sửa cầu?" not in str(moderator.next("patches")):
            pass
        assert "ok" in phone.send("support", question=1)
        told(moderator, "tally", {"1": 1})


def test_the_other_server_asks_its_database_nothing_for_what_it_was_told(
    redis_alone: None, two_with_redis: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = two_with_redis
    room, far, asked = open_dialogue(here), there(elsewhere), list[int]()
    tail = far._journal.tail

    def counted(code: str, after: int) -> Any:
        asked.append(after)
        return tail(code, after)

    monkeypatch.setattr(far._journal, "tail", counted)
    ask(here, "Bao giờ sửa cầu?")
    until(lambda: far.n == room.n, "the other to follow")
    assert far.dialogue == room.dialogue
    assert asked == []


def test_what_is_too_long_to_be_told_is_read_from_the_journal(
    redis_alone: None, two_with_redis: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = two_with_redis
    room, far = open_dialogue(here), there(elsewhere)
    monkeypatch.setattr(news, "LONGEST", 10)
    ask(here, "Bao giờ sửa cầu?")
    until(lambda: far.n == room.n, "the other to follow")
    assert far.dialogue == room.dialogue


def test_nobody_at_redis_reads_what_is_told(redis_alone: None, two_with_redis: Two, redis_server: Redis) -> None:
    here, elsewhere = two_with_redis
    room, far = open_dialogue(here), there(elsewhere)
    wakes = elsewhere.parts.backplane and elsewhere.parts.backplane.wakes
    assert wakes
    with redis.Redis.from_url(redis_server.url) as client, client.pubsub() as line:
        line.subscribe(wakes._channel)
        ask(here, "Bao giờ sửa cầu Trần Phú?")
        until(lambda: far.n == room.n, "the other to follow")
        told = b""
        while (message := line.get_message(timeout=0.5)) is not None:
            told += message["data"] if message["type"] == "message" else b""
    assert told
    assert "Trần Phú".encode() not in told
    assert b"question_received" not in told


def test_what_is_being_said_is_read_on_both_unless_captions_are_hidden(redis_alone: None, two_with_redis: Two) -> None:
    here, elsewhere = two_with_redis
    room = open_dialogue(here)

    async def say(text: str) -> None:
        room.words("hall", text)

    with Visitor(elsewhere, audience="public") as reader:
        reader.next("caught_up")
        here.run(say("kính thưa"))
        told(reader, "caption", {"source": "hall", "text": "kính thưa"})
        elsewhere.run(there(elsewhere).handle(do.HideCaptions(), MODERATOR))
        told(reader, "caption", {"source": "hall", "text": ""})
        until(lambda: room.dialogue.captions_hidden, "the recording server to know")
        here.run(say("kính thưa bà con"))
        current = there(elsewhere).signals.current
        said = [{"source": "hall", "text": "kính thưa bà con"}]
        until(lambda: current(Audience.SECRETARY).get("draft") == said, "the desk to read")
        assert current(Audience.PUBLIC)["caption"]["text"] == ""


def paused(machine: Redis) -> None:
    machine.send(signal.SIGSTOP)


def killed(machine: Redis) -> None:
    machine.stop(signal.SIGKILL)


def emptied(machine: Redis) -> None:
    with redis.Redis.from_url(machine.url) as client:
        client.flushall()


def cut_off(machine: Redis) -> None:
    with redis.Redis.from_url(machine.url) as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


def slow(machine: Redis) -> None:
    """It answers each command after 0.3 to 2 seconds: before and after a server has given it up."""

    def hold() -> None:
        with suppress(redis.RedisError), redis.Redis.from_url(machine.url) as client:
            for milliseconds in [300, 2_000, 700, 1_500] * 20:
                client.client_pause(milliseconds)

    threading.Thread(target=hold, daemon=True).start()


@pytest.mark.parametrize("fault", [paused, killed, emptied, cut_off, slow])
def test_pages_stay_right_whatever_happens_to_redis(
    two_with_redis: Two, redis_server: Redis, fault: Callable[[Redis], None]
) -> None:
    here, elsewhere = two_with_redis
    open_dialogue(here)
    with Visitor(elsewhere) as stranger:
        stranger.next("caught_up")
        ask(here, "Trước")
        fault(redis_server)
        ask(here, "Trong lúc ấy")
        ask(elsewhere, "Từ máy kia")
        seen = ""
        while not all(text in seen for text in ("Trước", "Trong lúc ấy", "Từ máy kia")):
            seen += str(stranger.next("patches"))
    agree(here, there(here), there(elsewhere))


def test_a_redis_that_comes_back_makes_everybody_look(
    redis_alone: None, two_with_redis: Two, redis_server: Redis
) -> None:
    here, elsewhere = two_with_redis
    open_dialogue(here)
    far = there(elsewhere)
    killed(redis_server)
    ask(here, "Khi không có Redis")
    redis_server.start()
    until(lambda: far.n == there(here).n, "the other to have looked")
    ask(here, "Lại có Redis")
    agree(here, there(here), far)


def test_a_forged_or_broken_message_is_not_believed(
    redis_alone: None, two_with_redis: Two, redis_server: Redis
) -> None:
    here, elsewhere = two_with_redis
    room = open_dialogue(here)
    far = there(elsewhere)
    wakes = elsewhere.parts.backplane and elsewhere.parts.backplane.wakes
    assert wakes
    forged = (
        b'["words","x","TEST01",{"source":"hall","text":"gi\xe1\xba\xa3"},{"source":"hall","text":"gi\xe1\xba\xa3"}]'
    )
    with redis.Redis.from_url(redis_server.url) as client:
        for content in (forged, bytes(16) + forged, b"", b"\xff" * 40, b"null"):
            assert client.publish(wakes._channel, content) == 2
        unknown = b'["of another version"]'
        assert client.publish(wakes._channel, wakes._sealed(unknown)) == 2
    here.run(room.handle(ASKED, HANH))
    until(lambda: far.n == room.n, "a real message behind them to be taken")
    assert "draft" not in far.signals.current(Audience.SECRETARY)


@pytest.mark.parametrize("seed", [1, 2])
def test_messages_that_are_lost_doubled_and_out_of_order_leave_no_hole_on_a_page(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, seed: int
) -> None:
    dice, kept, take = random.Random(seed), list[Any](), Backplane._woken

    def shaken(self: Backplane, message: list[Any]) -> None:
        kept.extend([message] * dice.choice([0, 0, 1, 1, 2]))
        dice.shuffle(kept)
        while kept and dice.random() < 0.6:
            take(self, kept.pop())

    monkeypatch.setattr(Backplane, "_woken", shaken)
    here, elsewhere = request.getfixturevalue("two_with_redis")
    open_dialogue(here)
    page = Page()
    with Visitor(elsewhere) as stranger:
        page.take(stranger.next("patches"))
        stranger.next("caught_up")
        for number in range(1, 16):
            ask(dice.choice([here, elsewhere]), f"Câu {number}")
        last = there(here).n
        while page.n < last:
            page.take(stranger.next("patches"))
    fresh = Page()
    with Visitor(here) as stranger:
        fresh.take(stranger.next("patches"))
    assert page.markup == fresh.markup
    agree(here, there(here), there(elsewhere))
