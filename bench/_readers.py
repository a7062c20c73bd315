"""Phones that read captions: 200 sockets, and one page in Chromium whose screen is watched."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import Browser, Page
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bench._house import CODE, House
from bench._noted import notes

WATCH = """() => {
  window.seen = [];
  const note = () => window.seen.push([performance.timeOrigin + performance.now(),
    document.querySelector("[data-caption]").textContent.trim(),
    [...document.querySelectorAll("#captions .caption")].map((line) => line.id)]);
  new MutationObserver(note).observe(document.querySelector(".captions"),
    { childList: true, subtree: true, characterData: true });
  note();
}"""


@dataclass(frozen=True, slots=True)
class Shown:
    """Words in progress, or a line that is final (its place on the page), and when they were there."""

    at: float
    words: str | None
    line: str = ""


@lru_cache(maxsize=4096)
def told(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The words in progress that a frame brings (None: it brings none), and the ids of the lines."""
    message: dict[str, Any] = msgspec.json.decode(text)
    caption = message.get("now", {}).get("caption")
    added = [patch for patch in message.get("patches", ()) if patch[0] == "append" and patch[1] == "captions"]
    lines = tuple(str(patch[2]).partition('id="')[2].partition('"')[0] for patch in added)
    return None if caption is None else str(caption["text"]), lines


@dataclass
class Readers:
    """What each socket was told, when; and what the screen showed."""

    sockets: dict[int, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    _lines: list[ClientConnection] = field(default_factory=list)
    _reading: list[asyncio.Task[None]] = field(default_factory=list)

    async def come(self, at: House, seats: list[str]) -> None:
        url = f"{at.socket_url}?as=phone&lang=vi"
        for number, seat in enumerate(seats):
            line = await connect(
                url, origin=Origin(at.url), additional_headers={"Cookie": seat}, compression=None, max_size=None
            )
            self._lines.append(line)
            self._reading.append(asyncio.create_task(self._read(line, self.sockets[number])))

    async def have_all(self, noted: Path) -> None:
        """Wait until everybody has every final, for a minute at most: afterwards it counts as never come."""
        for _ in range(600):
            said = sum(note["say"] == "final" for note in notes(noted))
            if all(sum(one.words is None for one in seen) >= said for seen in self.sockets.values()):
                return
            await asyncio.sleep(0.1)

    async def go(self) -> None:
        await asyncio.gather(*(line.close() for line in self._lines))
        await asyncio.gather(*self._reading)

    async def _read(self, line: ClientConnection, seen: list[Shown]) -> None:
        async for text in line:
            at = time.time()
            words, lines = told(str(text))
            seen.extend(Shown(at, None, name) for name in lines)
            if words is not None:
                seen.append(Shown(at, words))


async def screen(browser: Browser, at: House, seat: str) -> Page:
    """A phone's page that notes what stands in its captions from now on."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    name, _, value = seat.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": at.url}])
    page = await context.new_page()
    await page.goto(f"{at.url}/d/{CODE}")
    await page.wait_for_function("() => document.getElementById('live').dataset.live === 'yes'")
    await page.evaluate(WATCH)
    return page


async def on_screen(page: Page) -> list[Shown]:
    """What it showed, as sockets tell it: each line once."""
    seen: list[Shown] = []
    (_, _, before), *changes = await page.evaluate("window.seen")
    known = set(before)
    for milliseconds, words, lines in changes:
        fresh = [name for name in lines if name not in known]
        known.update(fresh)
        seen.extend(Shown(milliseconds / 1000, None, name) for name in fresh)
        seen.append(Shown(milliseconds / 1000, words))
    return seen
