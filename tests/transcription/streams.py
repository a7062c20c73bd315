"""A station on this machine: what it sends to each listener in turn, with a length or, as live ones do, without."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.transcription.loopback import answering


@dataclass
class Station:
    """`plays[n]` is sent to listener n; `live` ones are not told how long it is. `silent`: it says nothing more.

    `chunked` stations say properly that they end; others are cut off, as Icecast's are.
    """

    plays: list[bytes]
    live: list[bool]
    kind: str = "audio/wav"
    silent: threading.Event | None = None
    chunked: bool = False
    heard: int = 0
    address: str = ""
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        with self._turn:
            number, self.heard = self.heard, self.heard + 1
        if number >= len(self.plays):
            request.send_error(404)
            return
        request.send_response(200)
        request.send_header("Content-Type", self.kind)
        request.send_header("icy-name", "hall")
        play = self.plays[number]
        if not self.live[number]:
            request.send_header("Content-Length", str(len(play)))
        elif self.chunked:
            request.send_header("Transfer-Encoding", "chunked")
            play = b"%x\r\n%s\r\n0\r\n\r\n" % (len(play), play)
        request.end_headers()
        request.wfile.write(play)
        request.wfile.flush()
        if self.silent is not None:
            self.silent.wait(30)
        request.close_connection = True


@contextmanager
def on_air(station: Station) -> Iterator[Station]:
    with answering(station.answer) as address:
        station.address = f"{address}/hall"
        try:
            yield station
        finally:
            if station.silent is not None:
                station.silent.set()
