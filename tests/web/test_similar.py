"""Similar questions in a real browser: supported instead of sent, and merged from the moderator's dialog."""

import pytest

from live import commands as do
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser

TYPED = "bao gio xa sua cau ea mo"


@pytest.fixture
def bridge(house):
    """Question 1, by somebody else, waits in the queue."""
    tuan, _ = house.citizen("Y Tuấn Niê", "buôn Krông")
    house.send(do.Ask("Cầu Ea Mô hỏng lâu rồi, khi nào xã sửa?"), by=tuan)
    house.send(do.Approve(1))
    return house


def test_a_question_is_supported_instead_of_sent_and_the_words_stay(browser, bridge, hanh):
    with visitor(browser, bridge, hanh[1]) as context:
        page = opened(context, f"/d/{bridge.code}")
        field = page.get_by_label("Câu hỏi", exact=True)
        field.press_sequentially(TYPED)
        offer = page.locator("similar-questions")
        offer.get_by_text("Cầu Ea Mô hỏng lâu rồi").wait_for()
        offer.get_by_role("button", name="Cùng hỏi câu này thay vì gửi").click()
        offer.locator("button[aria-pressed=true]").wait_for()
        page.locator("#q-1 button[aria-pressed=true]").wait_for()
        assert bridge.run(bridge.room.supported_by(hanh[0].id)) == {1}
        page.reload()
        page.wait_for_function("typed => document.getElementById('ask-text').value === typed", arg=TYPED)
        assert len(bridge.room.dialogue.questions) == 1


def test_the_offer_goes_with_the_words_and_never_moves_the_button_to_send(browser, bridge, hanh):
    with visitor(browser, bridge, hanh[1]) as context:
        page = opened(context, f"/d/{bridge.code}")
        page.get_by_label("Câu hỏi", exact=True).fill(TYPED)
        send = page.get_by_role("button", name="Gửi câu hỏi")
        before = send.bounding_box()
        page.locator("similar-questions li").wait_for()
        assert send.bounding_box() == before
        send.click()
        shown(page, "Đã ghi vào sổ của phiên, số 2.")
        count(page, "similar-questions li", 0)


def test_few_words_or_no_network_offer_nothing_and_hinder_nothing(browser, bridge, hanh):
    with visitor(browser, bridge, hanh[1]) as context:
        page = opened(context, f"/d/{bridge.code}")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/similar" in request.url else None)
        field = page.get_by_label("Câu hỏi", exact=True)
        field.fill("sửa cầu")
        context.set_offline(True)
        with page.expect_request(lambda request: "/similar" in request.url):
            field.fill(TYPED)
        count(page, "similar-questions li", 0)
        context.set_offline(False)
        page.get_by_role("button", name="Gửi câu hỏi").click()
        shown(page, "Đã ghi vào sổ của phiên, số 2.")
        assert len(asked) == 1


def test_a_moderator_merges_a_likely_duplicate_by_one_touch(browser, bridge):
    bridge.send(do.Ask("Bao giờ xã sửa cầu Ea Mô?"), by=bridge.clerk)
    with visitor(browser, bridge, bridge.staff("lan", "moderator"), viewport={"width": 1440, "height": 900}) as context:
        page = opened(context, f"/d/{bridge.code}/moderator")
        page.locator("#q-2").get_by_role("link", name="Thêm…").click()
        page.get_by_role("button", name="Gộp vào câu số 1").click()
        page.locator("#done #q-2").wait_for()
        assert bridge.room.dialogue.questions[2].merged_into == 1
