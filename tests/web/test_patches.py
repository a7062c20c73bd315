"""The six verbs of a patch, on a real page; and what must not change under a person's hands."""

import pytest

from tests.web.visits import opened, visitor

pytestmark = pytest.mark.browser

# Playwright's own script is outside the import map, so it looks the address up there.
LOAD = "const at = JSON.parse(document.querySelector('script[type=importmap]').textContent).imports;"
APPLY = (
    f"async patches => {{ {LOAD} "
    """const { apply } = await import(at["live/patch"]);
  try { apply(patches); return "done" } catch (problem) { return problem.constructor.name } }"""
)


@pytest.fixture
def page(browser, house):
    with visitor(browser, house, house.staff("man", "stage")) as context:
        page = opened(context, f"/d/{house.code}/stage")
        page.evaluate(APPLY, [["append", "captions", f'<p id="x-{n}">x{n}</p>'] for n in (1, 2, 3)])
        yield page


def keys(page, region: str = "captions") -> list[str]:
    found: list[str] = page.evaluate("region => [...document.getElementById(region).children].map(x => x.id)", region)
    return found


@pytest.mark.parametrize(
    "patches, after",
    [
        ([["append", "captions", '<li id="x-4">4</li>']], ["x-1", "x-2", "x-3", "x-4"]),
        ([["append", "captions", '<li id="x-1">again</li>']], ["x-2", "x-3", "x-1"]),
        ([["before", "x-1", '<li id="x-3">x3</li>']], ["x-3", "x-1", "x-2"]),
        ([["remove", "x-2"]], ["x-1", "x-3"]),
        ([["remove", "x-9"]], ["x-1", "x-2", "x-3"]),
        ([["move", "x-3", "captions", "x-1"]], ["x-3", "x-1", "x-2"]),
        ([["move", "x-1", "captions", None]], ["x-2", "x-3", "x-1"]),
        ([["move", "x-1", "next", None]], ["x-2", "x-3"]),
        ([["fill", "captions", '<li id="x-2">2</li><li id="x-7">7</li>']], ["x-2", "x-7"]),
        ([["fill", "captions", ""]], []),
    ],
)
def test_each_verb_does_what_it_says(page, patches, after):
    assert page.evaluate(APPLY, patches) == "done"
    assert keys(page) == after


def test_replacing_changes_the_words_and_keeps_the_element(page):
    page.evaluate("() => { window.kept = document.getElementById('x-2') }")
    page.evaluate(APPLY, [["replace", "x-2", '<p id="x-2" data-state="new">changed</p>']])
    assert page.evaluate("() => window.kept === document.getElementById('x-2')")
    assert page.locator("#x-2").inner_text() == "changed"
    assert page.locator("#x-2").get_attribute("data-state") == "new"


@pytest.mark.parametrize(
    "patch", [["replace", "gone", "<li></li>"], ["before", "gone", "<li></li>"], ["move", "x-1", "captions", "gone"]]
)
def test_a_patch_that_does_not_fit_is_said_and_not_guessed(page, patch):
    assert page.evaluate(APPLY, [patch]) == "LookupFailed"


def test_no_script_in_a_patch_ever_runs(page):
    page.evaluate(APPLY, [["append", "captions", '<li id="x-5"><script>window.ran = 1</script></li>']])
    assert page.evaluate("() => window.ran === undefined")


def test_a_half_filled_field_an_open_part_and_an_own_line_stay(page):
    card = '<li id="x-6"><input name="who" value=""><details id="x-6-more"><summary>s</summary></details><b>{}</b></li>'
    page.evaluate(APPLY, [["append", "captions", card.format("old")]])
    page.locator("#x-6 input").fill("Đang gõ")
    page.evaluate("""() => { document.getElementById("x-6-more").open = true;
      document.getElementById("x-6").insertAdjacentHTML("beforeend", "<p data-own>Đang gửi…</p>") }""")
    page.evaluate(APPLY, [["replace", "x-6", card.format("new")]])
    assert page.locator("#x-6 b").inner_text() == "new"
    assert page.locator("#x-6 input").input_value() == "Đang gõ"
    assert page.locator("#x-6 details[open]").count() == 1
    assert page.locator("#x-6 [data-own]").inner_text() == "Đang gửi…"


def test_waiting_before_a_try_is_full_jitter_between_nothing_and_half_a_minute(page):
    pauses = (
        f"async () => {{ {LOAD} "
        """const { pause } = await import(at["lib/backoff"]);
      return [0, 1, 5, 6, 40].map(attempt => [pause(attempt, () => 0), pause(attempt, () => 1)]) }"""
    )
    assert page.evaluate(pauses) == [[0, 500], [0, 1000], [0, 16000], [0, 30000], [0, 30000]]


def test_the_clock_is_written_as_minutes_and_counts_on(page):
    clock = (
        f"async () => {{ {LOAD} "
        """const { written } = await import(at["elements/turn-clock"]);
      return [180, 179.2, 60, 9, 0.4, 0, -0.9, -1, -75].map(written) }"""
    )
    assert page.evaluate(clock) == ["3:00", "3:00", "1:00", "0:09", "0:01", "0:00", "0:00", "+0:01", "+1:15"]
