"""Supports that came all at once from new phones: a mark on the card, the facts in its work, for moderators alone."""

import pytest

from live import commands as do
from tests.waiting import until
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}
SAID = "cùng hỏi dồn dập: 6 lượt trong 1 phút từ máy mới vào"


def test_a_moderator_sees_a_burst_and_what_is_behind_it_and_nobody_else_does(browser, house):
    house.send(do.Ask("Bao giờ sửa cầu?"), do.Ask("Giá nước?"), by=house.clerk)
    house.send(do.Approve(1), do.Approve(2), do.ShowSupports())
    citizens = [house.citizen(f"Người {place}", "xã Ea Mô") for place in range(6)]
    for seat, _ in citizens:
        house.send(do.Support(1), by=seat)
    until(lambda: 1 in house.room.bursts.found, "the burst to be seen")
    with visitor(browser, house, house.staff("mau", "moderator"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/moderator")
        page.locator("#q-1", has_text=SAID).wait_for()
        count(page, "[data-word=burst]", 1)
        page.locator("#seek").fill("don dap")
        shown(page, "1 câu khớp")
        house.send(do.Edit(1, "Bao giờ sửa cầu Ea Mô?", 1))
        page.locator("#q-1", has_text="Ea Mô").get_by_text(SAID).wait_for(state="attached")
        page.goto(f"/d/{house.code}/moderator?question=1")
        shown(page, "6 trong 6 lượt cùng hỏi đến từ")
        shown(page, "Không lượt nào bị bỏ")
    with visitor(browser, house, citizens[0][1]) as context:
        page = opened(context, f"/d/{house.code}")
        page.locator("#q-1 [data-tally]", has_text="6").wait_for(state="attached")
        assert "dồn dập" not in page.content()
