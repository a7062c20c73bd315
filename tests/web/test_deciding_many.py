"""One decision for many from the moderator's page; two who edit the rules; a claim that lasts while somebody works."""

import pytest

from live import commands as do
from live.agreeing import mark
from live.entries import ReviewStarted
from live.reasons import in_lines
from live.states import QuestionState as Q
from tests.cast import SECOND_MODERATOR
from tests.waiting import until
from tests.web.visits import count, opened, shown, visitor, while_it_runs

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def cookie(house):
    return house.staff("mau", "moderator")


def states(house):
    return [question.state for question in house.room.dialogue.questions.values()]


def test_many_are_answered_in_writing_at_once_the_unread_are_approved_first_and_all_is_undone(browser, house, cookie):
    house.send(*(do.Ask(f"Câu {n} hỏi gì?") for n in range(1, 4)), by=house.clerk)
    house.send(do.Approve(2))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for number in (1, 2):
            page.locator(f"#q-{number} .pick").check()
        page.get_by_text("Hẹn văn bản…").click()
        part = page.locator("#bulk details[open]")
        part.get_by_label("Cơ quan trả lời").fill("Sở Xây dựng")
        part.get_by_label("Hạn trả lời").fill("2027-03-12")
        shown(page, "Chưa có tài khoản nào của cơ quan này")
        part.get_by_role("button", name="Hẹn trả lời bằng văn bản").click()
        shown(page, "Xong 2 trong 2 câu.")
        assert states(house) == [Q.WRITTEN_DUE, Q.WRITTEN_DUE, Q.RECEIVED]
        page.get_by_role("button", name="Hoàn tác cả loạt").click()
        until(lambda: states(house) == [Q.RECEIVED, Q.QUEUED, Q.RECEIVED], "all of it to be taken back")


def test_of_many_refused_at_once_those_reworded_meanwhile_are_read_first(browser, house, cookie):
    house.send(*(do.Ask(f"Câu {n} hỏi gì?") for n in range(1, 3)), by=house.clerk)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        for number in (1, 2):
            page.locator(f"#q-{number} .pick").check()
        house.send(do.Edit(2, "Câu 2 hỏi về cầu Ea Mô?", 1), by=SECOND_MODERATOR)
        shown(page, "Câu 2 hỏi về cầu Ea Mô?")
        refuse_picked(page)
        shown(page, "bản hiện tại là: “Câu 2 hỏi về cầu Ea Mô?”")
        assert states(house) == [Q.REFUSED, Q.RECEIVED]
        refuse_picked(page)
        until(lambda: states(house) == [Q.REFUSED, Q.REFUSED], "the second, whose new words are known now")


def refuse_picked(page):
    page.locator("#bulk").get_by_text("Từ chối…").click()
    part = page.locator("#bulk details[open]")
    part.get_by_label("Lý do").select_option("off_topic")
    part.get_by_role("button", name="Từ chối các câu này").click()


def test_two_edit_the_reasons_and_the_second_is_told_and_one_alone_never_is(browser, house, cookie):
    house.send(do.SetReasons("Đã trả lời rồi"))
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.get_by_text("Quy tắc của phiên").click()
        form = page.locator("#reasons-form")
        saved(page, house, "Đã trả lời rồi\nNgoài địa bàn")
        saved(page, house, "Đã trả lời rồi\nNgoài địa bàn\nTrùng")
        house.send(do.SetReasons("Chỉ còn một"), by=SECOND_MODERATOR)
        form.locator("textarea").fill("Của tôi")
        form.get_by_role("button").click()
        shown(page, "bản hiện tại là: “Chỉ còn một”")
        assert [str(words) for words, _ in house.room.dialogue.reasons] == ["Chỉ còn một"]


def saved(page, house, text):
    """Save the reasons, and wait until the form knows of the list that is there."""
    form = page.locator("#reasons-form")
    form.locator("textarea").fill(text)
    form.get_by_role("button").click()
    while_it_runs(page, lambda: in_lines(house.room.dialogue) == text, "the list to be saved")
    was = form.locator("[name=was]")
    while_it_runs(page, lambda: was.input_value() == mark(text), "the form to know of it")


def test_a_claim_lasts_while_somebody_works_and_no_longer(browser, house, cookie):
    house.send(do.Ask("Bao giờ sửa cầu?"), by=house.clerk)
    with visitor(browser, house, cookie, **DESK) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"/d/{house.code}/moderator")
        page.wait_for_function("() => document.getElementById('live')?.dataset.live === 'yes'")
        page.locator("#q-1").focus()
        page.keyboard.press("r")
        while_it_runs(page, lambda: claims(house) == 1, "the claim")
        count(page, "dialog [data-claims]", 0)
        page.locator("#work [name=sentence]").first.fill("Việc này đã có")
        page.clock.run_for(61_000)
        while_it_runs(page, lambda: claims(house) == 2, "the claim to be made anew")
        page.clock.run_for(61_000)
        page.clock.run_for(61_000)
        page.keyboard.press("Escape")
        while_it_runs(page, lambda: states(house) == [Q.RECEIVED], "it to be given back")
        assert claims(house) == 2, "nobody worked at it any more"


def claims(house):
    entries = house.run(house.parts.journal.entries(house.room.stream.id))
    return sum(isinstance(entry.fact, ReviewStarted) for entry in entries)
