"""How long somebody waits for a database in another process: then the line to it is cut and the answer is "busy".

A file answers or fails; a server at the other end of a line may also do neither (frozen, or behind a cable that was
pulled). No time-out of its own helps then, because it is the one that does not run.
"""

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Patience:
    """One caller's. `cut` is called by the event loop, the rest by the thread that works for the caller."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._line: int | None = None
        self.over = False

    @contextmanager
    def waiting_on(self, connection: Any) -> Iterator[None]:
        """While inside, `cut` ends the line of this driver's connection; whoever has no patience left is cut now."""
        with self._turn:
            self._line = connection.fileno()
            if self.over:
                self._end()
        try:
            yield
        finally:
            with self._turn:
                self._line = None  # from here on the connection may be somebody else's

    def cut(self) -> None:
        """Wait no longer: the thread's next look at the line finds it closed, and its transaction is rolled back."""
        with self._turn:
            self.over = True
            self._end()

    def _end(self) -> None:
        if self._line is not None:
            line = socket.socket(fileno=os.dup(self._line))
            with contextlib.suppress(OSError), line:  # the other end may have hung up first
                line.shutdown(socket.SHUT_RDWR)
