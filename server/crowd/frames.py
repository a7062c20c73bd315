"""WebSocket frames from the client's side (RFC 6455): cheap enough for ten thousand lines in one process."""

import struct
from collections.abc import Iterator

from websockets.frames import Frame, Opcode
from websockets.utils import accept_key, generate_key

TEXT, CLOSE, PING, PONG = int(Opcode.TEXT), int(Opcode.CLOSE), int(Opcode.PING), int(Opcode.PONG)
_KNOWN = frozenset({TEXT, CLOSE, PING, PONG})


class Malformed(Exception):
    """What came down is no frame that this server may send."""


def masked(payload: bytes, opcode: int = TEXT) -> bytes:
    """One whole frame, masked as a client must."""
    return Frame(Opcode(opcode), payload).serialize(mask=True)


def handshake(host: str, path: str, headers: dict[str, str]) -> tuple[bytes, str]:
    """The request that opens a socket, and the `Sec-WebSocket-Accept` that must answer it."""
    key = generate_key()
    more = [f"{name}: {value}" for name, value in headers.items()]
    lines = [
        f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", *more,
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode(), accept_key(key)


def close_code(payload: bytes) -> int:
    """Why the server closed; 1005 when it did not say (RFC 6455, 7.1.5)."""
    return int(struct.unpack_from("!H", payload)[0]) if len(payload) >= 2 else 1005


class Frames:
    """Cuts a stream of bytes into frames. What is not whole yet is kept."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, fresh: bytes) -> Iterator[tuple[int, bytes]]:
        """Whole frames as (opcode, payload). Raises Malformed; the stream is of no use then."""
        stream = self._rest + fresh if self._rest else fresh
        at = 0
        while (found := _head(stream, at)) is not None:
            start, end = found
            if end > len(stream):
                break
            yield stream[at] & 0x0F, stream[start:end]
            at = end
        self._rest = stream[at:]


def _head(stream: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and ends; None when its head is not whole."""
    if len(stream) < at + 2:
        return None
    first, length = stream[at], stream[at + 1]
    # This server sends every message in one unmasked frame and negotiates no extension.
    if first & 0xF0 != 0x80 or first & 0x0F not in _KNOWN or length > 127:
        raise Malformed(f"a frame begins with {first:#04x} {length:#04x}")
    if length < 126:
        return at + 2, at + 2 + length
    wide, form = (2, "!H") if length == 126 else (8, "!Q")
    if len(stream) < at + 2 + wide:
        return None
    start = at + 2 + wide
    return start, start + int(struct.unpack_from(form, stream, at + 2)[0])
