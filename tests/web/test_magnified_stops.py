"""Letters of twice the size, or a window at 200 %: no stop is under a bar that sticks to the foot."""

import pytest

from live import commands as do
from live.seats import Audience, Seat
from live.states import Channel
from tests.cast import SECRETARY
from tests.web.keys import by_keys

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
ROLES = ("moderator", "chair", "clerk", "secretary", "agency", "organiser")
LETTERS = "zoom => { document.documentElement.style.fontSize = `${17 * zoom}px` }"


@pytest.fixture
def everybody(house):
    """One who may sit at each desk: their cookie. There are acts and entries of their own, and lines."""
    cookie = house.staff("tatca", *ROLES, agency="Phòng Kinh tế")
    (person,) = house.run(house.parts.people.all_staff())
    at = {audience: Seat(f"staff:{person.id}", audience, person.name) for audience in Audience}
    for n in range(1, 9):
        said = do.Ask(f"Câu thứ {n} hỏi gì?", "Đất đai", Channel.HALL_CARD, name="Bà Sáu", locality="xã Ea Mô")
        house.send(said, by=at[Audience.CLERK])
    house.send(*(do.Approve(n) for n in range(1, 5)), do.CallNext(), by=at[Audience.MODERATOR])
    house.send(*(do.WriteLine(f"Lời thứ {n} của buổi đối thoại này.") for n in range(12)), by=SECRETARY)
    return cookie


@pytest.mark.parametrize("width, height, zoom", [(360, 740, 2), (720, 450, 1)])
def test_every_stop_of_a_magnified_desk_is_seen(browser, house, everybody, width, height, zoom):
    wrong = []
    for desk in ("moderator", "chair", "clerk", "transcript", "agency", "desk"):
        window = {"viewport": {"width": width, "height": height}}
        with by_keys(browser, house, f"/d/{house.code}/{desk}", everybody, **window) as keys:
            keys.page.evaluate(LETTERS, zoom)
            wrong += [f"{desk} {one}" for one in keys.round()]
    assert wrong == []


UNDER = """() => {
  const undo = document.querySelector(".own-act button"), box = undo.getBoundingClientRect();
  const at = (part) => document.elementFromPoint(box.x + part * box.width, box.y + box.height / 2);
  return [0.1, 0.5, 0.9].every((part) => undo.contains(at(part)));
}"""


def test_nothing_lies_over_the_way_back_with_large_letters(browser, house, everybody):
    with by_keys(browser, house, f"/d/{house.code}/moderator", everybody) as keys:
        keys.page.evaluate(LETTERS, 2)
        keys.page.locator(".own-act button").first.scroll_into_view_if_needed()
        assert keys.page.evaluate(UNDER)
