"""Whoever comes to an evening, each with a browser of their own; what their pages complain of is kept."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests import chromium as debians
from tests.serving import Served

FLAGS = ["--no-sandbox", *debians.FLAGS]
LIVE = "() => document.getElementById('live')?.dataset.live === 'yes'"
PATIENCE = 20_000
"""Milliseconds for anything on a loaded machine; what takes so long on an idle one is too slow, but not wrong."""


class Hall:
    """The people of a test. A console error, an error of a script or a breach of the CSP is a complaint."""

    def __init__(self, chromium: Browser, playwright: Playwright, served: Served) -> None:
        self.served = served
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        """Parts of complaints that belong to the test: a network that is cut is reported by the browser."""
        self._chromium = chromium
        self._phone: dict[str, Any] = playwright.devices["Pixel 7"]
        self._here: dict[str, BrowserContext] = {}

    def phone(self, name: str, **options: Any) -> BrowserContext:
        """Somebody with a telephone set to Vietnamese."""
        return self._enter(name, self._chromium, self._phone | options)

    def desk(self, name: str, browser: Browser | None = None, **options: Any) -> BrowserContext:
        """Somebody at a computer; with a browser of their own if theirs needs other flags."""
        wide = {"viewport": {"width": 1440, "height": 900}}
        return self._enter(name, browser or self._chromium, wide | options)

    def _enter(self, name: str, browser: Browser, options: dict[str, Any]) -> BrowserContext:
        given: dict[str, Any] = {"base_url": self.served.url, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
        given |= {"service_workers": "block"} | options  # the worker has tests of its own, tests/web/test_shell.py
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: self._complain(f"{name}: {error.error}"))
        context.on("console", lambda line: self._complain(f"{name}: {line.text}") if line.type == "error" else None)
        self._here[name] = context
        return context

    def _complain(self, text: str) -> None:
        if not any(part in text for part in self.expected):
            self.complaints.append(text)

    def photograph(self, folder: Path) -> None:
        """What everybody saw at the end, for whoever reads the failure."""
        for name, context in self._here.items():
            for number, page in enumerate(context.pages):
                page.screenshot(path=folder / f"{name}-{number}.png")

    def close(self) -> None:
        for context in self._here.values():
            context.close()


def opened(context: BrowserContext, address: str) -> Page:
    """A live page that has caught up."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(LIVE)
    return page


def shown(page: Page, text: str) -> None:
    """Wait until the page shows the text."""
    page.get_by_text(text).first.wait_for(state="visible")


def pressed(page: Page, name: str) -> None:
    """Press the button of this name; there is exactly one that can be seen."""
    page.get_by_role("button", name=name, exact=True).click()
