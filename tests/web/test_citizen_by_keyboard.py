"""A citizen who has only a keyboard: joins, asks, supports, withdraws, appeals, and sees each stop."""

import pytest

from live import commands as do
from live.states import DialogueState, Outcome, RefusalReason
from tests.cast import SECRETARY
from tests.web.keys import Keys
from tests.web.visits import LIVE, opened, shown, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]


def join(page, keys: Keys) -> None:
    keys.to("Tham gia phiên")
    page.keyboard.press("Enter")
    page.wait_for_url("**/join**")
    for label, text in (("Tên của bạn", "Trần Thị Hạnh"), ("Xã, phường", "xã Ea Mô")):
        keys.to(label)
        page.keyboard.type(text)
    for choice in ("Tôi đủ 16 tuổi trở lên", "Công khai tên tôi cùng câu hỏi"):
        keys.to(choice)
        page.keyboard.press("Space")
    keys.to("Tham gia", whole=True)
    page.keyboard.press("Enter")
    page.wait_for_function(LIVE)


def ask(page, keys: Keys, text: str, number: int, by: str = "Tab") -> None:
    keys.to("Câu hỏi", by=by)
    keys.write(text)
    keys.to("Gửi câu hỏi")
    page.keyboard.press("Enter")
    shown(page, f"Đã ghi vào sổ của phiên, số {number}.")
    assert keys.heard() == ("button", "Gửi câu hỏi")


@pytest.fixture
def bridge(house):
    """Two questions of somebody else wait in the queue."""
    tuan, _ = house.citizen("Y Tuấn Niê", "buôn Krông")
    house.send(do.Ask("Cầu Ea Mô hỏng lâu rồi, khi nào sửa?"), do.Ask("Bao giờ có nước sạch?"), by=tuan)
    house.send(do.Approve(1), do.Approve(2))
    return house


def test_the_whole_way_of_a_citizen_by_keyboard_alone(browser, bridge):
    house = bridge
    with visitor(browser, house) as context:
        page = opened(context, f"/d/{house.code}")
        keys = Keys(page)
        join(page, keys)
        ask(page, keys, "Bao giờ buôn Krông có đèn đường?", 3)

        keys.to("Tôi cũng hỏi câu này", by="Shift+Tab")
        page.keyboard.press("Space")
        page.locator("#q-2 button[aria-pressed=true]").wait_for()
        assert keys.within("#q-2 button")

        ask(page, keys, "Trường xa quá, xã làm gì?", 4)
        keys.to("Rút câu hỏi này", by="Shift+Tab", within="#mine-4")
        page.keyboard.press("Enter")
        keys.to("Rút câu số 4")
        page.keyboard.press("Enter")
        page.locator("#mine-4", has_text="Đã rút theo ý người hỏi.").wait_for()
        page.locator("#mine-4-withdraw").wait_for(state="detached")
        assert keys.within("#mine-4"), "the focus went with the button that was pressed"

        house.send(do.Refuse(3, RefusalReason.OFF_TOPIC, "Xin hỏi công ty điện lực."))
        page.locator("#mine-3-appeal").wait_for()
        keys.to("Đề nghị xem lại", by="Shift+Tab")
        page.keyboard.press("Enter")
        keys.to("Vì sao nên xem lại")
        page.keyboard.type("Đèn đường là việc của xã.")
        keys.to("Gửi đề nghị")
        page.keyboard.press("Enter")
        shown(page, "Đèn đường là việc của xã.")
        page.locator("#mine-3-appeal").wait_for(state="detached")
        assert keys.within("#mine-3")
    assert str(house.room.dialogue.questions[3].text) == "Bao giờ buôn Krông có đèn đường?"


