"""What goes down the wire: JSON envelopes, framed once and written to many."""

import struct
from typing import Any

import msgspec


def envelope(content: dict[str, Any]) -> bytes:
    """A message as compact UTF-8 JSON."""
    return msgspec.json.encode(content)


def text_frame(payload: bytes) -> bytes:
    """An unmasked, unfragmented, uncompressed WebSocket text frame (RFC 6455, section 5.2): the same bytes for all."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", 0x81, length)
    elif length < 65_536:
        head = struct.pack("!BBH", 0x81, 126, length)
    else:
        head = struct.pack("!BBQ", 0x81, 127, length)
    return head + payload
