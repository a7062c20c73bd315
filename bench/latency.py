"""From a phone's send to the moderator's page, and from a call to the hall screen, with 200 phones connected.

The server has one core, everything that asks and looks has the other. Each sample counts from when it was due, not
from when a busy client got round to it, and ends when the page's own DOM has changed (MutationObserver).
Run by path: .venv/bin/python bench/latency.py
"""

import asyncio
import os
import re
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.async_api import Browser, Page, async_playwright

from bench._cores import TOO_BUSY, busy
from bench._crowd import Socket
from bench._house import CODE, House, house, prepared
from bench._report import Line, share, show
from tests.chromium import CHROMIUM, FLAGS

PHONES = 200
SAMPLES = 120
PERIOD = 0.7
"""Seconds from one question to the next; in between, the one on the stage is settled and the next one is called."""
TARGET, TARGET_TAIL = 60.0, 250.0
"""Milliseconds: median and 99th percentile."""
WATCH = """() => {
  window.seen = {};
  const note = (key, at) => { window.seen[key] ??= at; };
  const look = (records) => {
    const at = performance.timeOrigin + performance.now();
    for (const { addedNodes } of records)
      for (const node of addedNodes)
        for (const [, number] of node.textContent.matchAll(/câu đo số (\\d+)/g)) note(number, at);
    const stage = document.querySelector(".hall #stage-place [data-number]")?.dataset.number;
    if (stage) note(`stage ${stage}`, at);
  };
  new MutationObserver(look).observe(document.body,
    { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-number"] });
  return Date.now() - performance.timeOrigin - performance.now();
}"""
Times = dict[str, float]
_ON_STAGE = re.compile(r'class=\\"now[^>]*data-number=\\"(\d+)')


class Evening:
    """Everybody who takes part, when each thing was due, and when it was first seen on which socket.

    A seat may command twenty times in ten seconds, so that approving, settling and calling have a seat each.
    Keys: "17" for a question of ours, "stage 34" for the question that was called.
    """

    phones: list[Socket]
    desk: Socket
    chair: Socket
    caller: Socket
    hall: Socket

    def __init__(self, on_stage: int) -> None:
        self.on_stage = on_stage
        self.asked: Times = {}
        self.called: Times = {}
        self.moderator_frames: Times = {}
        self.stage_frames: Times = {}
        self.last_phone: Times = {}
        self._shown = asyncio.Event()

    async def come(self, at: House, citizens: list[str], staff: dict[str, str]) -> None:
        self.phones = [await Socket.open(at, "phone", cookie, self._phone_saw) for cookie in citizens]
        self.desk = await Socket.open(at, "moderator", staff["moderator"], self._desk_saw)
        self.chair = await Socket.open(at, "chair", staff["chair"])
        self.caller = await Socket.open(at, "chair", staff["organiser"])
        self.hall = await Socket.open(at, "stage", staff["stage"], self._hall_saw)

    async def go(self) -> None:
        await asyncio.gather(*(one.close() for one in (*self.phones, self.desk, self.chair, self.caller, self.hall)))

    async def turn(self, number: int, due: float) -> None:
        """One question asked and approved, one settled, the next called to the stage."""
        await asyncio.sleep(due - time.time())
        self.asked[str(number)] = due
        phone = self.phones[number % len(self.phones)]
        asked = await phone.send("ask", text=f"Bao giờ sửa cống ở thôn 3, câu đo số {number}?")
        await self.desk.send("approve", question=asked["receipt"]["number"])
        await self.chair.send("give_outcome", question=self.on_stage, outcome="answered")
        self._shown.clear()
        call_due = due + PERIOD / 2
        await asyncio.sleep(call_due - time.time())
        await self.caller.send("call_next")
        await asyncio.wait_for(self._shown.wait(), 10)
        self.called[f"stage {self.on_stage}"] = call_due

    def _desk_saw(self, at: float, text: str) -> None:
        for number in re.findall(r"câu đo số (\d+)", text):
            self.moderator_frames.setdefault(number, at)

    def _hall_saw(self, at: float, text: str) -> None:
        for number in _ON_STAGE.findall(text):
            if f"stage {number}" not in self.stage_frames:
                self.stage_frames[f"stage {number}"] = at
                self.on_stage = int(number)
                self._shown.set()

    def _phone_saw(self, at: float, text: str) -> None:
        """The newest time stays: that of the last phone. The outcome comes later, and is no call."""
        for number in _ON_STAGE.findall(text):
            self.last_phone[f"stage {number}"] = at


