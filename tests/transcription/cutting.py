"""A server on this machine that cuts its connections, as weak networks do, where it is told to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.transcription.loopback import answering


@dataclass
class Cutting:
    """`cuts[n]` bytes are sent to request n before the line breaks (None: all that was asked for)."""

    body: bytes
    cuts: list[int | None] = field(default_factory=list)
    etag: str | None = '"first"'
    ranges: bool = True
    status: int = 200
    asked: list[str] = field(default_factory=list)
    """The Range header of each request, "" for none."""
    sent: int = 0
    address: str = ""
    hold: threading.Event | None = None
    """When it is there, the line stays open behind a cut until it is set."""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range", "")
        cut = self.cuts[len(self.asked)] if len(self.asked) < len(self.cuts) else None
        self.asked.append(wanted)
        same = self.etag is not None and request.headers.get("If-Range") == self.etag
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges and same else 0
        rest = self.body[start:]
        request.send_response(206 if start else self.status)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(self.body) - 1}/{len(self.body)}")
        if self.etag:
            request.send_header("ETag", self.etag)
        request.send_header("Content-Length", str(len(rest)))
        request.end_headers()
        part = rest if cut is None else rest[:cut]
        request.wfile.write(part)
        request.wfile.flush()
        self.sent += len(part)
        if cut is not None and self.hold is not None:
            self.hold.wait(30)
        request.close_connection = True


@contextmanager
def served(cutting: Cutting) -> Iterator[Cutting]:
    with answering(cutting.answer) as cutting.address:
        try:
            yield cutting
        finally:
            if cutting.hold is not None:
                cutting.hold.set()
