"""How a moderator's page bears 400 waiting questions: its size, and how long each incoming change keeps it busy.

    python bench/moderator.py [--questions 400] [--changes 40]

A real server, a real Chromium at 1440x900. A change is another moderator's act or a new question, in turns; its cost is
the time from the frame's arrival to the next frame painted, and the long tasks (over 50 ms) meanwhile. As with INP, the
figure that counts is the one that 98 of 100 changes do not exceed.
"""

import argparse
import gzip
import logging
import sys
import tempfile
from pathlib import Path

import structlog
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import Line, share, show
from live import commands as do
from tests.cast import SECOND_MODERATOR
from tests.chromium import CHROMIUM
from tests.web.house import House
from tests.web.visits import let_in

HEAVIEST, LONGEST = 300, 100
"""Targets: KB of the page unpacked, milliseconds of a change."""
TEXT = "Bao giờ xã sửa cầu Ea Mô, mùa mưa năm nào học sinh cũng phải nghỉ học mấy tuần liền, xin cho biết kế hoạch?"
WATCH = """() => {
  window.spent = []; window.long = [];
  const told = (list) => list.getEntries().forEach((one) => long.push(one.duration));
  new PerformanceObserver(told).observe({type: "longtask"});
  document.addEventListener("live:patched", () => {
    const from = window.came ?? performance.now();
    requestAnimationFrame(() => setTimeout(() => spent.push(performance.now() - from)));
  });
}"""
STAMP = """
  const add = WebSocket.prototype.addEventListener;
  WebSocket.prototype.addEventListener = function (kind, heard, ...rest) {
    if (kind !== "message") return add.call(this, kind, heard, ...rest);
    return add.call(this, kind, (event) => { window.came = performance.now(); heard.call(this, event); }, ...rest);
  };
"""


def filled(house: House, questions: int) -> None:
    """Half to be read, most of the rest queued, some set aside."""
    house.send(*(do.Ask(f"{number}. {TEXT}", name="Y Tuấn Niê") for number in range(questions)), by=house.clerk)
    house.send(*(do.Approve(number, queue=number % 5 > 0) for number in range(1, questions // 2)))


def change(house: House, turn: int, questions: int) -> None:
    """What another moderator or an asker does, in turns."""
    queue = house.room.dialogue.queue
    command: do.Command = [
        do.Label(queue[turn % len(queue)], f"nhãn {turn}"),
        do.Place(queue[-1 - turn % 5], before=queue[3]),
        do.Approve(questions - turn),
        do.StartReview(questions - 50 - turn),
        do.Ask(f"Câu mới {turn}. {TEXT}", name="H'Ren Niê"),
    ][turn % 5]
    house.send(command, by=house.clerk if isinstance(command, do.Ask) else SECOND_MODERATOR)


def costs(page: Page, house: House, changes: int, questions: int) -> list[float]:
    for turn in range(changes):
        change(house, turn, questions)
        page.wait_for_function("count => spent.length > count", arg=turn)
        page.wait_for_timeout(60)
    found: list[float] = page.evaluate("spent")
    return found


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--questions", type=int, default=400)
    given.add_argument("--changes", type=int, default=40)
    asked = given.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    house = House(Path(tempfile.mkdtemp()))
    cookie = house.staff("mau", "moderator")
    filled(house, asked.questions)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu"])
        context = chromium.new_context(base_url=house.url, viewport={"width": 1440, "height": 900})
        let_in(context, cookie)
        page = context.new_page()
        page.add_init_script(STAMP)
        answer = page.goto(f"/d/{house.code}/moderator")
        assert answer is not None, "a page was asked for"
        html = answer.body()
        page.wait_for_selector("[data-live=yes]")
        page.evaluate(WATCH)
        page.wait_for_timeout(1_000)
        spent = costs(page, house, asked.changes, asked.questions)
        long: list[float] = page.evaluate("long")
        elements: int = page.evaluate("document.querySelectorAll('*').length")
        page.locator(f"#q-{asked.questions}").scroll_into_view_if_needed()
        chromium.close()
    house.close()
    told(asked.questions, html, elements, spent, long)


def told(questions: int, html: bytes, elements: int, spent: list[float], long: list[float]) -> None:
    around = f"{share(spent, 50):.0f} to {max(spent):.0f}"
    show(
        f"A moderator's page with {questions} waiting questions, {len(spent)} changes",
        [
            Line("page, unpacked", len(html) / 1000, "KB", "", HEAVIEST),
            Line("page, gzip", len(gzip.compress(html, 6)) / 1000, "KB", ""),
            Line("elements", elements, "", ""),
            Line("change to painted, 98 of 100", share(spent, 98), "ms", around, LONGEST),
            Line("longest task meanwhile", max(long, default=0.0), "ms", f"{len(long)} over 50 ms"),
        ],
        "spread: median to worst",
    )


if __name__ == "__main__":
    main()
