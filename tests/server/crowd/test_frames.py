"""The crowd reads frames as RFC 6455 has them, however the network cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from server.crowd.frames import PONG, TEXT, Frames, Malformed, close_code, handshake, masked
from server.rooms.frames import text_frame

long = st.builds(lambda size, byte: bytes([byte]) * size, st.integers(65_400, 65_700), st.integers(0, 255))
payloads = st.lists(st.one_of(st.binary(max_size=200), long), max_size=4)
"""Of every way to write a length (RFC 6455, 5.2); drawing each byte of a long one would only take time."""


@given(payloads, st.data())
def test_frames_come_out_as_they_went_in_however_they_are_cut(sent: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(text_frame(payload) for payload in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    frames = Frames()
    found: list[tuple[int, bytes]] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += frames.feed(stream[start:end])
    assert found == [(TEXT, payload) for payload in sent]


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(masked(b"x"), id="masked by a server"),
        pytest.param(b"\xc1\x01x", id="compressed without negotiation"),
        pytest.param(b"\x01\x01x", id="a part of a message"),
        pytest.param(b"\x83\x00", id="an opcode that does not exist"),
        pytest.param(b"\x82\x01x", id="binary"),
    ],
)
def test_what_this_server_may_not_send_is_malformed(frame: bytes) -> None:
    with pytest.raises(Malformed):
        list(Frames().feed(frame))


def test_what_goes_up_is_masked_and_whole() -> None:
    sent = masked(b"abc", PONG)
    assert sent[0] == 0x80 | PONG
    assert sent[1] & 0x80
    assert sent[6:] == bytes(byte ^ sent[2 + index] for index, byte in enumerate(b"abc"))


def test_a_close_code_is_read_and_its_absence_too() -> None:
    (_, payload), *_ = Frames().feed(Frame(Opcode.CLOSE, b"\x0f\xa8slow").serialize(mask=False))
    assert close_code(payload) == 4008
    assert close_code(b"") == 1005


def test_each_handshake_has_a_key_of_its_own() -> None:
    first, accept = handshake("127.0.0.1:8000", "/d/T/live", {"Origin": "http://127.0.0.1:8000"})
    assert first.startswith(b"GET /d/T/live HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n")
    assert first.endswith(b"\r\nOrigin: http://127.0.0.1:8000\r\n\r\n")
    assert accept != handshake("127.0.0.1:8000", "/d/T/live", {})[1]