async def watched(browser: Browser, at: House, page_name: str, cookie: str) -> Page:
    """A page that is live and notes what it shows from now on."""
    context = await browser.new_context(viewport={"width": 1600, "height": 900}, locale="vi-VN")
    name, _, value = cookie.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": at.url}])
    page = await context.new_page()
    await page.goto(f"{at.url}/d/{CODE}/{page_name}")
    await page.wait_for_function("() => document.getElementById('live').dataset.live === 'yes'")
    skew = await page.evaluate(WATCH)
    if abs(skew) > 2:
        raise SystemExit(f"The browser's clock is {skew:.1f} ms from this machine's: the run is void.")
    return page


async def measured(at: House, staff: dict[str, str], citizens: list[str], browser: Browser) -> tuple[Evening, Times]:
    """Connect everybody, ask and call on schedule, and gather what the two pages showed (in seconds)."""
    moderator = await watched(browser, at, "moderator", staff["moderator"])
    stage = await watched(browser, at, "stage", staff["stage"])
    shown = await stage.locator("#stage-place [data-number]").first.get_attribute("data-number")
    evening = Evening(int(shown or 0))
    await evening.come(at, citizens, staff)
    begun = time.time() + 1
    for number in range(SAMPLES):
        await evening.turn(number, begun + number * PERIOD)
    await asyncio.sleep(1)
    seen = await stage.evaluate("window.seen") | await moderator.evaluate("window.seen")
    await evening.go()
    return evening, {key: milliseconds / 1000 for key, milliseconds in seen.items()}


def lines(what: str, due: Times, seen: Times, *, targets: bool) -> list[Line]:
    """Median with its spread, and the tail. What was never seen is no sample: then the run is void."""
    if lost := due.keys() - seen.keys():
        raise SystemExit(f"{what}: {len(lost)} of {len(due)} were never seen; the run is void.")
    took = [(seen[key] - at) * 1000 for key, at in due.items()]
    spread = f"p90 {share(took, 90):.1f}, most {max(took):.1f}"
    return [
        Line(f"{what}, median", share(took, 50), "ms", spread, TARGET if targets else None),
        Line(f"{what}, p99", share(took, 99), "ms", f"{len(took)} samples", TARGET_TAIL if targets else None),
    ]


async def main() -> None:
    cores = sorted(os.sched_getaffinity(0))
    mine, server = cores[-1], cores[0]
    os.sched_setaffinity(0, {mine})
    roles = ("moderator", "chair", "organiser", "stage")
    with TemporaryDirectory(prefix="bench-") as folder:
        settings, cookies, citizens = await prepared(Path(folder), PHONES, *roles)
        with house("serve", settings=settings, core=server) as at:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                before = [busy(core) for core in (server, mine)]
                evening, pages = await measured(at, dict(zip(roles, cookies, strict=True)), citizens, browser)
                after = [busy(core) for core in (server, mine)]
                await browser.close()
    used = [100 * (b[0] - a[0]) / (b[1] - a[1]) for a, b in zip(before, after, strict=True)]
    show(
        f"{PHONES} phones connected, a question and a call each {PERIOD} s",
        [
            *lines("ask to moderator's page", evening.asked, pages, targets=True),
            *lines("ask to moderator's socket", evening.asked, evening.moderator_frames, targets=False),
            *lines("call to hall screen", evening.called, pages, targets=True),
            *lines("call to hall screen's socket", evening.called, evening.stage_frames, targets=False),
            *lines(f"call to the last of {PHONES} phones", evening.called, evening.last_phone, targets=False),
        ],
        f"The server's core was {used[0]:.0f} % busy, the measuring core {used[1]:.0f} %, with all that ran beside.",
        "" if used[1] <= TOO_BUSY else f"Void: above {TOO_BUSY} % the measuring side is slow itself. Run it alone.",
    )


if __name__ == "__main__":
    asyncio.run(main())
