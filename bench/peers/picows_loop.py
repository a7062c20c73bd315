"""picows, the fastest server side of WebSocket in Python, on uvloop: a loop of `send` over bytes encoded once."""

import asyncio
import sys

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

port, patches = int(sys.argv[1]), sys.argv[2]
everybody: set[WSTransport] = set()
position = 0


class Live(WSListener):
    """One open page."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        everybody.add(transport)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        everybody.discard(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        global position  # noqa: PLW0603 - the whole state of this program
        if frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()
        elif frame.msg_type == WSMsgType.TEXT:
            position += 1
            text = f'{{"n":{position},"after":{position - 1},"patches":{patches}}}'.encode()
            for each in everybody:
                each.send(WSMsgType.TEXT, text)


def page(_: WSUpgradeRequest) -> WSListener:
    return Live()


async def main() -> None:
    server = await ws_create_server(page, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(main())
