"""websockets' own server and its `broadcast`, on uvloop, compression off."""

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

port, patches = int(sys.argv[1]), sys.argv[2]
everybody: set[ServerConnection] = set()
position = 0


async def live(connection: ServerConnection) -> None:
    global position  # noqa: PLW0603 - the whole state of this program
    everybody.add(connection)
    try:
        async for _ in connection:
            position += 1
            broadcast(everybody, f'{{"n":{position},"after":{position - 1},"patches":{patches}}}')
    finally:
        everybody.discard(connection)


async def main() -> None:
    async with serve(live, "127.0.0.1", port, compression=None, backlog=4096) as server:
        await server.serve_forever()


with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(main())
