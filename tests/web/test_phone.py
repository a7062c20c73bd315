"""The phone page in a real browser, against a real server."""

import pytest

from live import commands as do
from live.states import DialogueState, Outcome, Part, Role
from tests.cast import SECRETARY
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def tuan(house):
    return house.citizen("Y Tuấn Niê", "buôn Krông")


def test_a_question_gets_a_number_and_its_whole_way_is_seen_without_a_reload(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = opened(context, f"/d/{house.code}")
        page.get_by_label("Câu hỏi", exact=True).fill("Bao giờ sửa cầu Ea Mô?")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        shown(page, "Đã ghi vào sổ của phiên, số 1. Phiếu nhận")
        shown(page, "Đang chờ người kiểm duyệt đọc.")
        assert page.get_by_label("Câu hỏi", exact=True).input_value() == ""
        assert page.get_by_role("link", name="Câu của tôi").inner_text().split()[-1] == "1"
        house.send(do.Approve(1))
        shown(page, "Đã duyệt, đứng thứ 1 trong hàng chờ.")
        house.send(do.CallNext(), do.StartClock(Part.ASKING))
        shown(page, "Đang được trả lời.")
        page.locator("#stage", has_text="Bao giờ sửa cầu").wait_for()
        page.wait_for_function("() => document.querySelector('turn-clock [data-face]').textContent.startsWith('2:5')")


def test_the_page_after_patches_is_the_page_a_newcomer_gets(browser, house, hanh, tuan):
    regions = ["banner-place", "stage-place", "captions", "next", "queue", "done"]
    read = "names => names.map(name => document.getElementById(name).textContent.replace(/\\s+/g, ' '))"
    with visitor(browser, house, hanh[1]) as context:
        page = opened(context, f"/d/{house.code}")
        house.send(*[do.Ask(f"Câu thứ {number}?") for number in range(8)], by=house.clerk)
        house.send(*[do.Approve(number) for number in range(1, 8)], do.Place(7, 3), do.CallNext())
        house.send(do.GiveOutcome(1, Outcome.ANSWERED), do.SetAside(5), do.MoveDialogue(DialogueState.PAUSED))
        house.send(*[do.WriteLine(f"Lời thứ {number}", Role.CHAIR) for number in range(9)], by=SECRETARY)
        page.wait_for_function("n => Number(document.getElementById('live').dataset.n) >= n", arg=house.room.n)
        late = opened(context, f"/d/{house.code}")
        assert page.evaluate(read, regions) == late.evaluate(read, regions)
        assert len(page.evaluate(read, ["queue"])[0]) > 20


def test_typed_words_focus_and_opened_parts_survive_patches(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        house.send(do.Ask("Câu của chính tôi?"), by=hanh[0])
        page = opened(context, f"/d/{house.code}")
        page.locator("#mine-1-withdraw summary").click()
        text = page.get_by_label("Câu hỏi", exact=True)
        text.fill("Đang viết dở")
        house.send(do.StartReview(1))
        shown(page, "Người kiểm duyệt đang đọc câu này.")
        assert text.input_value() == "Đang viết dở"
        assert page.evaluate("() => document.activeElement.name") == "text"
        assert page.get_by_role("button", name="Rút câu số 1").is_visible()


def test_a_draft_survives_a_reload(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = opened(context, f"/d/{house.code}")
        page.get_by_label("Câu hỏi", exact=True).fill("Viết dở rồi hết pin")
        page.reload()
        page.wait_for_function("() => document.getElementById('ask-text').value === 'Viết dở rồi hết pin'")
        assert page.locator("#ask-left").inner_text() == "Còn 481 ký tự"


def test_support_is_set_and_taken_back_and_counted_for_all(browser, house, hanh, tuan):
    house.send(do.Ask("Bao giờ sửa cầu?"), by=tuan[0])
    house.send(do.Approve(1), do.ShowSupports())
    with visitor(browser, house, hanh[1]) as mine, visitor(browser, house, tuan[1]) as other:
        page, watching = opened(mine, f"/d/{house.code}"), opened(other, f"/d/{house.code}")
        page.locator("#q-1 button[aria-pressed=false]").click()
        page.locator("#q-1 button[aria-pressed=true]").wait_for()
        watching.wait_for_function("() => document.querySelector('[data-tally=\"1\"]').textContent === '1'")
        page.reload()
        page.locator("#q-1 button[aria-pressed=true]").click()
        page.locator("#q-1 button[aria-pressed=false]").wait_for()
        watching.wait_for_function("() => document.querySelector('[data-tally=\"1\"]').textContent === '0'")


def test_a_withdrawal_asks_first_and_then_says_so(browser, house, hanh):
    house.send(do.Ask("Xin rút lại được không?"), by=hanh[0])
    with visitor(browser, house, hanh[1]) as context:
        page = opened(context, f"/d/{house.code}")
        assert not page.get_by_role("button", name="Rút câu số 1").is_visible()
        page.locator("#mine-1-withdraw summary").click()
        page.get_by_role("button", name="Rút câu số 1").click()
        shown(page, "Đã rút theo ý người hỏi.")
        count(page, "#mine-1-withdraw", 0)


def test_a_refusal_stands_beside_the_form_and_the_text_stays(browser, house, hanh):
    with visitor(browser, house, hanh[1]) as context:
        page = opened(context, f"/d/{house.code}")
        page.get_by_label("Câu hỏi", exact=True).fill("dài " * 200)
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.locator(".form__said[data-said=refused]").wait_for()
        assert len(page.get_by_label("Câu hỏi", exact=True).input_value()) == 800
        assert "Quá" in page.locator("#ask-left").inner_text()


def test_everything_works_without_script(browser, house, hanh):
    with visitor(browser, house, hanh[1], java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}")
        page.get_by_label("Câu hỏi", exact=True).fill("Điện thoại cũ có hỏi được không?")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        assert "/r/" in page.url
        shown(page, "Đã nhận, số 1. Đang chờ người kiểm duyệt đọc.")
        page.get_by_role("link", name="Kiểm tra").click()
        shown(page, "chữ ký của sổ khớp")
        page.locator("summary", has_text="Rút câu hỏi này").click()
        page.get_by_role("button", name="Rút câu số 1").click()
        shown(page, "Đã rút theo ý người hỏi.")


def test_who_has_not_joined_is_led_to_join(browser, house):
    with visitor(browser, house) as context:
        page = opened(context, f"/d/{house.code}")
        assert page.get_by_role("link", name="Đặt câu hỏi").get_attribute("href") == f"/d/{house.code}/join"
        assert page.locator("#ask form").count() == 0


def test_nobody_is_invited_to_ask_the_own_question_too(browser, house, hanh, tuan):
    house.send(do.Ask("Bao giờ sửa cầu?"), by=hanh[0])
    house.send(do.Approve(1))
    with visitor(browser, house, hanh[1]) as asking, visitor(browser, house, tuan[1]) as looking:
        own, other = (opened(one, f"/d/{house.code}").locator("support-button").first for one in (asking, looking))
        other.get_by_role("button").wait_for()
        own.wait_for(state="hidden")
