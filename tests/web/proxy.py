"""Something between a phone and the server, as networks have them: it lets through, refuses, swallows, holds back, or
answers in the server's place. One request a connection, decided anew each time."""

import threading
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_WR, create_connection, create_server, socket
from typing import Self

from tests.accepting import accept_each

Rule = Callable[[bytes], str]
"""From the head of a request to what becomes of it: one of the names in ANSWERS, or "pass", "swallow", "hold"."""
_SIGN_IN = b"<!doctype html><title>Wi-Fi</title><p>Xin dang nhap Wi-Fi</p>"
_HTML = b"Content-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_SIGN_IN), _SIGN_IN)
_EMPTY = b"Connection: close\r\nContent-Length: 0\r\n\r\n"
ANSWERS = {
    "refuse": b"HTTP/1.1 403 Forbidden\r\n" + _EMPTY,
    "sign in": b"HTTP/1.1 200 OK\r\n" + _HTML,
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/login\r\n" + _EMPTY,
    "511": b"HTTP/1.1 511 Network Authentication Required\r\n" + _HTML,
    "bad gateway": b"HTTP/1.1 502 Bad Gateway\r\n" + _HTML,
}


def is_socket(head: bytes) -> bool:
    return b"upgrade: websocket" in head.lower()


def is_feed(head: bytes) -> bool:
    return b"/feed?" in head.split(b"\r\n", 1)[0]


class Proxy:
    """Listens on a port of its own while open; `rule` may be changed at any time, `seen` holds what was asked for."""

    def __init__(self, port: int, rule: Rule) -> None:
        self.rule = rule
        self.seen: list[tuple[str, bytes]] = []
        self._server = port
        self._listening = create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: set[socket] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def count(self, wanted: Callable[[bytes], bool], did: str = "") -> int:
        """How many such requests came (and had this done to them)."""
        return sum(wanted(head) and did in (what, "") for what, head in tuple(self.seen))

    def cut(self) -> None:
        """Every connection that is open now ends."""
        for line in tuple(self._open):
            with suppress(OSError):
                line.shutdown(2)

    def __enter__(self) -> Self:
        accept_each(self._listening, self._serve)
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        self.cut()

    def _serve(self, line: socket) -> None:
        self._open.add(line)
        with line, suppress(OSError):  # whoever hangs up, hangs up
            head, body = _head(line)
            if head:
                what = self.rule(head)
                self.seen.append((what, head))
                self._do(what, line, head, body)
        self._open.discard(line)

    def _do(self, what: str, line: socket, head: bytes, body: bytes) -> None:
        if what in ANSWERS:
            line.sendall(ANSWERS[what])
        elif what == "swallow":
            _read_all(line)
        else:
            with create_connection(("127.0.0.1", self._server)) as server:
                self._open.add(server)
                server.sendall(self._as_for_the_server(head) + body)
                threading.Thread(target=_pump, args=(line, server), daemon=True).start()
                _pump(server, line) if what == "pass" else _read_all(server)
                self._open.discard(server)

    def _as_for_the_server(self, head: bytes) -> bytes:
        head = head.replace(b"127.0.0.1:%d" % self.port, b"127.0.0.1:%d" % self._server)
        return head if is_socket(head) else head.replace(b"onnection: keep-alive", b"onnection: close")


def _head(line: socket) -> tuple[bytes, bytes]:
    read = b""
    while b"\r\n\r\n" not in read:
        more = line.recv(4096)
        if not more:
            return b"", b""
        read += more
    head, _, body = read.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", body


def _pump(source: socket, sink: socket) -> None:
    with suppress(OSError):
        while content := source.recv(65_536):
            sink.sendall(content)
        sink.shutdown(SHUT_WR)


def _read_all(line: socket) -> None:
    while line.recv(65_536):
        pass
