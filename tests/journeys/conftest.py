"""A browser, a running house and its visitors. The browser lives for one file: beside it no event loop could run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.chromium import CHROMIUM
from tests.journeys.hall import FLAGS, Hall
from tests.serving import Served

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path / "house") as served:
        yield served


@pytest.fixture
def hall(chromium: Browser, playwright: Playwright, served: Served, tmp_path: Path, request) -> Iterator[Hall]:
    hall = Hall(chromium, playwright, served)
    yield hall
    if request.node.stash.get(FAILED, False):
        hall.photograph(tmp_path)
    hall.close()
    assert hall.complaints == []
