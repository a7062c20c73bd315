"""kill -9 at every point of a command's way: what was answered is there, once; what was not is answered on asking."""

import random
from pathlib import Path

import pytest

from tests.faults.born import Cradle
from tests.faults.disk import Disk, Order, build
from tests.faults.hall import Hall
from tests.faults.moments import MOMENTS

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(300)]

PHONES = 5
POINTS: dict[str, str | Order] = {
    **{name: name for name in MOMENTS},
    "while the WAL is written": Order.IN_WAL_WRITE,
    "in the commit, before the sync": Order.BEFORE_WAL_SYNC,
    "in the commit, after the sync": Order.AFTER_WAL_SYNC,
    "while a checkpoint writes": Order.IN_FILE_WRITE,
    "while a checkpoint syncs": Order.BEFORE_FILE_SYNC,
}


@pytest.mark.parametrize("point", POINTS)
def test_a_server_killed_at_this_point_has_lost_and_doubled_nothing(tmp_path: Path, point: str) -> None:
    dice = random.Random(point)
    where = POINTS[point]
    hall = Hall.prepare(tmp_path / "data", PHONES)
    disk = Disk(build(tmp_path), tmp_path / "data", tmp_path / "orders")
    with Cradle(hall.data_dir, disk, ("unlimited", "small_checkpoints")) as server:
        for _ in range(3):
            count = dice.randint(1, 6)
            server.born(where if isinstance(where, str) else "", count)
            if isinstance(where, Order):
                disk.told(where, count)
            for phone in hall.busy_with(server, 60, dice):
                phone.join()
            server.gone()
            disk.told(Order.PEACE)
            hall.check()
        server.born()
        hall.converge(server)
    assert hall.acknowledged > 0
    hall.check()
