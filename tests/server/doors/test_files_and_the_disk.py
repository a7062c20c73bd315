"""A disk that takes no more while a file is read in: words that are true, and nothing there twice afterwards."""

import errno
import os
from asyncio import StreamReader
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from server.rooms import given_file, given_files
from server.rooms.given_file import GivenFile
from server.rooms.room import Room
from tests.disk import leaving
from tests.server.doors.test_files import Giver, on_disk, wav
from tests.server.doors.test_sound import Microphone
from tests.serving import Served
from tests.visitors import staff_cookie
from tests.waiting import until
from transcription.problems import DiskFull
from transcription.recordings import Recording

pytestmark = pytest.mark.slow

NOISE = np.random.default_rng(3).integers(-9_000, 9_000, 25 * 16_000).astype("<i2")
"""25 s, read in three pieces, no two stretches alike: what is there twice shows."""


@pytest.fixture
def giver(served: Served, room: Room) -> Iterator[Giver]:
    giver = Giver(served, staff_cookie(served, "secretary"))
    yield giver
    giver.client.close()


def full_after(pieces: int) -> Callable[[Recording, int, bytes], int]:
    """Room for so many pieces, then none."""
    take, left = Recording.append, [pieces]

    def append(recording: Recording, position: int, pcm: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise DiskFull("Ổ đĩa đã đầy; hãy gửi tiếp.", "The disk is full; go on.")
        return take(recording, position, pcm)

    return append


def given_until_full(giver: Giver, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    with monkeypatch.context() as disk:
        disk.setattr(Recording, "append", full_after(1))
        given = giver.begin(wav(NOISE))
        giver.send(given, wav(NOISE))
        until(lambda: "đã đầy: 10 giây đã ở trong bản ghi" in giver.state(given)["vi"], "the disk to be full", 30)
    return given


def read_on(giver: Giver, given: dict[str, Any]) -> None:
    """The page asks again until the file is being read, and then looks."""
    until(lambda: giver.begin(wav(NOISE))["stage"] == "reading", "the file to be read on", 30)
    until(lambda: giver.state(given)["stage"] == "done", "the file to be read", 30)


def test_a_disk_that_was_full_for_a_while_costs_nothing_and_doubles_nothing(
    served: Served, giver: Giver, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = given_until_full(giver, monkeypatch)
    assert giver.state(given)["stage"] == "receiving"
    monkeypatch.setattr(given_files, "SPARE", 1 << 60)  # a new file would be refused: this one lies here already
    read_on(giver, given)
    assert on_disk(served) == NOISE.tobytes()
    assert giver.state(given)["vi"] == ""


def test_a_file_cancelled_on_a_full_disk_and_chosen_again_goes_on_where_it_was(
    served: Served, giver: Giver, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = given_until_full(giver, monkeypatch)
    assert giver.client.delete(f"/d/TEST01/file/{given['id']}").json()["stage"] == "cancelled"
    assert giver.give(wav(NOISE))["stage"] == "done"
    assert on_disk(served) == NOISE.tobytes()
    assert not list((served.settings.data_dir / "given").iterdir())


def test_while_there_is_no_room_the_file_is_not_read_again_in_vain(
    giver: Giver, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = given_until_full(giver, monkeypatch)
    monkeypatch.setattr(given_file, "disk_usage", leaving(0))
    told = giver.begin(wav(NOISE))
    until(lambda: giver.state(given)["stage"] == "receiving", "it to wait")
    assert (told["id"], giver.state(given)["seconds"]) == (given["id"], 10)


def test_a_reader_that_was_far_ahead_of_a_full_disk_ends_too(giver: Giver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pipe is full and nobody reads it then: asyncio alone would wait for its end for ever."""
    paused: list[bool] = []
    pause = StreamReader.feed_data

    def feed(pipe: StreamReader, data: bytes) -> None:
        pause(pipe, data)
        paused.append(pipe._paused)  # type: ignore[attr-defined]  # nothing public tells it

    def append(_recording: Recording, _position: int, _pcm: bytes) -> int:
        until(lambda: paused[-1], "the reader to be far ahead")
        raise DiskFull("Ổ đĩa đã đầy; hãy gửi tiếp.", "The disk is full; go on.")

    with monkeypatch.context() as disk:
        disk.setattr(StreamReader, "feed_data", feed)
        disk.setattr(Recording, "append", append)
        given = giver.begin(wav(NOISE))
        giver.send(given, wav(NOISE))
        until(lambda: "đã đầy: 0 giây đã ở trong bản ghi" in giver.state(given)["vi"], "the full disk to be told", 30)
    read_on(giver, given)


def test_a_place_that_cannot_be_noted_is_told_and_tried_again(
    served: Served, giver: Giver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_given: GivenFile, _have: int) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as disk:
        disk.setattr(GivenFile, "_begin_at", full)
        given = giver.begin(wav(NOISE))
        giver.send(given, wav(NOISE))
        until(lambda: "cannot write" in giver.state(given)["en"], "the trouble to be told", 30)
    read_on(giver, given)
    assert on_disk(served) == NOISE.tobytes()


def test_a_microphone_stops_also_when_the_pause_cannot_be_noted(
    served: Served, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_recording: Recording, _ms: int) -> None:
        raise DiskFull("Ổ đĩa đã đầy.", "The disk is full.")

    with Microphone(served, staff_cookie(served, "secretary")) as microphone:
        microphone.start()
        microphone.send(0)
        monkeypatch.setattr(Recording, "pause", full)
        microphone.socket.send('{"stop":1}')
        until(lambda: not room.dialogue.sources["hall"].recording, "the source to be stopped")
