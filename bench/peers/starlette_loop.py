"""A plain Starlette socket and a loop over all of them, on uvicorn and uvloop, the text encoded once."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

port, patches = int(sys.argv[1]), sys.argv[2]
everybody: set[WebSocket] = set()
position = 0


async def live(websocket: WebSocket) -> None:
    global position  # noqa: PLW0603 - the whole state of this program
    await websocket.accept()
    everybody.add(websocket)
    try:
        async for _ in websocket.iter_text():
            position += 1
            text = f'{{"n":{position},"after":{position - 1},"patches":{patches}}}'
            for each in tuple(everybody):
                await each.send_text(text)
    except WebSocketDisconnect:
        pass  # a page was closed
    finally:
        everybody.discard(websocket)


uvicorn.run(
    Starlette(routes=[WebSocketRoute("/", live)]), host="127.0.0.1", port=port, loop="uvloop", http="httptools",
    ws="websockets-sansio", ws_per_message_deflate=False, log_level="warning", access_log=False, backlog=4096,
)  # fmt: skip
