"""Which question a moderator has open comes up the line, reaches the other moderators, and ends with the line."""

from live import commands as do
from live.seats import Audience
from tests.cast import MODERATOR
from tests.visitors import Visitor, staff_cookie
from tests.waiting import until


def test_it_comes_up_the_line_of_a_moderator_and_goes_when_the_line_ends(served, room):
    served.run(room.handle(do.Ask("Bao giờ sửa cầu?"), MODERATOR))
    written = room.n
    with Visitor(served, staff_cookie(served, "moderator", login="nga"), "moderator") as other:
        with Visitor(served, staff_cookie(served, "moderator", login="lan"), "moderator") as looks:
            looks.socket.send('{"looking":1}')
            while other.next().get("now", {}).get("looking") != {"1": ["Nhân vật lan"]}:
                pass
        while other.next().get("now", {}).get("looking") != {}:
            pass
    assert room.n == written, "it is no entry"


def test_a_phone_looks_at_nothing_and_hears_of_nobody(served, room):
    served.run(room.handle(do.Ask("Bao giờ sửa cầu?"), MODERATOR))
    with Visitor(served) as phone, Visitor(served, staff_cookie(served, "moderator"), "moderator") as desk:
        phone.socket.send('{"looking":1}')
        phone.socket.send('{"ping":1}')
        phone.next("pong")
        assert room.looking.here() == {}
        desk.socket.send('{"looking":1}')
        until(lambda: room.looking.here() == {"1": ["Nhân vật moderator"]}, "the desk's word")
    assert "looking" not in room.signals.current(Audience.PHONE)
