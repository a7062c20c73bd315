"""How long a phone on a weak network waits for its first view, and what travels until then.

The phone page of the demo's running dialogue in Chromium, cold cache, over 400 kbit/s with 400 ms before every answer.
Run by path: .venv/bin/python bench/first_view.py
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from bench._house import CODE, House, house
from bench._report import Line, show, spread
from tests.chromium import CHROMIUM, FLAGS

RUNS = 5
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s each way and 400 ms between a request and its first byte (Chromium adds it to each request)."""
FIRST_VIEW, WEIGHT = 3_000, 40.0
"""Targets: milliseconds to the largest paint, and KB on the wire."""
PAINTS = """() => new Promise((told) => {
  const [page] = performance.getEntriesByType("navigation");
  const [first] = performance.getEntriesByName("first-contentful-paint");
  new PerformanceObserver((list) => told({
    first: first.startTime, largest: list.getEntries().at(-1).startTime, ready: page.domContentLoadedEventEnd,
  })).observe({type: "largest-contentful-paint", buffered: true});
})"""


@dataclass(frozen=True, slots=True)
class View:
    """One visit: milliseconds from asking for the page, bytes and requests until it was live."""

    first: float
    largest: float
    ready: float
    live: float
    bytes: float
    requests: int


@contextmanager
def stranger(browser: Browser) -> Iterator[tuple[Page, list[float]]]:
    """A phone that was never here, on the weak network; the list gathers the bytes of each answer."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    travelled: list[float] = []

    def finished(event: dict[str, Any]) -> None:
        travelled.append(event["encodedDataLength"])

    devtools.on("Network.loadingFinished", finished)
    yield page, travelled
    context.close()


def visit(browser: Browser, at: House) -> View:
    with stranger(browser) as (page, travelled):
        page.goto(f"{at.url}/d/{CODE}", timeout=60_000)
        page.wait_for_function("() => document.getElementById('live').dataset.live === 'yes'", timeout=60_000)
        live = page.evaluate("performance.now()")
        seen = page.evaluate(PAINTS)
    return View(**seen, live=live, bytes=sum(travelled), requests=len(travelled))


def main() -> None:
    with house() as at, sync_playwright() as playwright:
        at.get(f"/d/{CODE}")  # the server draws each thing once; that is not the network's doing
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        views = [visit(browser, at) for _ in range(RUNS)]
        browser.close()

    def line(what: str, unit: str, values: list[float], target: float | None = None) -> Line:
        return Line(what, median(values), unit, spread(values), target)

    show(
        f"First view of the phone page over 400 kbit/s and 400 ms, cold, {RUNS} visits, medians",
        [
            line("first contentful paint", "ms", [view.first for view in views], FIRST_VIEW),
            line("largest contentful paint", "ms", [view.largest for view in views], FIRST_VIEW),
            line("document ready", "ms", [view.ready for view in views]),
            line("live: scripts run, socket caught up", "ms", [view.live for view in views]),
            line("on the wire, headers and all", "KB", [view.bytes / 1024 for view in views], WEIGHT),
            line("requests", "", [float(view.requests) for view in views]),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
