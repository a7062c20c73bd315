"""Whatever leaves the demo says that it is invented, on every kind of paper and file."""

import asyncio
import io
import zipfile
from pathlib import Path

import pytest

from live import commands as do
from server.cli.records import _exported
from server.rooms.ears import sound_directory
from server.rooms.room import Room
from tests.cast import DESCRIBED, MODERATOR, OPENED, SECRETARY
from tests.serving import Served
from tests.visitors import browser, staff_cookie
from transcription.recordings import Recording

pytestmark = pytest.mark.slow

STAMP = "DỮ LIỆU MINH HỌA"
EXPORTS = [
    "transcript.txt", "transcript.srt", "transcript.vtt", "minutes.docx", "minutes", "notice", "notice.txt", "record",
    "record.docx", "slip/1",
]  # fmt: skip


def words(content: bytes) -> str:
    """The text of a file; of a Word file, of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("demo", [True, False])
def test_every_export_of_an_invented_dialogue_is_stamped_and_no_other(tmp_path: Path, demo: bool) -> None:
    with Served(tmp_path) as served:
        room = served.run(served.parts.rooms.create("TEST01", DESCRIBED, MODERATOR, demo=demo))
        assert isinstance(room, Room)
        for command in OPENED[1:]:
            served.run(room.handle(command, MODERATOR))
        said: tuple[do.Command, ...] = (do.WriteLine("Xin chào"), do.StartRecording("hall"), do.Ask("Bao giờ sửa cầu?"))
        for each in said:
            served.run(room.handle(each, SECRETARY))
        Recording(sound_directory(tmp_path, "TEST01", "hall")).append(0, bytes(3200))
        with browser(served, staff_cookie(served, "secretary", "clerk")) as secretary:
            for name in EXPORTS:
                answer = secretary.get(f"/d/TEST01/{name}")
                assert answer.status_code == 200, name
                assert (STAMP in words(answer.content)) is demo, name
            sound = secretary.get("/d/TEST01/sound/hall.wav")
            assert sound.content.startswith(b"RIFF")
            assert ("MINH-HOA" in sound.headers["content-disposition"]) is demo
        for journal in (True, False):
            content = asyncio.run(_exported(served.settings, "TEST01", public=False, journal=journal))
            assert content is not None
            assert (STAMP in content.decode()) is demo, f"journal={journal}"
            assert "Xin chào" in content.decode()
