"""A microphone's page at the other end: what it says as its line begins, and how its line is ended from this side."""

import asyncio
import time
import zlib
from contextlib import suppress
from typing import Any

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from live.states import Role
from server.doors.fast_lane import GOING, MALFORMED
from server.parts import Parts
from server.rooms.ears import Ear
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.recordings import Recording

TAKEN = 4505
"""Close code: another computer records this source now. From 4500 on nobody comes back by itself."""
PRINTED = 1_600
"""Samples in each print: the block that a page sends and forgets as a whole."""
LONGEST_PRINTS = 2 * 3600 * SAMPLE_RATE
"""A page keeps no more than this (web/static/js/sound/unheard.js)."""


class Start(msgspec.Struct):
    """The first message. `line` is made by the page and lasts from start to stop, through any number of cuts.

    `first` is the place of the first sample that the page still keeps, when it knows one. `take_over`: somebody
    was told that another computer records this source, and wants it here. `role` and `owner`: whose microphone it is.
    """

    start: int
    rate: int
    line: str = ""
    first: int | None = None
    take_over: bool = False
    role: Role = Role.UNKNOWN
    owner: str = ""


def start_of(text: str | None) -> Start | None:
    """The first message, or None when it is none that can be recorded from."""
    try:
        start = msgspec.json.decode(text or "", type=Start)
    except msgspec.MsgspecError:
        return None
    return start if start.start and start.rate == SAMPLE_RATE else None


def prints(recording: Recording, first: int | None) -> list[int]:
    """What the recording holds from `first` on, as the CRC-32 of each tenth of a second (the last may be shorter).

    A page tells by them whether the sound there is its own: another microphone may have recorded meanwhile.
    """
    if first is None or not recording.have - LONGEST_PRINTS <= first < recording.have or first < 0:
        return []
    block = PRINTED * SAMPLE_BYTES
    pcm = recording.read(first, recording.have - first)
    return [zlib.crc32(pcm[at : at + block]) for at in range(0, len(pcm), block)]


class Microphone:
    """One connected page. `turn` is held while a frame of it is taken, so that nothing comes in after its end."""

    def __init__(self, websocket: WebSocket, here: Parts, ear: Ear, line: str) -> None:
        self.line = line
        self.turn = asyncio.Lock()
        self._websocket = websocket
        self._here = here
        self._ear = ear

    @property
    def gone(self) -> bool:
        """Whether its line has ended, from whichever side."""
        return self._ear.microphone is not self or self._websocket.application_state is WebSocketState.DISCONNECTED

    async def have(self, **more: Any) -> None:
        """Acknowledge what is on disk."""
        listening = self._here.listening
        content = {
            "have": self._ear.recording.have,
            "state": listening.condition.state.value,
            "now": int(time.time() * 1000),
            **listening.pace(self._ear),
            **({"disk": full} if (full := listening.disk()) else {}),
        }
        await self._say(content | more)

    async def refuse(self, vi: str, en: str) -> None:
        """Say why this line cannot go on; what is recorded is safe."""
        await self._say({"refused": "sound", "vi": vi, "en": en})
        await self._end(MALFORMED)

    async def stopped(self) -> None:
        """The person stopped, and everything is on disk."""
        await self.have()
        await self._end(1000)

    async def come_back(self) -> None:
        """Before a planned stop of the server: all that was taken is acknowledged, and no more is taken."""
        async with self.turn:
            await self.have()
            await self._end(GOING)

    async def give_way(self) -> None:
        """Another page records this source from here on."""
        async with self.turn:
            self._ear.microphone = None
            await self.have()
            await self._end(TAKEN)

    async def _end(self, code: int) -> None:
        if self._websocket.application_state is not WebSocketState.DISCONNECTED:
            with suppress(WebSocketDisconnect):  # it is gone already, which is what was wanted
                await self._websocket.close(code)

    async def _say(self, content: dict[str, Any]) -> None:
        if self._websocket.application_state is not WebSocketState.DISCONNECTED:
            with suppress(WebSocketDisconnect):  # whoever reads its line learns that it is gone
                await self._websocket.send_text(msgspec.json.encode(content).decode())
