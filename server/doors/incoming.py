"""Frames that come up a line of ours (RFC 6455, section 5), read strictly and held as little as possible.

A page sends short texts. A whole codec for each of ten thousand lines would be most of their memory; this keeps the
bytes of an unfinished frame and the parts of an unfinished message, and nothing between two messages. The tests hold it
against the `websockets` package, frame by frame.
"""

from collections.abc import Iterator
from enum import IntEnum

from websockets.utils import apply_mask

LARGEST = 8 * 1024
"""Bytes of one message; the longest honest one, a full question in Vietnamese, has some 2 KB."""
FRAGMENTS = 16
"""Parts of one message. Browsers send one."""
_LONGEST_CONTROL = 125
_CODES = frozenset({*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)})
"""Close codes that may travel (RFC 6455, section 7.4)."""
PROTOCOL, NOT_TEXT, TOO_BIG, NO_CODE = 1002, 1007, 1009, 1005


class Kind(IntEnum):
    """Opcodes."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


_DATA = (Kind.CONTINUATION, Kind.TEXT, Kind.BINARY)


class Broken(Exception):
    """What came is no WebSocket, or too much of it; `code` is what to close with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


Event = tuple[Kind, str | bytes | int]
"""TEXT with its text, BINARY and PING and PONG with their bytes, CLOSE with its code."""


class Incoming:
    """The reader of one line."""

    __slots__ = ("_frames", "_held", "_kind", "_parts")

    def __init__(self) -> None:
        self._held = b""
        self._parts: list[bytes] | None = None
        self._kind = Kind.TEXT
        self._frames = 0

    def feed(self, received: bytes) -> Iterator[Event | None]:
        """The whole messages and controls in what came; None for a part of a message. Raises Broken."""
        received = self._held + received
        self._held = b""
        start = 0
        while (end := self._end(received, start)) is not None:
            yield self._frame(received, start, end)
            start = end
        self._held = received[start:]

    def _end(self, received: bytes, start: int) -> int | None:
        """Where the frame at `start` ends; None while it is not all here. Its head is judged as soon as it can be."""
        if len(received) < start + 2:
            return None
        first, second = received[start], received[start + 1]
        kind = first & 0x0F
        if first & 0x70 or kind not in Kind.__members__.values() or not second & 0x80:
            raise Broken(PROTOCOL)
        size, head = second & 0x7F, 6
        if kind >= Kind.CLOSE and (size > _LONGEST_CONTROL or not first & 0x80):
            raise Broken(PROTOCOL)
        if size > _LONGEST_CONTROL:
            wide = 2 if size == 126 else 8
            if len(received) < start + 2 + wide:
                return None
            size, head = int.from_bytes(received[start + 2 : start + 2 + wide]), 6 + wide
        if size > LARGEST:
            raise Broken(TOO_BIG)
        end = start + head + size
        return end if len(received) >= end else None

    def _frame(self, received: bytes, start: int, end: int) -> Event | None:
        first, size = received[start], received[start + 1] & 0x7F
        body = start + (6 if size < 126 else 8 if size == 126 else 14)
        payload = apply_mask(received[body:end], received[body - 4 : body])
        kind = Kind(first & 0x0F)
        if kind in _DATA:
            return self._part(kind, payload, final=bool(first & 0x80))
        return (kind, _close_code(payload)) if kind is Kind.CLOSE else (kind, payload)

    def _part(self, kind: Kind, payload: bytes, *, final: bool) -> Event | None:
        if (kind is Kind.CONTINUATION) is (self._parts is None):
            raise Broken(PROTOCOL)
        if self._parts is None:
            if final:
                return _message(kind, payload)
            self._kind, self._parts = kind, []
        self._parts.append(payload)
        if len(self._parts) > FRAGMENTS or sum(map(len, self._parts)) > LARGEST:
            raise Broken(TOO_BIG)
        if not final:
            return None
        whole, self._parts = b"".join(self._parts), None
        return _message(self._kind, whole)


def _message(kind: Kind, payload: bytes) -> Event:
    return (kind, _text(payload)) if kind is Kind.TEXT else (kind, payload)


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise Broken(NOT_TEXT) from None


def _close_code(payload: bytes) -> int:
    if not payload:
        return NO_CODE
    code = int.from_bytes(payload[:2])
    if len(payload) < 2 or code not in _CODES:
        raise Broken(PROTOCOL)
    _text(payload[2:])
    return code
