"""python-socketio on uvicorn and uvloop, with one `emit` to everybody."""

import json
import sys
from typing import Any

import socketio  # type: ignore[import-untyped]  # ships no types
import uvicorn

port, patches = int(sys.argv[1]), json.loads(sys.argv[2])


class Plain:
    """JSON as the others write it: letters as they are, and no spaces."""

    loads = staticmethod(json.loads)

    @staticmethod
    def dumps(content: Any, **_: Any) -> str:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], http_compression=False, json=Plain)
position = 0


@server.on("go")  # type: ignore[untyped-decorator]  # python-socketio has no types
async def go(_: str, *__: Any) -> None:
    global position  # noqa: PLW0603 - the whole state of this program
    position += 1
    await server.emit("c", {"n": position, "after": position - 1, "patches": patches})


uvicorn.run(
    socketio.ASGIApp(server), host="127.0.0.1", port=port, loop="uvloop", http="httptools", ws="websockets-sansio",
    ws_per_message_deflate=False, log_level="warning", access_log=False, backlog=4096,
)  # fmt: skip
