"""The table of opinions on its page: for those who lead, in both languages, without names."""

from live import commands as do
from live.seats import Audience, Seat
from tests.cast import MODERATOR
from tests.visitors import browser, staff_cookie

HANH = Seat("seat-hanh", Audience.PHONE, "Trần Thị Hạnh", "xã Ea Mô", publish_name=True)


def test_it_is_read_by_those_who_lead_and_by_nobody_else(served, room):
    for text in ("Nước <b>đục</b>", "Sổ đỏ"):
        served.run(room.handle(do.Ask(text, "Nước sạch"), HANH))
    served.run(room.handle(do.Approve(1), MODERATOR))
    for role, status in (("moderator", 200), ("chair", 200), ("organiser", 200), ("secretary", 404), ("clerk", 404)):
        with browser(served, staff_cookie(served, role)) as desk:
            answer = desk.get("/d/TEST01/synthesis")
            assert answer.status_code == status, role
            if status == 200:
                assert "Nước &lt;b&gt;đục&lt;/b&gt;" in answer.text
                assert "Còn 1 câu chưa đọc" in answer.text
                assert HANH.name not in answer.text
                assert "Sổ đỏ" not in answer.text
    with browser(served) as stranger:
        assert stranger.get("/d/TEST01/synthesis").status_code == 404


def test_an_empty_table_says_what_comes_into_it(served, room):
    with browser(served, staff_cookie(served, "organiser"), **{"Accept-Language": "en"}) as desk:
        assert "Chưa có câu nào đã duyệt" in desk.get("/d/TEST01/synthesis").text
        assert "/d/TEST01/synthesis" in desk.get("/d/TEST01/desk").text
