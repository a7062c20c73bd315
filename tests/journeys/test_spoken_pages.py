"""Every page by ear: what can be pressed or filled in has a name, and no two things have the same one.

Headings go down by one, the parts of a page have names of their own, and no change interrupts whoever listens.
"""

import pytest

from tests.journeys.for_everybody import STAFF, demo, visitors
from tests.journeys.hall import LIVE
from tests.journeys.spoken import Spoken, faults, spoken
from tests.journeys.test_axe import ADDRESSES

__all__ = ["demo", "visitors"]  # fixtures, found by their names
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

SHUT = """() => [...document.querySelectorAll("details:not([open]):not(details details)")]
  .map((one, at) => (one.dataset.at = at))"""
"""Marks every part that can be opened; the answer is their numbers."""
SWITCH = "([at, open]) => { document.querySelector(`details[data-at='${at}']`).open = open }"


@pytest.mark.parametrize("who, address", [(who, address) for who, _, address in ADDRESSES])
def test_a_page_is_understood_by_ear(visitors, who, address):
    _, windows, receipt = visitors
    page = windows[who].new_page()
    try:
        page.goto(address.replace("{receipt}", receipt))
        if page.locator("#live").count():
            page.wait_for_function(LIVE)
        assert faults(spoken(page)) == []
    finally:
        page.close()


OPENING = [
    "/d/DEMO/moderator",
    "/d/DEMO/chair",
    "/d/DEMO/clerk",
    "/d/DEMO/agency",
    "/d/DEMO/transcript",
    "/d/DEMO/sound",
]


@pytest.mark.parametrize("address", OPENING)
def test_what_is_opened_on_a_desk_is_understood_by_ear(visitors, address):
    """One part at a time: its fields are heard right after the line that opened it."""
    _, windows, _ = visitors
    page = windows[STAFF].new_page()
    try:
        page.goto(address)
        if page.locator("#live").count():
            page.wait_for_function(LIVE)
        for part in page.evaluate(SHUT)[:12]:
            page.evaluate(SWITCH, [part, True])
            assert faults(spoken(page)) == [], part
            page.evaluate(SWITCH, [part, False])
    finally:
        page.close()


def test_the_work_of_every_card_is_opened_by_ear(visitors):
    """Its buttons come only to the card that is in use; the link is read out on each."""
    _, windows, _ = visitors
    page = windows[STAFF].new_page()
    try:
        page.goto("/d/DEMO/moderator")
        page.wait_for_function(LIVE)
        cards = page.locator("[data-card]").count()
        links = [part.name for part in spoken(page) if part.role == "link" and part.name.startswith("Xử lý câu ")]
        assert cards == len(set(links)) > 30
        page.get_by_role("link", name=links[-1]).press("Enter")
        page.locator("#work-dialog[open]").wait_for()
    finally:
        page.close()


def one(role: str, name: str, *, level: int = 0, link: str = "", live: str = "") -> Spoken:
    return Spoken(role, name, role in {"button", "link"}, level, link, live)


SOUND = [one("main", "Kiểm duyệt"), one("heading", "Kiểm duyệt", level=1)]


@pytest.mark.parametrize(
    "more, fault",
    [
        ([one("button", "")], "a button without a name"),
        ([one("button", "Duyệt"), one("button", "Duyệt")], "2 times button 'Duyệt'"),
        ([one("link", "Xem", link="/a"), one("link", "Xem", link="/b")], "2 times link 'Xem'"),
        ([one("heading", "Hàng chờ", level=3)], "a heading of level 3 below one of 1"),
        ([one("heading", "Khác", level=1)], "2 headings of the first level"),
        ([one("main", "Khác")], "2 main parts"),
        ([one("region", "")], "a region without a name"),
        ([one("log", "Lời nhắn", live="assertive")], "log 'Lời nhắn' interrupts whoever listens"),
        ([one("button", "Duyệt câu số 1"), one("button", "Duyệt câu số 2"), one("link", "a"), one("link", "a")], None),
    ],
)
def test_each_fault_is_told(more, fault):
    assert faults([*SOUND, *more]) == ([fault] if fault else [])
