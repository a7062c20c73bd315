"""The sum for everybody, live: in short on the phone, with every figure on its own page; and what stays hidden."""

import re

import pytest

from live import commands as do
from live.states import Outcome, RefusalReason
from tests.cast import BY_JUNE, SECRETARY
from tests.web.visits import count, opened, shown, visitor

pytestmark = pytest.mark.browser


def figures(page):
    """Received, and what it is the sum of, as they are read on the page."""
    numbers = [int(text) for text in page.locator("#reckoning dd").all_inner_texts()]
    return numbers[0], numbers[1:]


def test_a_phone_and_the_public_page_follow_the_sum(browser, house):
    hanh, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ sửa cầu?"), by=hanh)
    with visitor(browser, house, cookie) as mine:
        phone = opened(mine, f"/d/{house.code}")
        shown(phone, "Đã nhận 1 câu = 1 đang chờ + 0 đã có kết quả.")
        phone.get_by_role("link", name="Từng con số và lý do").click()
        phone.wait_for_function("() => document.getElementById('live')?.dataset.live === 'yes'")
        other = opened(mine, f"/d/{house.code}")
        house.send(do.Ask("Bao giờ có nước?"), do.Ask("Giá vàng ngày mai?"), by=house.clerk)
        house.send(do.Refuse(3, RefusalReason.OFF_TOPIC, "Câu này ngoài chủ đề."), do.Approve(1), do.CallNext())
        house.send(do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency="Phòng Kinh tế", due=BY_JUNE))
        shown(other, "Đã nhận 3 câu = 1 đang chờ + 2 đã có kết quả.")
        shown(phone, "Không đưa ra vì: ngoài chủ đề 1.")
        phone.locator("#refused", has_text="Câu 3").wait_for()
        phone.locator("#answers", has_text="Chưa có văn bản trả lời").wait_for()
        received, parts = figures(phone)
        assert received == 3 == sum(parts)
        assert "vàng" not in phone.content(), "what was refused is told by its number"
        house.send(do.ReportAnswer(1, "Công văn số 12", "https://eamo.example/12"), by=SECRETARY)
        phone.get_by_role("link", name="eamo.example").wait_for()
        shown(other, "Đã gửi văn bản trả lời")


def test_the_page_needs_no_script_and_adds_up_without_one(browser, house):
    house.send(do.Ask("Bao giờ sửa cầu?"), do.Ask("Bao giờ có nước?"), by=house.clerk)
    house.send(do.Merge(2, into=1))
    with visitor(browser, house, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/reckoning")
        received, parts = figures(page)
        assert received == 2 == sum(parts)
        page.goto(f"/d/{house.code}")
        assert "Đã nhận 2 câu = 1 đang chờ + 1 đã có kết quả." in page.locator(".sums").inner_text()


def test_hidden_supports_are_not_in_the_page_either(browser, house):
    hanh, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    house.send(do.Ask("Bao giờ sửa cầu?"), by=house.clerk)
    house.send(do.Approve(1), do.ShowSupports())
    for number in range(3):
        house.send(do.Support(1), by=house.citizen(f"Người {number}", "xã Ea Mô")[0])
    house.send(do.Support(1), by=hanh)
    with visitor(browser, house, cookie) as context:
        page = opened(context, f"/d/{house.code}")
        page.wait_for_function("() => document.querySelector('[data-tally=\"1\"]').textContent === '4'")
        house.send(do.ShowSupports(on=False))
        count(page, "[data-tally]", 0)
        source = context.request.get(f"/d/{house.code}").text()
        (now,) = re.findall(r'id="now">(.*?)</script>', source)
        assert '"tally": {}' in now
        page.locator("#q-1 button[aria-pressed=true]").wait_for()
