"""A small server that speaks the wire and breaks one promise on purpose, so that the crowd must notice."""

import asyncio
import json
import threading
from contextlib import suppress
from enum import Enum
from socket import AF_INET, SOCK_STREAM, socket
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.waiting import until_async

FORM = '<aside data-kind="demo"></aside><input name="csrf" value="x">'


class Sin(Enum):
    """The promise that is broken; the value is the fault that the crowd must report, if any."""

    NONE = ""
    NEVER_ANSWERS = "unanswered"
    FORGETS = "missing"
    LOSES_RECEIPTS = "receipts"
    SKIPS_CHANGES = "holes"
    ANSWERS_TWICE = "twice"
    CHANGES_ITS_MIND = "otherwise"
    ANSWERS_OTHERS = "strays"
    LEAKS = "leaks"
    TALKS_TO_OTHERS = "overheard"
    CHANGES_EPOCH = "strangers"
    SHUTS_OUT = "astray"


class FalseServer:
    """One dialogue, T, in memory. Use with `with`; `url` is where it is."""

    def __init__(self, sin: Sin) -> None:
        self.sin = sin
        self.n, self.last, self.joins = 0, 0, 0
        self.mine: dict[str, dict[int, str]] = {}
        self.pages: dict[WebSocket, str] = {}
        self.asked = 0
        self.withheld: set[str] = set()
        self._socket = socket(AF_INET, SOCK_STREAM)
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        app = Starlette(
            routes=[
                Route("/d/T/join", self._join, methods=["GET", "POST"]),
                Route("/sign-in", self._join, methods=["GET", "POST"]),
                Route("/r/{code}", self._receipt),
                WebSocketRoute("/d/T/live", self._live),
            ]
        )
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="websockets-sansio"))
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._started = threading.Event()

    async def _serve(self) -> None:
        serving = asyncio.create_task(self._server.serve([self._socket]))
        await until_async(lambda: self._server.started or serving.done(), "the false server to start")
        self._started.set()
        await serving

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._started.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        assert not self._thread.is_alive()

    async def _join(self, request: Request) -> Response:
        if request.method == "GET":
            return HTMLResponse(FORM)
        self.joins += 1
        response = RedirectResponse("/", 303)
        response.set_cookie("staff" if request.url.path == "/sign-in" else "seat", f"token{self.joins}")
        return response

    async def _receipt(self, request: Request) -> Response:
        code = request.path_params["code"]
        found = [text for own in self.mine.values() for number, text in own.items() if code == f"R-{number}"]
        lost = self.sin is Sin.LOSES_RECEIPTS or not found
        return HTMLResponse("".join(found), 404 if lost else 200)

    async def _live(self, page: WebSocket) -> None:
        await page.accept()
        seat = page.cookies.get("seat", "")
        resumes = "since" in page.query_params
        if self.sin is Sin.SHUTS_OUT and resumes:
            await page.close(4504)
            return
        self.pages[page] = seat
        epoch = "other" if resumes and self.sin is Sin.CHANGES_EPOCH else "first"
        if not resumes or int(page.query_params["since"]) < self.n:
            await _send(page, {"n": self.n, "epoch": "first", "patches": [["fill", "queue", ""]]})
        await self._tell_own(page, seat)
        await _send(page, {"caught_up": self.n, "epoch": epoch, "at": "2026-03-05T00:30:00Z"})
        try:
            while True:
                message = json.loads(await page.receive_text())
                if "do" in message:
                    await self._command(page, seat, message)
        except (WebSocketDisconnect, RuntimeError):
            pass  # a page that left; a write to it says RuntimeError
        finally:
            self.pages.pop(page, None)

    async def _command(self, page: WebSocket, seat: str, message: dict[str, Any]) -> None:
        op = message["op"]
        if message["do"] != "ask":
            await _send(page, {"refused": op, "code": "not_found", "say": "-"})
            return
        if self.sin is Sin.CHANGES_ITS_MIND and op not in self.withheld:
            self.withheld.add(op)
            return
        self.asked += 1
        odd = self.asked % 2 == 1
        if self.sin is Sin.NEVER_ANSWERS and odd:
            return
        self.n += 1
        number = self.asked
        if not (self.sin is Sin.FORGETS and odd):
            self.mine.setdefault(seat, {})[number] = message["text"]
        answer = {"ok": op, "n": self.n, "receipt": {"number": number, "code": f"R-{number}", "url": "/"}}
        if self.sin is Sin.ANSWERS_OTHERS:
            for other in tuple(self.pages):
                await _send(other, answer)
        else:
            await _send(page, answer)
        if self.sin is Sin.ANSWERS_TWICE:
            await _send(page, answer)
        if self.sin is Sin.CHANGES_ITS_MIND:
            await _send(page, {"refused": op, "code": "closed", "say": "-"})
        await self._tell_own(page, seat)
        await self._publish(message["text"])

    async def _publish(self, text: str) -> None:
        shown = f'<li id="q-{self.n}">{text if self.sin is Sin.LEAKS else ""}</li>'
        change = {"n": self.n, "after": self.last, "patches": [["append", "queue", shown]]}
        self.last = self.n
        if self.sin is Sin.SKIPS_CHANGES and self.n % 2:
            return
        for page in tuple(self.pages):
            await _send(page, change)

    async def _tell_own(self, page: WebSocket, seat: str) -> None:
        own = self.mine if self.sin is Sin.TALKS_TO_OTHERS else {seat: self.mine.get(seat, {})}
        rows = [
            f'<li id="mine-{number}"><a href="/r/R-{number}">{text}</a></li>'
            for mine in own.values()
            for number, text in mine.items()
        ]
        await _send(page, {"patches": [["fill", "mine", "".join(rows)]]})


async def _send(page: WebSocket, message: dict[str, Any]) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):  # it left meanwhile
        await page.send_text(json.dumps(message, separators=(",", ":"), ensure_ascii=False))
