import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, OPEN, Protocol

from server.rooms.frames import envelope, text_frame
from tests.server.rooms.listening_line import texts


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 100_000])
def test_a_client_reads_our_frames_as_one_text_message(length: int) -> None:
    client = Protocol(CLIENT, state=OPEN)
    client.receive_data(text_frame(b"x" * length))
    (event,) = client.events_received()
    assert isinstance(event, Frame)
    assert (event.opcode, event.fin, len(event.data)) == (Opcode.TEXT, True, length)


@given(st.text(max_size=70_000 // 50))
def test_the_text_of_a_frame_can_be_read_back(text: str) -> None:
    assert list(texts(text_frame(text.encode()) * 2)) == [text, text]


def test_envelopes_are_compact_utf8() -> None:
    assert envelope({"say": "Đã nhận"}) == '{"say":"Đã nhận"}'.encode()
