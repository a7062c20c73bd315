"""A phone in a rehearsal, in a real browser: it asks, is marked, and is an ordinary phone again when it is over."""

import pytest

from live import commands as do
from live.states import DialogueState
from tests.waiting import until
from tests.web.test_photos import DRAWN, choose
from tests.web.visits import count, opened, shown, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEPT = "Object.keys(localStorage).filter((name) => name.includes('rehearsal'))"
WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def link(browser, house):
    """What the organiser shows to two colleagues."""
    house.send(do.MoveDialogue(DialogueState.READY, "Mở nhầm"), do.MoveDialogue(DialogueState.REHEARSAL))
    with visitor(browser, house, house.staff("chau", "organiser"), **WIDE) as desk:
        page = desk.new_page()
        page.goto(f"/d/{house.code}/desk")
        page.locator("#rehearsal svg").wait_for()
        return page.locator("#rehearsal a").get_attribute("href")


def test_it_asks_and_follows_its_question_and_ends_with_the_rehearsal(browser, house, link):
    with visitor(browser, house, house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]) as phone:
        page = opened(phone, link)
        shown(page, "Trang này chỉ để diễn tập")
        page.get_by_label("Câu hỏi", exact=True).fill("Câu thử thứ nhất?")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.locator("#mine .badge", has_text="Diễn tập").wait_for()
        house.send(do.Approve(1))
        shown(page, "Đã duyệt, đứng thứ 1 trong hàng chờ.")
        page.get_by_label("Câu hỏi", exact=True).fill("Đang viết dở")
        house.send(do.MoveDialogue(DialogueState.READY))
        page.wait_for_url(f"**/d/{house.code}")
        count(page, "#mine > li", 0)
        assert page.get_by_label("Câu hỏi", exact=True).input_value() == "", "no draft for the evening"
        page.get_by_label("Câu hỏi", exact=True).fill("Câu thật?")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        until(lambda: house.room.dialogue.questions, "the real question")
    assert [(str(one.text), str(one.name)) for one in house.room.dialogue.questions.values()] == [
        ("Câu thật?", "Trần Thị Hạnh")
    ]


def test_what_could_not_be_sent_in_the_rehearsal_is_sent_by_no_later_page(browser, house, link):
    with visitor(browser, house, house.citizen("Trần Thị Hạnh", "xã Ea Mô")[1]) as phone:
        page = phone.new_page()
        page.route("**/do/**", lambda route: route.abort())
        page.route_web_socket("**/live**", lambda socket: socket.close(code=4000))
        page.goto(link)
        page.get_by_label("Câu hỏi", exact=True).fill("Câu thử không có mạng")
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('outbox:'))")
        house.send(do.MoveDialogue(DialogueState.READY))
        page.close()
        later = opened(phone, f"/d/{house.code}")
        later.get_by_label("Câu hỏi", exact=True).fill("Câu thật?")
        later.get_by_role("button", name="Gửi câu hỏi").click()
        shown(later, "Đã nhận, số 1.")
        assert later.evaluate(KEPT) == []
    assert [str(one.text) for one in house.room.dialogue.questions.values()] == ["Câu thật?"]


def test_photo_and_support_go_their_way_and_the_phone_keeps_nothing_of_them(browser, house, link):
    with visitor(browser, house) as phone, visitor(browser, house) as other:
        page = opened(phone, link)
        page.get_by_label("Câu hỏi", exact=True).fill("Câu thử có ảnh?")
        choose(page)
        page.locator(".ask .photo-field__seen").wait_for()
        page.get_by_role("button", name="Gửi câu hỏi").click()
        page.wait_for_function(DRAWN, arg="#mine-1 .photo img")
        house.send(do.Approve(1))
        neighbour = opened(other, link)
        neighbour.locator("#q-1 support-button button").click()
        neighbour.locator("#q-1 support-button button[aria-pressed=true]").wait_for()
        until(lambda: house.room.tally == {1: 1}, "the support of the other phone")
        unsent = f"photo:{house.code}-rehearsal:an-op"
        page.evaluate("name => localStorage.setItem(name, JSON.stringify({ data: 'data:,', number: 0 }))", unsent)
        assert unsent in page.evaluate(KEPT)
        house.send(do.MoveDialogue(DialogueState.READY))
        page.wait_for_url(f"**/d/{house.code}")
        page.wait_for_function(f"() => !{KEPT}.length")
    until(lambda: house.room.tally == {}, "the counts without it")
    assert not house.room.dialogue.questions
