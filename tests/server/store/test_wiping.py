"""What the end of a rehearsal deletes and erases, in either database; and what it leaves alone."""

import pytest
from sqlalchemy import select

from live import commands as do
from live.dialogue import replay
from live.seats import REHEARSES, Audience, Seat
from live.states import DialogueState
from server.store import tables
from server.store.photos import Photos
from tests.cast import CLERK, HANH, MACHINE, MODERATOR
from tests.server.both import BOTH

pytestmark = pytest.mark.anyio
TRIAL = Seat(f"{REHEARSES}a1", Audience.PHONE, "Máy A1B2", "Diễn tập", publish_name=True, rehearsing=True)


async def rows(database, *columns):
    return await database.read(lambda connection: connection.execute(select(*columns)).all())


async def photographed(room, database, seat: Seat, number: int, picture: bytes) -> None:
    digest = await Photos(database).keep(room.stream.id, picture, b"small " + picture, room.clock())
    machine = Seat(seat.id, Audience.MACHINE, rehearsing=seat.rehearsing)
    await room.handle(do.AttachPhoto(number, digest), machine)


@BOTH
async def test_only_what_was_tried_goes(room, database):
    await room.handle(do.MoveDialogue(DialogueState.READY, "Mở nhầm"), MODERATOR)
    await room.handle(do.Ask("Câu thật"), HANH, "op-real")
    await photographed(room, database, HANH, 1, b"a real picture")
    await room.handle(do.MoveDialogue(DialogueState.REHEARSAL), MODERATOR)
    await room.handle(do.Ask("Câu thử"), TRIAL, "op-trial")
    await room.handle(do.Ask("Phiếu thử", read_back=True), CLERK)
    await photographed(room, database, TRIAL, 2, b"a trial picture")
    await photographed(room, database, TRIAL, 2, b"a real picture")
    await room.handle(do.Approve(1), MODERATOR)
    await room.handle(do.Support(1), TRIAL)
    await room.handle(do.StartRecording("hall"), MODERATOR)
    await room.handle(do.Hear("hall", 1, 1, 0, 800, "lời nói thử", "Lời nói thử."), MACHINE)
    await Photos(database).keep(room.stream.id, b"on its way", b"small", room.clock())
    await room.handle(do.MoveDialogue(DialogueState.READY), MODERATOR)
    assert await rows(database, tables.photos.c.large) == [(b"a real picture",)]
    assert await rows(database, tables.supports.c.seat) == []
    assert {op for (op,) in await rows(database, tables.ops.c.op)} == {"op-real"}
    texts = {text for (text,) in await rows(database, tables.sealed_texts.c.text)}
    assert "Câu thật" in texts
    assert not texts & {"Câu thử", "Máy A1B2", "Diễn tập", "lời nói thử", "Lời nói thử."}
    assert replay(await room._journal.entries(room.stream.id)) == room.dialogue
