"""`capture`'s line to the microphone's door: what goes up it, and how it ends."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from server.cli.moments import Moments
from server.cli.outgoing import Outgoing
from server.doors.microphone import TAKEN
from server.doors.sockets import NOT_HERE
from server.doors.sound import POSITION
from transcription.heard import SAMPLE_BYTES
from transcription.problems import Problem

LOOK = 5
"""Seconds between two pings: a line may look open and be dead."""
PATIENCE = 10
"""Seconds for the answer to one."""


class NotNow(Problem):
    """The server does not take sound at present; it is kept and offered again."""


class Held(Problem):
    """Another computer records this source."""


class TakenOver(Problem):
    """Another computer records this source from now on, because somebody there wants it."""


class NotLetIn(Problem):
    """The door is closed to this session."""


class Never(Problem):
    """The sound will not be taken, however often it is offered."""


@dataclass
class Line:
    """One connection. `outgoing` outlives it, `moments` as well."""

    address: str
    origin: str
    outgoing: Outgoing
    moments: Moments = field(default_factory=Moments)

    async def send_all(self, cookie: str) -> bool:
        """Send what there is; whether all was sent and the source has ended. False when the line was merely closed.

        Raises a Problem of this module when the server says why not, else OSError, WebSocketException, TimeoutError.
        """
        headers = {"Cookie": cookie, "Origin": self.origin}
        opening = connect(self.address, additional_headers=headers, ping_interval=LOOK, ping_timeout=PATIENCE)
        try:
            async with opening as line:
                await line.send(json.dumps(self.outgoing.start()))
                await self._met(_content(await line.recv()))
                return await self._both_ways(line)
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd is not None else None
            if code == NOT_HERE:
                raise _not_let_in() from closed
            if code == TAKEN:
                raise _taken_over() from closed
            raise

    async def _both_ways(self, line: ClientConnection) -> bool:
        hearing = asyncio.create_task(self._hear(line))
        try:
            return await self._send(line, hearing)
        except ConnectionClosed:
            await hearing  # what was said before the end tells why it ended
            raise
        finally:
            hearing.cancel()

    async def _met(self, answer: dict[str, Any]) -> None:
        self.outgoing.meet(answer["have"], answer.get("prints", []))
        if self.outgoing.keeper is not None and self.outgoing.base is not None:
            await self.outgoing.keeper.place(self.outgoing.base)  # before anything is sent there
        self.moments.restart()
        self.moments.answered(0, answer.get("now"))

    async def _hear(self, line: ClientConnection) -> None:
        async for message in line:
            answer = _content(message)
            self.outgoing.have(answer["have"])
            self.moments.answered(answer["have"], answer.get("now"))

    async def _send(self, line: ClientConnection, hearing: "asyncio.Task[None]") -> bool:
        at, outgoing = 0, self.outgoing
        while not hearing.done():
            outgoing.news.clear()
            if (piece := outgoing.after(at)) is not None:
                at = piece[0] + len(piece[1]) // SAMPLE_BYTES
                await self._frame(line, *piece, at)
            elif outgoing.ended and not outgoing.pieces:
                await line.send('{"stop":1}')
                await line.wait_closed()
                return True
            else:
                news = asyncio.create_task(outgoing.news.wait())
                await asyncio.wait([news, hearing], return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
        hearing.result()  # what was said against it is raised here
        return False

    async def _frame(self, line: ClientConnection, at: int, pcm: bytes, end: int) -> None:
        base, heard = self.outgoing.base or 0, self.outgoing.heard
        if heard is not None and (mark := self.moments.mark(base + heard[0], heard[1])) is not None:
            await line.send(json.dumps(mark))
        self.moments.sent(base + end)
        await line.send(POSITION.pack(base + at) + pcm)


def _content(message: str | bytes) -> dict[str, Any]:
    """What the server says. Raises what it has against our sound."""
    content: dict[str, Any] = json.loads(message)
    if "refused" not in content:
        return content
    vi, en = content.get("vi") or "Máy chủ đang bận.", content.get("en") or "The server is busy."
    if content.get("held"):
        raise Held(vi, en)
    raise (Never if content["refused"] == "start" and content.get("vi") else NotNow)(vi, en)


def _not_let_in() -> NotLetIn:
    return NotLetIn(
        "Máy chủ không mở cửa thu âm: sai mã phiên, tài khoản không được thu âm ở phiên này, hoặc --url không phải địa "
        "chỉ công khai của máy chủ. Hãy kiểm tra ba điều ấy rồi chạy lại.",
        "The server does not open the door of sound: a wrong code, an account that may not record there, or a --url "
        "that is not the server's public address. Check these three and start again.",
    )


def _taken_over() -> TakenOver:
    return TakenOver(
        "Máy khác đã nhận thu nguồn này; lệnh này ngừng nghe. Phần chưa gửi được giữ lại, gửi khi máy ấy dừng; "
        "Ctrl-C: cất vào tệp.",
        "Another computer records this source now; nothing more is heard here. What is not sent yet is kept and sent "
        "when that one stops; Ctrl-C: put it in a file.",
    )
