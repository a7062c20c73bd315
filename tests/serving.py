"""The real server in a thread of its own, on a free port of this machine, with a fresh folder."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket
from typing import Any, Self, TypeVar

import uvicorn

from server.app import create_app
from server.doors.bounded_http import BoundedHttp
from server.doors.bounded_socket import BoundedSocket
from server.parts import Parts
from server.settings import Settings
from tests.waiting import until_async

T = TypeVar("T")


class Served:
    """A running server. `run` does something in its event loop, with its parts."""

    def __init__(self, data_dir: Path, *, port: int = 0, **settings: Any) -> None:
        """`port`: where it is to be found again, after one that was there before."""
        self._socket = socket(AF_INET, SOCK_STREAM)
        self._socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port = self._socket.getsockname()[1]
        self.settings = replace(Settings(data_dir=data_dir, port=self.port), **settings)
        self.app = create_app(self.settings)
        config = uvicorn.Config(
            self.app,
            log_config=None,
            http=BoundedHttp,
            ws=BoundedSocket,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._started = threading.Event()

    def _serve(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self._server.serve([self._socket]))
        await until_async(lambda: self._server.started or serving.done(), "the server to start")
        self._started.set()
        await serving
        for left in tuple(self._server.server_state.connections):
            left.transport.abort()  # a page of a test that was still open when its time to go was over
        await asyncio.sleep(0)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait(30)
        assert self._server.started, "the server did not start"
        return self

    def start_and_stop(self) -> None:
        """Start as far as it goes, and raise what stopped it."""

        async def live() -> None:
            async with self.app.router.lifespan_context(self.app):
                pass

        self._socket.close()
        asyncio.run(live())

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        assert not self._thread.is_alive(), "the server did not stop"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def parts(self) -> Parts:
        found: Parts = self.app.state.parts
        return found

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do this in the server's own loop and wait for it."""
        assert self._loop is not None
        done: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return done.result(30)
