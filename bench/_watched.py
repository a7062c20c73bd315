"""The real server with an eye inside, run as `python -m bench._watched serve`.

It counts SQL statements, feels how long its loop stands still, and offers a socket that broadcasts without a command,
so that the lane can be measured alone, and a voice that never ends.
"""

import asyncio
import json
from typing import Any

from sqlalchemy import Engine, event
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

import server.app
from bench._house import CODE
from live.seats import Audience
from server.cli import main
from server.rooms.rooms import Rooms
from server.settings import Settings

SPOKEN = "kính thưa bà con chiều nay đoàn đã xuống tận nơi xem cống ở đầu thôn ba và xã sẽ thông lại"
EACH = 0.005
"""Seconds between two looks at the loop (P5)."""

statements = 0
late: list[float] = []
looking: set[asyncio.Task[None]] = set()
speaking: set[asyncio.Task[None]] = set()


@event.listens_for(Engine, "before_cursor_execute")
def _one_more(*_: object) -> None:
    global statements  # noqa: PLW0603 - a counter for the whole process is the point
    statements += 1


async def _look() -> None:
    """How many milliseconds later than asked the loop comes back, over and over."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + EACH
        await asyncio.sleep(EACH)
        late.append((loop.time() - due) * 1000)


async def counted(request: Request) -> JSONResponse:
    """What was counted since the last time somebody asked."""
    global statements  # noqa: PLW0603 - the same counter is taken and emptied
    if not looking:
        looking.add(asyncio.create_task(_look()))
    told = {"sql": statements, "late_ms": sorted(late), "tasks": len(asyncio.all_tasks()), "drawn": drawn(request)}
    statements = 0
    late.clear()
    return JSONResponse(told)


def drawn(request: Request) -> int:
    """How many drawn things are kept; all rooms share one shelf."""
    rooms: Rooms = request.app.state.parts.rooms
    return sum(room.fanout.render.thing.cache_info().currsize for room in rooms.open_rooms()[:1])


async def speak(request: Request) -> JSONResponse:
    """From now on somebody speaks in every dialogue: partial words grow four times a second, and begin again."""
    speaking.add(asyncio.create_task(_speak(request.app.state.parts.rooms)))
    return JSONResponse({})


async def _speak(rooms: Rooms) -> None:
    words, count = SPOKEN.split(), 0
    while True:
        count = count % len(words) + 1
        for room in rooms.open_rooms():
            room.words("hall", " ".join(words[:count]))
        await asyncio.sleep(0.25)


async def lane(websocket: WebSocket) -> None:
    """Each text that comes in goes out once to every phone, as a signal of the size of a change."""
    room = await websocket.app.state.parts.rooms.get(CODE)
    await websocket.accept()
    position = room.dialogue.n
    async for text in websocket.iter_text():
        position += 1
        values: dict[str, Any] = {"n": position, "after": position - 1, "patches": json.loads(text)["patches"]}
        room.fanout.signal(Audience.PHONE, values)


_create = server.app.create_app


def watched(settings: Settings) -> Starlette:
    """The application with three doors more."""
    app = _create(settings)
    app.router.routes[:0] = [
        Route("/bench/counted", counted), Route("/bench/speak", speak), WebSocketRoute("/bench/lane", lane),
    ]  # fmt: skip
    return app


if __name__ == "__main__":
    server.app.create_app = watched
    main()