def test_the_focus_goes_with_what_moves_and_stays_near_what_goes(browser, bridge):
    house = bridge
    with visitor(browser, house, house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]) as context:
        house.send(do.Ask("Bao giờ có trạm y tế?"), by=house.clerk)
        house.send(do.Approve(3))
        page = opened(context, f"/d/{house.code}")
        keys = Keys(page)
        keys.to("Tôi cũng hỏi câu này", within="#queue > #q-3")
        house.send(do.CallNext())
        page.locator("#next > #q-3").wait_for()
        assert keys.within("#next > #q-3 button"), "the card moved and left the focus behind"
        keys.still_here()
        for number in (1, 2):
            house.send(do.GiveOutcome(number, Outcome.ANSWERED), do.CallNext())
        page.locator("#stage[data-number='3']").wait_for()
        assert keys.within("section[aria-labelledby=next-title]"), "the card went to the stage and the focus to the top"


def test_typed_words_keep_the_focus_while_everything_around_them_changes(browser, bridge):
    house = bridge
    with visitor(browser, house, house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]) as context:
        page = opened(context, f"/d/{house.code}")
        keys = Keys(page)
        keys.to("Câu hỏi")
        page.keyboard.type("Đang viết ")
        house.send(do.CallNext(), do.MoveDialogue(DialogueState.PAUSED))
        page.locator(".standing[data-state=paused]").wait_for()
        page.keyboard.type("dở")
        assert page.locator("#ask-text").input_value() == "Đang viết dở"


def test_what_is_wrong_in_the_form_is_where_the_keyboard_is(browser, house):
    with visitor(browser, house) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/join")
        keys = Keys(page)
        keys.to("Tên của bạn")
        page.keyboard.type("Hạnh")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        page.wait_for_function("() => document.activeElement.name === 'locality'")
        told = page.evaluate(
            "() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText"
        )
        assert told == "Hãy cho biết xã, phường nơi bạn ở."


def test_the_machine_in_the_hall_answers_a_keyboard(browser, house):
    house.send(do.Ask("Bao giờ sửa cầu?"), by=house.clerk)
    with visitor(browser, house, viewport={"width": 820, "height": 1180}) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/kiosk")
        page.wait_for_function("() => document.activeElement.id === 'look'")
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        shown(page, "Câu hỏi số 1")
        # The page is a new one: what was found is read with the field that has the focus.
        told = page.evaluate(
            "() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText"
        )
        assert "Đang chờ người kiểm duyệt đọc" in told
        keys = Keys(page)
        keys.to("Xong, xóa màn hình", by="Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/d/{house.code}/kiosk")
        page.wait_for_function("() => document.activeElement.id === 'look'")


PAGES = ["/", "/sign-in", "/privacy", "/commitments", "/d/HALL01", "/d/HALL01/join", "/d/HALL01/notice", "/r/{receipt}",
         "/r/{receipt}/check", "/d/HALL01/kiosk", "/d/HALL01/kiosk?look=1", "/d/HALL01/reckoning", "/d/HALL01/stage",
         "/d/HALL01/record", "/d/NONE00"]  # fmt: skip


@pytest.mark.parametrize("width, height", [(360, 740), (1440, 900)])
def test_every_stop_of_every_public_page_is_seen_and_nothing_is_out_of_reach(browser, bridge, width, height):
    house = bridge
    seat, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Câu của tôi?"), by=seat)
    house.send(do.WriteLine("Kính thưa bà con."), do.WriteLine("Xã sẽ sửa cầu."), by=SECRETARY)
    receipt = house.room.dialogue.questions[3].receipt
    staff = house.staff("lan", "organiser")  # sees the hall screen, and the record before it is public
    wrong = []
    with visitor(browser, house, cookie, staff, viewport={"width": width, "height": height}) as context:
        for path in PAGES:
            page = context.new_page()
            page.goto(path.replace("{receipt}", str(receipt)))
            if page.locator("#live").count():
                page.wait_for_function(LIVE)
            wrong += [f"{path} {one}" for one in Keys(page).round()]
            page.close()
    assert wrong == []
