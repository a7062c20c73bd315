"""What phones of a rehearsal may do beside asking, through the doors; and that nothing of it is left afterwards."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from live import commands as do
from live.refusals import Code
from live.states import DialogueState
from server.store import tables
from server.store.photos import Photos
from server.store.verifying import verify
from tests.cast import CLERK, MODERATOR
from tests.server.doors.test_photos import given, seen
from tests.server.pages.test_rehearsal_phones import link, seated
from tests.server.photos.test_redrawing import file, pixels
from tests.serving import Served
from tests.visitors import Visitor, browser, citizen_cookie, open_dialogue, staff_cookie

pytestmark = pytest.mark.slow

JPEG = "image/jpeg"
WORDS = "Câu chỉ để thử"
ASKED = {"as": "rehearsal", "text": WORDS}


@pytest.fixture
def room(served):
    room = open_dialogue(served, to=DialogueState.ANNOUNCED)
    served.run(room.handle(do.MoveDialogue(DialogueState.REHEARSAL), MODERATOR))
    return room


def rows(served, *columns) -> list[tuple[Any, ...]]:
    return list(served.run(served.parts.database.read(lambda connection: connection.execute(select(*columns)).all())))


def tried(phone, content: bytes = b"", question: int = 1):
    content = content or file(pixels())
    return phone.post(
        f"/d/TEST01/photo/{question}?as=rehearsal",
        files={"photo": ("IMG_1.jpg", content, JPEG)},
        headers={"Accept": "application/json"},
    )


def test_a_phone_of_a_rehearsal_sends_a_photo_and_supports_and_others_see_it_as_in_the_evening(served, room):
    cookie = seated(served, link(served))
    with browser(served, cookie) as phone:
        phone.post("/d/TEST01/do/ask", data=ASKED)
        assert tried(phone).status_code == 200
        assert phone.get("/d/TEST01/photo/1").status_code == 200
        assert seen(served, citizen_cookie(served, "Hạnh")) == seen(served, "") == (404, "text/html; charset=utf-8")
        assert seen(served, staff_cookie(served, "moderator")) == (200, JPEG)
        served.run(room.handle(do.Approve(1), MODERATOR))
        served.run(room.handle(do.ShowPhoto(1, True, str(room.dialogue.questions[1].photo)[:12]), MODERATOR))
        assert seen(served, "") == (200, JPEG)
    with Visitor(served, seated(served, link(served)), "rehearsal") as other:
        assert "ok" in other.send("support", question=1)
        served.run(room.load_tally())
        assert room.tally == {1: 1}


def test_only_beside_what_was_asked_in_the_rehearsal_and_only_from_its_own_phone(served, room):
    hanh = citizen_cookie(served, "Hạnh")
    served.run(room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR))
    with browser(served, hanh) as real:
        real.post("/d/TEST01/do/ask", data={"as": "phone", "text": "Câu thật"})
        served.run(room.handle(do.MoveDialogue(DialogueState.REHEARSAL), MODERATOR))
        assert given(real, Accept="application/json").json()["code"] == Code.CLOSED
    cookie = seated(served, link(served))
    with browser(served, f"{hanh}; {cookie}") as both, browser(served) as nobody:
        both.post("/d/TEST01/do/ask", data=ASKED)
        assert tried(both, question=1).json()["code"] == Code.NOT_FOUND, "the real question of the same phone"
        assert given(both, question=2, Accept="application/json").json()["code"] == Code.NOT_FOUND, "as the real phone"
        assert tried(nobody, question=2).json()["code"] == Code.NOT_FOUND
        assert tried(both, question=2).status_code == 200
    assert len(rows(served, tables.photos.c.digest)) == 1


def test_a_photo_that_comes_when_all_is_over_is_not_kept(served, room, monkeypatch):
    """The file is taken in, and then, before an entry can name it, the rehearsal ends."""
    keep = Photos.keep

    async def late(self, *args):
        await room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR)
        return await keep(self, *args)

    with browser(served, seated(served, link(served))) as phone:
        phone.post("/d/TEST01/do/ask", data=ASKED)
        monkeypatch.setattr(Photos, "keep", late)
        assert tried(phone).status_code == 409
    assert rows(served, tables.photos.c.digest) == []


def test_counts_of_a_rehearsal_do_not_go_on_in_the_evening(served, room):
    with browser(served, seated(served, link(served))) as phone:
        phone.post("/d/TEST01/do/ask", data=ASKED)
    served.run(room.handle(do.Approve(1), MODERATOR))
    with Visitor(served, seated(served, link(served)), "rehearsal") as other:
        other.send("support", question=1)
        served.run(room.load_tally())
        served.run(counted(room))
        served.run(room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR))
        with Visitor(served) as anybody:
            while anybody.next("now")["now"].get("tally") != {}:
                pass
    assert (room.tally, room.seen.counts) == ({}, {})


async def counted(room) -> None:
    room.seen.add([1], 0)


def test_when_the_evening_opens_nothing_of_it_is_left_not_even_on_the_disk(tmp_path):
    picture, real = file(Image.effect_noise((640, 480), 90)), file(pixels())
    with Served(tmp_path) as served:
        room = open_dialogue(served, to=DialogueState.ANNOUNCED)
        with browser(served, citizen_cookie(served, "Hạnh")) as hanh:
            hanh.post("/d/TEST01/do/ask", data={"as": "phone", "text": "Câu thật"})
            assert given(hanh, real).status_code == 303
        served.run(room.handle(do.MoveDialogue(DialogueState.REHEARSAL), MODERATOR))
        before = room.dialogue
        with browser(served, seated(served, link(served))) as phone:
            phone.post("/d/TEST01/do/ask", data=ASKED | {"op": "op-of-a-rehearsal"})
            assert tried(phone, picture, 2).status_code == 200
            served.run(room.handle(do.Approve(2), MODERATOR))
            phone.post("/d/TEST01/do/support", data={"as": "rehearsal", "question": "2", "on": "on"})
            phone.post("/d/TEST01/do/add_to_question", data=ASKED | {"question": "2", "text": "Thêm lời thử"})
        clerks = do.Ask("Phiếu thử", read_back=True)
        served.run(room.handle(clerks, CLERK))
        kept, small = rows(served, tables.photos.c.large, tables.photos.c.small)[-1]
        assert files_with(tmp_path, kept[1000:]) == files_with(tmp_path, WORDS.encode()) != set()
        for to in (DialogueState.READY, DialogueState.OPEN):
            served.run(room.handle(do.MoveDialogue(to), MODERATOR))
        assert room.dialogue.questions == before.questions
        assert seen(served, staff_cookie(served, "moderator"), question=2)[0] == 404
        assert seen(served, staff_cookie(served, "chair"), question=1) == (200, JPEG), "the real one stays"
        left = (kept[1000:], small[1000:], WORDS.encode(), "Thêm lời thử".encode(), b"op-of-a-rehearsal")
        assert files_with(tmp_path, *left) == set()
        assert rows(served, tables.supports.c.seat) == []
        assert [seat for (seat,) in rows(served, tables.ops.c.seat) if seat.startswith("rehearsal:")] == []
        key = served.parts.journal._key.public_key()
        verdicts = served.run(served.parts.database.read(lambda connection: list(verify(connection, key))))
        assert [verdict.flaw for verdict in verdicts] == [None]


def files_with(folder: Path, *what: bytes) -> set[str]:
    """The files in which any of this can be read, be it a piece of a picture."""
    pieces = [one[at : at + 64] for one in what for at in range(0, max(1, len(one) - 64), 997)]
    content = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name for name, held in content.items() if any(piece in held for piece in pieces)}
