"""A socket that listens, for the small servers that stand between two parts of the product in tests."""

import threading
from collections.abc import Callable
from socket import socket


def accept_each(listening: socket, serve: Callable[[socket], object]) -> None:
    """From now on, until the socket is closed: each connection is served on a thread of its own."""
    threading.Thread(target=_accept, args=(listening, serve), daemon=True).start()


def _accept(listening: socket, serve: Callable[[socket], object]) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return  # closed: the test is over
        threading.Thread(target=serve, args=(line,), daemon=True).start()
