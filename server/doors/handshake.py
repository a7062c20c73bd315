"""The opening handshake of a line (RFC 6455, section 4.2), from a head that is parsed already."""

import base64
import binascii
import hashlib
import struct

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_WANTED = b"HTTP/1.1 %b\r\n%bConnection: close\r\nContent-Length: 0\r\n\r\n"
NOT_A_HANDSHAKE = _WANTED % (b"400 Bad Request", b"")
OTHER_VERSION = _WANTED % (b"426 Upgrade Required", b"Sec-WebSocket-Version: 13\r\n")
MOST_HEADERS = 128
Headers = list[tuple[bytes, bytes]]


def accepting(method: str, version: str, headers: Headers) -> bytes | None:
    """The answer that opens the line; None when this is no handshake.

    No extension is taken, whatever is offered: a frame is the same bytes for everybody.
    """
    key = _only(headers, b"sec-websocket-key")
    if method != "GET" or version != "1.1" or len(headers) > MOST_HEADERS or key is None or not _sixteen(key):
        return None
    accepted = base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: %b\r\n\r\n" % accepted
    )


def speaks_ours(headers: Headers) -> bool:
    """Whether the other side speaks version 13, the only one there ever was."""
    return _only(headers, b"sec-websocket-version") == b"13"


def _only(headers: Headers, name: bytes) -> bytes | None:
    found = [value for key, value in headers if key == name]
    return found[0] if len(found) == 1 else None


def _sixteen(key: bytes) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except binascii.Error:
        return False


def closing(code: int) -> bytes:
    """A close frame of the server's."""
    return b"\x88\x02" + struct.pack("!H", code)
