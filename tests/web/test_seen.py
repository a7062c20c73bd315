"""What has been on a phone's screen is counted, and the moderator sees what few have seen and what waits longest."""

from datetime import timedelta

import pytest

from live import commands as do
from tests.web.visits import count, opened, shown, visitor, while_it_runs

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}


def queued(house, number):
    house.send(*[do.Ask(f"Câu {n} hỏi về con đường vào buôn?") for n in range(1, number + 1)], by=house.clerk)
    house.send(*[do.Approve(n) for n in range(1, number + 1)])


def test_a_phone_tells_what_has_been_on_its_screen_and_not_what_lies_below(browser, house):
    queued(house, 30)
    with visitor(browser, house) as context:
        context.clock.install()
        page = opened(context, f"/d/{house.code}")
        page.evaluate("document.getElementById('next').scrollIntoView()")
        page.locator("#q-1:visible").wait_for()

        def told():
            context.clock.run_for(9_000)
            return 1 in house.room.seen.counts

        while_it_runs(page, told, "the phone to say what it showed")
        assert 30 not in house.room.seen.counts
        assert set(house.room.seen.counts.values()) == {1}


def test_the_moderator_sees_which_questions_few_have_seen_and_finds_them(browser, house):
    queued(house, 3)
    for _ in range(12):
        house.run(counted(house, [1, 2]))
    house.run(counted(house, [3]))
    with visitor(browser, house, house.staff("mau", "moderator"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-3", has_text="ít người thấy: 1 máy").wait_for()
        count(page, "[data-word=hint]", 1)
        page.locator("#seek").fill("it nguoi thay")
        shown(page, "1 câu khớp")
        house.send(do.Edit(3, "Câu 3 hỏi về con đường ra rẫy?", 1))
        page.locator("#q-3", has_text="ra rẫy").get_by_text("ít người thấy: 1 máy").wait_for(state="attached")


async def counted(house, numbers):
    house.room.seen.add(numbers, 0)


def test_the_oldest_unread_question_says_how_long_it_has_waited(browser, house):
    house.send(do.Ask("Câu đầu?"), do.Ask("Câu sau?"), by=house.clerk)
    asked = house.room.dialogue.questions[1].asked_at
    with visitor(browser, house, house.staff("mau", "moderator"), **DESK) as context:
        context.clock.install(time=asked + timedelta(minutes=7, seconds=5))
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#review > #q-1", has_text="chờ lâu nhất: 7 phút").wait_for()
        count(page, "[data-word=hint]", 1)
