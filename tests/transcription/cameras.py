"""A camera of this machine: an RTSP server that sends L16 sound over the very connection it is asked on (RFC 2326)."""

import socketserver
import struct
import threading
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

PACKET = 320
"""Samples in an RTP packet: 20 ms."""
OFFER = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=hall\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
    "m=audio 0 RTP/AVP 96\r\na=rtpmap:96 L16/16000/1\r\na=control:sound\r\n"
)


@dataclass
class Camera:
    """`plays[n]` is what listener n hears, then the line is closed; who comes after the last is told 404."""

    plays: list[bytes]
    address: str = ""
    refused_udp: int = 0
    """How often somebody asked for packets outside the connection, which get lost where the network is bad."""
    listeners: Iterator[int] = field(default_factory=count)


class _Listener(socketserver.StreamRequestHandler):
    camera: Camera

    def handle(self) -> None:
        play = b""
        while (asked := self._request()) is not None:
            method, headers = asked
            if method == "DESCRIBE":
                number = next(self.camera.listeners)
                if number >= len(self.camera.plays):
                    self._answer(headers, "404 Not Found")
                    continue
                play = self.camera.plays[number]
                self._answer(headers, "200 OK", {"Content-Type": "application/sdp"}, OFFER)
            elif method == "SETUP" and "RTP/AVP/TCP" not in headers["transport"]:
                self.camera.refused_udp += 1
                self._answer(headers, "461 Unsupported Transport")
            elif method == "SETUP":
                self._answer(headers, "200 OK", {"Transport": "RTP/AVP/TCP;unicast;interleaved=0-1", "Session": "1"})
            elif method == "PLAY":
                self._answer(headers, "200 OK", {"Session": "1"})
                self._play(play)
                return
            else:
                self._answer(headers, "200 OK", {"Public": "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"})

    def _request(self) -> tuple[str, dict[str, str]] | None:
        first = self.rfile.readline().decode()
        lines = list(iter(lambda: self.rfile.readline().decode().strip(), ""))
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return (first.split()[0], headers) if first else None

    def _answer(self, asked: dict[str, str], status: str, more: dict[str, str] | None = None, body: str = "") -> None:
        headers = {"CSeq": asked["cseq"], "Content-Length": str(len(body)), **(more or {})}
        lines = [f"RTSP/1.0 {status}", *(f"{name}: {value}" for name, value in headers.items()), "", body]
        self.wfile.write("\r\n".join(lines).encode())

    def _play(self, pcm: bytes) -> None:
        for number, at in enumerate(range(0, len(pcm), 2 * PACKET)):
            samples = array("h", pcm[at : at + 2 * PACKET])
            samples.byteswap()  # L16 is big-endian
            packet = struct.pack(">BBHII", 0x80, 96, number % 65_536, at // 2, 1) + samples.tobytes()
            self.wfile.write(struct.pack(">cBH", b"$", 0, len(packet)) + packet)


@contextmanager
def filming(camera: Camera) -> Iterator[Camera]:
    listener = type("Listener", (_Listener,), {"camera": camera})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), listener) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        camera.address = f"rtsp://127.0.0.1:{server.server_address[1]}/hall"
        try:
            yield camera
        finally:
            server.shutdown()
            thread.join()
