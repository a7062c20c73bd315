"""What has been on a phone's screen comes up its line, is counted and gets no answer; no other page may say it."""

from live import commands as do
from tests.cast import MODERATOR
from tests.visitors import Visitor, staff_cookie
from tests.waiting import until


def test_a_phone_says_it_up_its_line_and_hears_no_answer(served, room):
    for command in (*(do.Ask(f"Câu {n}?") for n in range(3)), do.Approve(1), do.Approve(2)):
        served.run(room.handle(command, MODERATOR))
    with Visitor(served) as phone, Visitor(served, staff_cookie(served, "moderator"), "moderator") as moderator:
        phone.next("caught_up")
        moderator.socket.send('{"seen":[2]}')
        phone.socket.send('{"seen":[1,3]}')
        phone.socket.send('{"ping":1}')
        while "sums" in (said := phone.next()).get("now", {}):
            pass
        assert said == {"pong": 1}, "the next word on the line: nothing was said about it"
        moderator.socket.send('{"ping":1}')
        moderator.next("pong")
        until(lambda: room.seen.counts == {1: 1}, "the phone's word to be counted, and not the desk's")
