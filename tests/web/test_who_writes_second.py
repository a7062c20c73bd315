"""Two people at one form, in two browsers: a patch brings the first one's words, and the second is told, not robbed."""

import pytest

from live.commands import SetGlossary
from tests.cast import SECRETARY
from tests.web.visits import opened, shown, visitor, while_it_runs

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK = {"viewport": {"width": 1440, "height": 900}}


def test_a_glossary_that_another_secretary_changed_meanwhile_is_not_overwritten_unknowingly(browser, house):
    house.send(SetGlossary("Ea Mô", 0), by=SECRETARY)
    with visitor(browser, house, house.staff("thuky", "secretary"), **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        page.get_by_text("Từ điển tên riêng").click()
        form = page.locator("#glossary-form")
        form.locator("textarea").fill("Ea Mô\nBa Tơ")
        house.send(SetGlossary("Ea Mô\nKrông Bông", 1), by=SECRETARY)
        page.wait_for_function(f"() => Number(document.getElementById('live').dataset.n) >= {house.room.n}")
        form.get_by_role("button").click()
        shown(page, "Người khác vừa sửa mục này.")
        assert house.room.dialogue.glossary.lines == "Ea Mô\nKrông Bông"
        assert form.locator("textarea").input_value() == "Ea Mô\nBa Tơ", "what was typed is still there"
        revision = form.locator("[name=revision]")
        while_it_runs(page, lambda: revision.input_value() == "2", "the form to know of the other's")
        form.get_by_role("button").click()
        while_it_runs(
            page, lambda: house.room.dialogue.glossary.lines == "Ea Mô\nBa Tơ", "it to be saved over, knowingly"
        )
