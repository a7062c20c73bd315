"""What browser tests do on a page, and what they look for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.waiting import until
from tests.web.house import House

LIVE = "() => document.getElementById('live')?.dataset.live === 'yes'"


@contextmanager
def visitor(browser: Browser, house: House, *cookies: dict[str, str], **options: Any) -> Iterator[BrowserContext]:
    """A browser of somebody's own, the size of a cheap phone; complaints of the page fail the test.

    Without the worker, which test_shell.py and test_shell_limits.py ask for: what it fetches goes past `page.route`.
    """
    given: dict[str, Any] = {
        "viewport": {"width": 360, "height": 740},
        "service_workers": "block",
        "base_url": house.url,
    }
    context = browser.new_context(**(given | options))
    let_in(context, *cookies)
    context.set_default_timeout(8_000)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield context
    context.close()
    assert not complaints, complaints


def let_in(context: BrowserContext, *cookies: dict[str, str]) -> None:
    """With the cookies of somebody who has joined, or signed in."""
    context.add_cookies([{"name": one["name"], "value": one["value"], "url": one["url"]} for one in cookies])


def opened(context: BrowserContext, path: str) -> Page:
    """A live page that has caught up."""
    page = context.new_page()
    page.goto(path)
    page.wait_for_function(LIVE)
    return page


def shown(page: Page, text: str) -> None:
    """Wait until the page shows the text."""
    page.get_by_text(text).first.wait_for(state="visible")


def count(page: Page, selector: str, number: int) -> None:
    """Wait until so many elements are there."""
    as_many = "([selector, number]) => document.querySelectorAll(selector).length === number"
    page.wait_for_function(as_many, arg=[selector, number])


def while_it_runs(page: Page, true_now: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Like `until`, but Playwright's routes go on meanwhile: they run only inside its own calls."""
    until(lambda: page.evaluate("1") and true_now(), what, seconds)
