"""Where the focus is after a patch: at the same thing, in its row, beside it, or at the part of the page it was in."""

import pytest

from tests.web.test_patches import APPLY
from tests.web.visits import opened, visitor

pytestmark = pytest.mark.browser

ROW = '<li id="x-{0}"><button>một {0}</button> <button>hai {0}</button></li>'
AT = """() => {
  const at = document.activeElement;
  return at.matches("aside, body") ? at.tagName : at.id || at.textContent.trim();
}"""


@pytest.fixture
def page(browser, house):
    with visitor(browser, house, house.staff("man", "stage"), viewport={"width": 1280, "height": 720}) as context:
        page = opened(context, f"/d/{house.code}/stage")
        page.evaluate(APPLY, [["append", "next", ROW.format(n)] for n in (1, 2, 3)])
        page.locator("#x-2 button").last.focus()
        yield page


@pytest.mark.parametrize(
    "patch, at",
    [
        (["replace", "x-2", ROW.format(2)], "hai 2"),
        (["replace", "x-2", ROW.format(2).replace("hai 2", "đã xong")], "đã xong"),
        (["replace", "x-2", '<li id="x-2"><p>đã xong</p></li>'], "x-2"),
        (["move", "x-2", "next", None], "hai 2"),
        (["before", "x-1", ROW.format(2)], "hai 2"),
        (["remove", "x-2"], "x-3"),
        (["remove", "x-3"], "hai 2"),
        (["fill", "next", ROW.format(1)], "x-1"),
        (["fill", "next", ""], "ASIDE"),
    ],
)
def test_a_patch_leaves_the_focus_where_it_was_or_as_near_as_can_be(page, patch, at):
    page.evaluate(APPLY, [patch])
    assert page.evaluate(AT) == at


def test_what_was_given_the_focus_keeps_it_through_the_next_patch(page):
    page.evaluate(APPLY, [["remove", "x-2"]])
    page.evaluate(APPLY, [["replace", "x-3", ROW.format(3)]])
    assert page.evaluate(AT) == "x-3"


def test_nobody_is_moved_who_was_nowhere(page):
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate(APPLY, [["remove", "x-2"], ["fill", "next", ""]])
    assert page.evaluate(AT) == "BODY"
