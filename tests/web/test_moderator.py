"""The moderator's page in a real browser, against a real server."""

import pytest

from live import commands as do
from live.states import Channel, Outcome, QuestionState
from tests.cast import SECOND_MODERATOR
from tests.waiting import until
from tests.web.cards import DESK, ask, queued, state
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def test_an_evening_is_led_by_the_keyboard_alone(browser, house, cookie):
    ask(house, "Bao giờ sửa cầu?", "Bao giờ có nước?", "Bao giờ có điện?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("j")
        page.keyboard.press("a")
        count(page, "#queue > li", 1)
        page.wait_for_function("() => document.activeElement.id === 'q-2'")
        page.keyboard.press("s")
        count(page, "#approved > li", 1)
        page.keyboard.press("n")
        count(page, "#stage[data-number='1']", 1)
        page.keyboard.press("c")
        count(page, "#stage[data-turn='speaking']", 1)
        page.keyboard.press("v")
        shown(page, "Thời gian trả lời")
        page.keyboard.press("1")
        count(page, "#done > #q-1", 1)
        assert state(house, 1) is QuestionState.ANSWERED
        assert page.locator("[data-counts=review]").first.inner_text() == "1"
        shown(page, "Đã trả lời")


def test_refusing_by_key_offers_a_sentence_for_the_reason(browser, house, cookie):
    ask(house, "Giá vàng ngày mai thế nào?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("r")
        page.get_by_label("Lý do").select_option("off_topic")
        assert "không thuộc chủ đề" in page.get_by_label("Câu người hỏi sẽ đọc").first.input_value()
        page.get_by_role("button", name="Từ chối câu này").click()
        count(page, "#done > #q-1", 1)
        assert "không thuộc chủ đề" in str(house.room.dialogue.questions[1].closing)
        count(page, "dialog[open]", 0)


def test_nothing_moves_under_the_pointer_until_the_news_is_wanted(browser, house, cookie):
    ask(house, "Câu một?", "Câu hai?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-2").hover()
        before = page.locator("#q-2").bounding_box()
        ask(house, "Câu ba?", "Câu bốn?")
        house.send(do.Approve(1), by=SECOND_MODERATOR)
        shown(page, "2 câu mới")
        assert page.locator("#q-3").is_hidden()
        assert page.locator("#q-2").bounding_box() == before
        assert page.locator("#review > [data-ghost]").count() == 1
        assert page.locator("[data-counts=review]").first.inner_text() == "3"
        page.get_by_role("button", name="2 câu mới").click()
        page.locator("#q-3").wait_for(state="visible")
        count(page, "[data-ghost]", 0)


def test_news_comes_at_once_while_nobody_is_in_the_list(browser, house, cookie):
    ask(house, "Câu một?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.mouse.move(1200, 20)
        ask(house, "Câu hai?")
        page.locator("#q-2").wait_for(state="visible")


def test_the_queue_is_ordered_by_keys_and_by_dragging(browser, house, cookie):
    queued(house, 4)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        order = (
            "() => [...document.querySelectorAll('#queue > :not([data-ghost])')].map(one => one.dataset.card).join()"
        )
        page.locator("#q-3").focus()
        page.keyboard.press("Shift+K")
        page.wait_for_function(f"() => ({order})() === '1,3,2,4'")
        page.keyboard.press("t")
        page.wait_for_function(f"() => ({order})() === '3,1,2,4'")
        page.locator("#q-2").drag_to(page.locator("#q-3"), target_position={"x": 60, "y": 2})
        until(lambda: house.room.dialogue.queue == (2, 3, 1, 4), "the server to know the dragged order")
        page.wait_for_function(f"() => ({order})() === '2,3,1,4'")


def test_an_edit_over_somebody_elses_shows_theirs_and_keeps_ones_own(browser, house, cookie):
    ask(house, "Cau hoi goc?")
    house.send(do.Approve(1))  # nobody holds what has been read
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("e")
        page.get_by_label("Nội dung công khai").fill("Bản của tôi?")
        house.send(do.Edit(1, "Bản của người khác?", 1), by=SECOND_MODERATOR)
        page.get_by_role("button", name="Lưu bản sửa").click()
        shown(page, "bản hiện tại là: “Bản của người khác?”")
        assert page.get_by_label("Nội dung công khai").input_value() == "Bản của tôi?"
        page.wait_for_function("() => document.querySelector('dialog [name=revision]').value === '2'")
        page.get_by_role("button", name="Lưu bản sửa").click()
        count(page, "dialog[open]", 0)
        assert str(house.room.dialogue.questions[1].text) == "Bản của tôi?"


def test_a_search_needs_no_marks(browser, house, cookie):
    ask(house, "Đường thôn Đông bao giờ sửa?", "Trạm y tế thiếu thuốc?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.keyboard.press("/")
        page.keyboard.type("duong thon dong")
        page.locator("#q-2").wait_for(state="hidden")
        assert page.locator("#q-1").is_visible()
        shown(page, "1 câu khớp")
        page.keyboard.press("Escape")
        page.locator("#q-2").wait_for(state="visible")


def test_a_desk_shows_forty_questions(browser, house, cookie):
    ask(house, *[f"Câu hỏi số {number} về con đường liên thôn hỏng đã lâu năm?" for number in range(70)])
    house.send(*[do.Approve(number) for number in range(1, 36)])
    with visitor(browser, house, cookie, viewport={"width": 1920, "height": 1080}) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        seen = """() => [...document.querySelectorAll('[data-card]')].filter(card => {
            const box = card.getBoundingClientRect();
            return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
        }).length"""
        assert page.evaluate(seen) >= 40


def test_a_phone_shows_one_part_at_a_time_and_never_scrolls_sideways(browser, house, cookie):
    queued(house, 3)
    ask(house, "Một câu chờ đọc?")
    with visitor(browser, house, cookie, has_touch=True) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        assert page.locator("#q-4").is_visible()
        assert page.locator("#q-1").is_hidden()
        page.get_by_text("Hàng chờ").first.tap()
        page.locator("#q-1").wait_for(state="visible")
        assert page.locator("#q-4").is_hidden()
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_page_after_patches_is_the_page_a_newcomer_gets(browser, house, cookie):
    regions = ["deck", "queue", "approved", "review", "done", "stage-place", "reckoning-place"]
    read = "names => names.map(name => document.getElementById(name).textContent.replace(/\\s+/g, ' '))"
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.mouse.move(1200, 20)
        queued(house, 6)
        house.send(do.CallNext(), do.SetAside(5), do.Place(6, 4), do.Reopen(4), do.Merge(4, 6))
        page.wait_for_function("n => Number(document.getElementById('live').dataset.n) >= n", arg=house.room.n)
        late = opened(context, f"/d/{house.code}/moderator")
        late.mouse.move(1200, 20)
        clean = "names => names.map(name => document.getElementById(name).textContent.replace(/[+-]?\\d+:\\d\\d/g, ''))"
        assert page.evaluate(clean, regions) == late.evaluate(clean, regions)
        assert len(page.evaluate(read, ["queue"])[0]) > 20


def test_everything_works_without_script(browser, house, cookie):
    ask(house, "Câu một?", "Câu hai?")
    with visitor(browser, house, cookie, java_script_enabled=False, **DESK) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/moderator")
        page.locator("#q-1").get_by_role("link", name="Xử lý câu").click()
        page.locator("#work").get_by_role("button", name="Duyệt, xếp hàng").click()
        page.locator("#queue > #q-1").get_by_role("link", name="Xử lý câu").click()
        assert state(house, 1) is QuestionState.QUEUED
        page.get_by_text("Để riêng, không xếp hàng nữa").click()
        page.locator("#work").get_by_role("button", name="Để riêng", exact=True).click()
        page.locator("#approved > #q-1").wait_for()
        assert state(house, 1) is QuestionState.APPROVED
        page.goto(f"/d/{house.code}/moderator?question=2&open=refuse")
        page.get_by_label("Lý do").select_option("insult")
        page.get_by_label("Câu người hỏi sẽ đọc").first.fill("Xin viết lại.")
        page.get_by_role("button", name="Từ chối câu này").click()
        assert page.url.endswith("/moderator")
        assert state(house, 2) is QuestionState.REFUSED


def test_an_outcome_tapped_by_mistake_is_taken_back(browser, house, cookie):
    queued(house, 1)
    house.send(do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator?question=1")
        page.get_by_text("Ghi nhầm, đưa lại hàng chờ").click()
        part = page.locator("#work details[open]")
        part.get_by_label("Lý do").fill("Bấm nhầm câu")
        part.get_by_role("button", name="Đưa lại đầu hàng chờ").click()
        count(page, "#queue > #q-1", 1)
        assert state(house, 1) is QuestionState.QUEUED
        shown(page, "Đã đưa lại hàng chờ câu số 1")
        page.keyboard.press("z")
        count(page, "#done > #q-1", 1)
        assert state(house, 1) is QuestionState.ANSWERED


@pytest.mark.parametrize("ends", ["Lưu bản sửa", "Đóng"])
def test_the_focus_comes_back_to_the_card_whose_work_was_opened(browser, house, cookie, ends):
    ask(house, "Bao giờ sửa cầu?", "Bao gio co nuoc?")
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-2").focus()
        page.keyboard.press("e")
        page.get_by_label("Nội dung công khai").fill("Bao giờ có nước?")
        page.locator("#work-dialog").get_by_text(ends, exact=True).click()
        page.locator("#work-dialog").wait_for(state="hidden")
        page.wait_for_function("() => document.activeElement.id === 'q-2'")
        page.keyboard.press("a")
        count(page, "#queue > #q-2", 1)


@pytest.mark.parametrize("role, kind, name", [("moderator", "button", "Duyệt"), ("clerk", "link", "In giấy hẹn")])
def test_a_button_stays_where_it_is_when_the_press_brings_the_focus(browser, house, role, kind, name):
    """Focus comes with the press and opens the card: what moves away before the finger is lifted is never pressed."""
    text, who = "Giá nước sinh hoạt tăng gấp rưỡi mà nước vẫn đục. " * 8, "Nguyễn Thị Kim Ngọc Minh Họa"
    said = do.Ask(text, "Nước sạch", Channel.PHONE_CALL, who, "xã Ea Mô", reason="Máy bị ngắt giữa chừng")
    house.send(said, by=house.clerk)
    with visitor(browser, house, house.staff("mai", role), **DESK) as context:
        page = opened(context, f"/d/{house.code}/{role}")
        button = page.locator("#q-1").get_by_role(kind, name=name)
        place = "button => button.getBoundingClientRect().top - button.closest('li').getBoundingClientRect().top"
        before = button.evaluate(place)
        page.locator("#q-1").focus()
        assert button.evaluate(place) == before
