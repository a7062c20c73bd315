"""The machine in the hall and the slip: for whom they are, and what they never say."""

from live import commands as do
from live.states import Channel, RefusalReason
from tests.cast import CLERK, HANH, MODERATOR
from tests.visitors import browser, citizen_cookie, staff_cookie

ASKED = do.Ask("Đường hỏng nặng", channel=Channel.HALL_CARD, name="Trần Thị Hạnh", locality="xã Ea Mô", card=1)


def typed_in(served, room, *more):
    for command, seat in ((do.PrintCard(), CLERK), (ASKED, CLERK), *((one, MODERATOR) for one in more)):
        served.run(room.handle(command, seat))


def test_the_machine_tells_anybody_how_a_number_stands(served, room):
    typed_in(served, room)
    with browser(served) as anybody:
        assert "Xong, xóa màn hình" not in anybody.get("/d/TEST01/kiosk").text
        page = anybody.get("/d/TEST01/kiosk?look=1")
        assert "Phiếu số 1 · Câu hỏi số 1" in page.text
        assert "Đang chờ người kiểm duyệt đọc" in page.text
        assert (page.headers["cache-control"], page.text.count('http-equiv="refresh"')) == ("no-store", 1)
        for secret in ("Đường hỏng nặng", "Hạnh", str(room.dialogue.questions[1].receipt)):
            assert secret not in page.text
        assert "Không thấy “&lt;b&gt;”" in anybody.get("/d/TEST01/kiosk?look=<b>").text


def test_the_machine_says_no_reason_of_a_refusal(served, room):
    typed_in(served, room, do.Refuse(1, RefusalReason.INSULT, "Lời lẽ chưa đúng mực."))
    with browser(served) as anybody:
        page = anybody.get("/d/TEST01/kiosk?look=1").text
    assert "Không đưa ra phiên này" in page
    assert "xúc phạm" not in page
    assert "đúng mực" not in page


def test_the_machine_leads_nowhere_and_knows_nobody(served, room):
    with browser(served, staff_cookie(served, "organiser")) as signed_in:
        page = signed_in.get("/d/TEST01/kiosk?look=1").text
    assert 'href="/staff"' not in page
    assert 'class="site"' not in page


def test_a_language_is_chosen_for_as_long_as_the_page_remembers(served, room):
    typed_in(served, room)
    with browser(served) as anybody:
        page = anybody.get("/d/TEST01/kiosk?language=en")
        assert '<html lang="en">' in page.text
        assert '<input type="hidden" name="language" value="en">' in page.text, "looking a number up keeps it"
        assert page.text.count('http-equiv="refresh"') == 1, "forgotten without script too"
        assert "set-cookie" not in page.headers or "lang=" not in page.headers["set-cookie"]
        found = anybody.get("/d/TEST01/kiosk?language=en&look=1").text
        assert "Waiting for a moderator" in found
        assert 'href="/d/TEST01/kiosk?language=vi&amp;look=1"' in found, "the other way, with what is looked up"
        assert 'href="/d/TEST01/kiosk">' in found, "whoever is done leaves no language behind"
        for strange in ("", "xx", "../en", "<b>"):
            assert '<html lang="vi">' in anybody.get("/d/TEST01/kiosk", params={"language": strange}).text


def test_a_machine_set_up_in_english_forgets_vietnamese(served, room):
    with browser(served, "lang=en") as anybody:
        assert '<html lang="en">' in anybody.get("/d/TEST01/kiosk").text
        page = anybody.get("/d/TEST01/kiosk?language=vi").text
        assert '<html lang="vi">' in page
        assert page.count('http-equiv="refresh"') == 1
        assert 'http-equiv="refresh"' not in anybody.get("/d/TEST01/kiosk?language=en").text, "nothing to forget"


def test_a_slip_carries_number_receipt_and_code_for_the_clerk_alone(served, room):
    typed_in(served, room)
    receipt = str(room.dialogue.questions[1].receipt)
    with browser(served, staff_cookie(served, "clerk")) as clerk:
        slip = clerk.get("/d/TEST01/slip/1").text
        assert receipt in slip
        assert slip.count("<svg") == 1
        assert f"/r/{receipt}" in slip
        assert "/d/TEST01/slip/1" in clerk.get("/d/TEST01/clerk").text
        served.run(room.handle(do.Ask("Từ điện thoại"), HANH))
        for number in (2, 3, 0):
            assert clerk.get(f"/d/TEST01/slip/{number}").status_code == 404, "a phone's receipt is the phone's"
    for stranger in ("", citizen_cookie(served, "Hạnh")):
        with browser(served, stranger) as client:
            assert client.get("/d/TEST01/slip/1").status_code == 404
