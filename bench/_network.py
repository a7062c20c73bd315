"""The network between a page and the server, which can be taken away in two ways and given back."""

import asyncio
from asyncio import StreamReader, StreamWriter, Task
from enum import StrEnum
from typing import Self


class Way(StrEnum):
    """How the network is away."""

    CLOSED = "every line is reset, and no new one opens"
    HOLE = "what is sent goes nowhere, and nobody is told"
    """Harsher than lost packets: what is swallowed here was acknowledged by TCP."""


class Network:
    """Listens on a port of its own for a server on this machine, between `begin()` and `end()`."""

    def __init__(self, server: int) -> None:
        self.url = ""
        self._server = server
        self._away: Way | None = None
        self._lines: set[StreamWriter] = set()
        self._holes: set[StreamWriter] = set()
        self._pumps: set[Task[None]] = set()

    async def begin(self) -> Self:
        self._listening = await asyncio.start_server(self._through, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"
        return self

    def take_away(self, way: Way) -> None:
        """From now on; lines that are open now stay as dead as they become."""
        self._away = way
        if way is Way.HOLE:
            self._holes |= self._lines
            return
        for line in tuple(self._lines):
            line.transport.abort()

    def give_back(self) -> None:
        self._away = None

    async def end(self) -> None:
        self._listening.close()
        for line in tuple(self._lines):
            line.transport.abort()
        await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _through(self, reader: StreamReader, page: StreamWriter) -> None:
        if self._away is Way.CLOSED:
            page.transport.abort()
            return
        if self._away is Way.HOLE:
            self._holes.add(page)
        answers, server = await asyncio.open_connection("127.0.0.1", self._server)
        self._lines |= {page, server}
        if page in self._holes:
            self._holes.add(server)
        for source, sink in ((reader, server), (answers, page)):
            pump = asyncio.create_task(self._pump(source, sink))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(self, source: StreamReader, sink: StreamWriter) -> None:
        try:
            while content := await source.read(65_536):
                if sink not in self._holes:
                    sink.write(content)
                    await sink.drain()
            if sink not in self._holes:
                sink.close()  # in a hole not even the end is heard
        except ConnectionError:
            if sink not in self._holes:
                sink.transport.abort()
        finally:
            self._lines.discard(sink)
