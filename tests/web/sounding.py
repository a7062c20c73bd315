"""A browser whose microphone is a file, and what its capture page made of it, sample by sample."""

import base64
import io
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

from tests.chromium import CHROMIUM, FLAGS, hearing
from tests.web.house import House
from tests.web.visits import shown

LISTEN = """
const Node_ = window.AudioWorkletNode;
window.AudioWorkletNode = class extends Node_ {
  constructor(...all) {
    super(...all);
    this.port.addEventListener("message", ({ data }) => {
      window.madeSound(btoa(String.fromCharCode(...new Uint8Array(data.pcm.buffer.slice(0)))));
    });
  }
};
"""
"""Every block that the audio thread makes is told as `madeSound`, before the page sees it."""


def noise_file(folder: Path, rate: int = 48_000, seconds: int = 20) -> Path:
    """Noise: no two of its parts are alike, so that a missing or doubled sample shows."""
    path = folder / "noise.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.random.default_rng(1).uniform(-0.3, 0.3, rate * seconds) * 32_767).astype("<i2").tobytes())
    return path


@contextmanager
def microphone_of(browser: Browser, sound: Path) -> Iterator[Browser]:
    """A browser of its own, with this file for a microphone."""
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *hearing(sound)])
    yield chromium
    chromium.close()


class Made:
    """All the samples that the audio thread of the pages of a context gave, in order."""

    def __init__(self, context: BrowserContext) -> None:
        self._blocks: list[bytes] = []
        context.expose_function("madeSound", lambda block: self._blocks.append(base64.b64decode(block)))
        context.add_init_script(LISTEN)

    @property
    def pcm(self) -> bytes:
        return b"".join(self._blocks)


class Line:
    """The network between one capture page, or all of a browser, and the server. `cut`: lines break, and no new one
    opens. `hole`: what is sent goes nowhere and nobody is told. `mend`: new lines are good, open ones stay."""

    def __init__(self, whose: BrowserContext | Page) -> None:
        self.is_cut = self.is_hole = False
        self._open: list[tuple[WebSocketRoute, WebSocketRoute]] = []
        self._dead: set[WebSocketRoute] = set()
        whose.route_web_socket("**/sound/**", self._through)

    def _through(self, page: WebSocketRoute) -> None:
        if self.is_cut:
            page.close(code=4000)
        elif not self.is_hole:
            server = page.connect_to_server()
            page.on_message(lambda message: None if page in self._dead else server.send(message))
            server.on_message(lambda message: None if page in self._dead else page.send(message))
            page.on_close(lambda code, reason: None if page in self._dead else server.close(code=code, reason=reason))
            server.on_close(lambda code, reason: None if page in self._dead else page.close(code=code, reason=reason))
            self._open.append((page, server))

    def cut(self) -> None:
        """What is under way is lost; then the line breaks."""
        self.is_cut = True
        for page, server in self._open:
            self._dead.add(page)
            server.close()
            page.close(code=4000)
        self._open.clear()

    def hole(self) -> None:
        """What is under way is lost, and both ends believe that the line is there."""
        self.is_hole = True
        self._dead |= {page for page, _ in self._open}
        self._open.clear()

    def mend(self) -> None:
        self.is_cut = self.is_hole = False


def started(context: BrowserContext, house: House) -> Page:
    page = context.new_page()
    page.goto(f"/d/{house.code}/sound")
    page.get_by_role("button", name="Bắt đầu thu").click()
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    return page


def recorded(context: BrowserContext, house: House) -> bytes:
    """What the server serves of the recording."""
    answer = context.request.get(f"{house.url}/d/{house.code}/sound/hall.wav")
    assert answer.status == 200
    with wave.open(io.BytesIO(answer.body())) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return bytes(file.readframes(file.getnframes()))


def have(house: House) -> int:
    """Samples on the server's disk."""
    return house.parts.rooms.heard.get(house.code, {}).get("hall", 0)
