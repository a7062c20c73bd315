"""Browsers and the house they visit. Playwright's own event loop must not meet another: these tests are not async.

So a browser lives for one file: the next file of the same worker may be async, or have a browser of its own.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from live.seats import Seat
from tests.chromium import CHROMIUM, FLAGS
from tests.web.house import House
from tests.web.visits import visitor


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def house(tmp_path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
def hanh(house) -> tuple[Seat, dict[str, str]]:
    """A citizen who has joined and lets her name be read: her seat, and the cookie of her phone."""
    seated: tuple[Seat, dict[str, str]] = house.citizen("Trần Thị Hạnh", "xã Ea Mô", publish_name=True)
    return seated


@pytest.fixture
def phone(browser, house, hanh) -> Iterator[BrowserContext]:
    """Her browser."""
    with visitor(browser, house, hanh[1]) as context:
        yield context
