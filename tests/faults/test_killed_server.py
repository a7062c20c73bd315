"""kill -9 at any moment, two hundred times: what was acknowledged is there, once; and the same evening goes on."""

import asyncio
import json
import random
from pathlib import Path

import pytest
from websockets.sync.client import connect

from live import commands as do
from live.states import Part
from server.rooms.render import Render
from server.rooms.rooms import Rooms
from tests.cast import MODERATOR
from tests.faults import hall as halls
from tests.faults.born import Cradle
from tests.faults.hall import Hall

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(480)]

EVENINGS = 8
KILLS = 25
"""Kills in one evening; a journal that grows for all two hundred would mostly test how long a replay takes."""


@pytest.mark.parametrize("evening", range(EVENINGS))
def test_what_was_acknowledged_survives_being_killed_again_and_again(tmp_path: Path, evening: int) -> None:
    """A tenth of the answers is never heard, and every phone sends again what it knows nothing of."""
    dice = random.Random(evening)
    hall = Hall.prepare(tmp_path / "data", phones=5, deaf=0.1)
    with Cradle(hall.data_dir, breaks=("unlimited", "small_checkpoints")) as server:
        for life in range(KILLS):
            server.born()
            threads = hall.busy_with(server, 1000, dice)
            hall.until_acknowledged(hall.acknowledged + dice.randint(1, 25))
            server.kill()
            for thread in threads:
                thread.join()
            if life % 10 == 4:
                hall.check()
        server.born()
        hall.converge(server)
    hall.check()
    assert hall.acknowledged > KILLS


async def _begin_a_turn(data_dir: Path) -> None:
    database, journal = await halls.opened(data_dir)
    rooms = Rooms(journal, Render())
    room = await rooms.get("TEST01")
    assert room is not None
    for number in range(1, 6):
        await room.handle(do.Ask(f"Câu {number}"), MODERATOR)
        await room.handle(do.Approve(number), MODERATOR)
    await room.handle(do.CallNext(), MODERATOR)
    await room.handle(do.StartClock(Part.ASKING), MODERATOR)
    await rooms.close()
    await database.close()


def test_the_same_evening_goes_on_after_a_kill(tmp_path: Path) -> None:
    hall = Hall.prepare(tmp_path / "data", phones=1)
    asyncio.run(_begin_a_turn(hall.data_dir))
    before = hall.check()
    assert before.turn is not None
    with Cradle(hall.data_dir) as server:
        server.born()
        server.kill()
        server.born()
        headers = {"Origin": server.url, "Cookie": hall.phones[0].cookie}
        address = f"ws://127.0.0.1:{server.port}/d/TEST01/live?as=phone"
        with connect(address, additional_headers=headers, compression=None) as socket:
            whole = json.loads(socket.recv(timeout=5))
        places = {patch[1]: patch[2] for patch in whole["patches"]}
        assert "Câu 1" in places["stage-place"]
        assert f"{before.turn.running_since:%Y-%m-%dT%H:%M:%S}" in places["stage-place"]
        assert places["next"].index("Câu 2") < places["next"].index("Câu 3")
        assert "Câu 4" in places["queue"]
    assert hall.check() == before
