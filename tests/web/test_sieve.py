"""Only some of the cards: the moderator chooses which, with script at once and without it on a page of its own."""

import pytest

from live import commands as do
from live.states import Channel, RefusalReason
from live.states import QuestionState as Q
from tests.cast import BY_JUNE, HANH, SECOND_MODERATOR
from tests.waiting import until
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}
VISIBLE = (
    "[...document.querySelectorAll('[data-card]')].filter(one => one.checkVisibility()).map(one => one.dataset.card)"
)
CHOICES = {
    "channel:hall_mic": [2],
    "topic:Đường: cầu": [2, 3],
    "appeal": [4],
    "private": [1],
    "label:cần hỏi xã": [2],
    "agency:Sở Xây dựng": [2, 3],
    "holder:Phan Văn Sơn": [1],
    "old": [],
    "few": [],
    "wanted": [],
    "": [1, 2, 3, 4],
}


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def four(house):
    house.send(
        do.Ask("Gọi tôi theo số 0905 123 456 được không?"),
        do.Ask("Bao giờ sửa cầu?", "Đường: cầu", Channel.HALL_MIC, read_back=True),
        do.Ask("Bao giờ mở đường?", "Đường: cầu"),
        by=house.clerk,
    )
    house.send(do.Ask("Giá vàng ngày mai?"), by=HANH)
    house.send(do.Refuse(4, RefusalReason.OFF_TOPIC, "Câu này ngoài chủ đề."), do.Approve(3))
    house.send(do.Appeal(4, "Xin đọc lại giúp."), by=HANH)
    house.send(do.Label(2, "cần hỏi xã"), do.Assign(2, "Sở Xây dựng", BY_JUNE), do.Assign(3, "Sở Xây dựng", BY_JUNE))
    house.send(do.StartReview(1), by=SECOND_MODERATOR)


def cards(page, wanted):
    page.wait_for_function(f"wanted => {VISIBLE}.map(Number).sort().join() === wanted.join()", arg=wanted)


def test_a_choice_shows_its_cards_at_once_and_what_comes_later_is_sifted_too(browser, house, cookie):
    four(house)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for value, wanted in CHOICES.items():
            page.locator("#sieve").select_option(value)
            cards(page, wanted)
        page.locator("#sieve").press("Escape")
        page.keyboard.press("f")
        page.keyboard.press("End")
        cards(page, [2, 3])
        page.keyboard.press("Enter")
        shown(page, "2 câu khớp")
        house.send(do.Ask("Cầu nào?", "Đường: cầu"), do.Ask("Nước đâu?", "Nước"), by=house.clerk)
        cards(page, [2, 3, 5])
        page.keyboard.press("j")
        page.wait_for_function("() => document.activeElement.id === 'q-2'")
        page.locator("#seek").fill("mo duong")
        cards(page, [3])
        page.locator("#seek").press("Escape")
        page.locator("#sieve").press("Escape")
        cards(page, [1, 2, 3, 4, 5, 6])
        page.locator("#sieve").select_option("topic:Nước")
        page.reload()
        cards(page, [1, 2, 3, 4, 5, 6])


def test_without_script_the_same_list_asks_for_a_page(browser, house, cookie):
    four(house)
    with visitor(browser, house, cookie, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/moderator")
        for value, wanted in CHOICES.items():
            page.locator("#sieve").select_option(value)
            with page.expect_navigation():
                page.locator(".sieve button").click()
            assert [page.locator(f"#q-{number}").is_visible() for number in (1, 2, 4)] == [
                number in wanted for number in (1, 2, 4)
            ], value
            assert page.locator("#sieve").input_value() == value


def test_the_cards_say_how_many_support_a_question_with_those_merged_into_it(browser, house, cookie):
    house.send(do.Ask("Cầu?"), do.Ask("Cầu Ea Mô?"), do.Ask("Giá nước?"), by=house.clerk)
    house.send(do.Approve(1), do.Approve(2), do.Approve(3))
    for number, seat in ((1, HANH), (2, HANH), (2, house.citizen("Y Tuấn Niê", "buôn Krông")[0])):
        house.send(do.Support(number), by=seat)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for number, words in ((1, "1 người cùng hỏi"), (2, "2 người cùng hỏi")):
            page.locator(f"#q-{number}", has_text=words).wait_for(state="attached")
        page.locator("#sieve").select_option("wanted")
        cards(page, [1, 2])
        page.locator("#sieve").press("Escape")
        house.send(do.Merge(2, into=1))
        page.locator("#q-1", has_text="2 người cùng hỏi").wait_for(state="attached")
        house.send(do.Unmerge(2))
        page.locator("#q-1", has_text="1 người cùng hỏi").wait_for(state="attached")


def test_who_has_a_question_open_is_on_its_card_until_it_is_closed(browser, house, cookie):
    house.send(do.Ask("Bao giờ sửa cầu?"), do.Ask("Bao giờ có nước?"), by=house.clerk)
    with (
        visitor(browser, house, cookie, **DESK) as mine,
        visitor(browser, house, house.staff("hai", "moderator"), **DESK) as others,
    ):
        page, other = (opened(one, f"/d/{house.code}/moderator") for one in (mine, others))
        page.locator("#q-1").focus()
        page.keyboard.press("m")
        other.locator("#q-1", has_text="Đang đọc: Mau, giữ đến").wait_for()
        count(page, "dialog [data-claims]", 0)
        page.keyboard.press("Escape")
        count(other, "#review > #q-1[data-state=received]", 1)
        page.locator("#q-1").focus()
        page.keyboard.press("r")
        other.locator("#q-1", has_text="Đang đọc: Mau, giữ đến").wait_for()
        other.locator("#q-1").focus()
        other.keyboard.press("a")
        shown(other, "đang giữ câu này")
        page.get_by_label("Lý do").select_option("off_topic")
        page.get_by_role("button", name="Từ chối câu này").click()
        count(other, "#done > #q-1", 1)
        until(lambda: house.room.dialogue.questions[1].state is Q.REFUSED, "it to stay refused")
