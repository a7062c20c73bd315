"""A disk that fails under a running server: nothing is acknowledged that is not kept, and then it goes on."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.born import Cradle
from tests.faults.disk import Disk, Order, build
from tests.faults.hall import Hall

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(120)]

DEEDS = 4
"""What each phone asks for while the disk is ill."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(build(tmp_path), tmp_path / "data", tmp_path / "orders")
    yield disk
    disk.close()


@pytest.mark.parametrize("illness", [Order.SYNC_FAILS, Order.FULL, Order.READ_ONLY])
@pytest.mark.parametrize("killed", [False, True], ids=["gets well", "is killed while ill"])
def test_a_server_on_a_sick_disk_says_busy_and_forgets_nothing(
    tmp_path: Path, disk: Disk, illness: Order, killed: bool
) -> None:
    dice = random.Random(5)
    hall = Hall.prepare(tmp_path / "data", phones=4)
    with Cradle(hall.data_dir, disk, ("unlimited", "small_checkpoints")) as server:
        server.born()
        for thread in hall.busy_with(server, 8, dice):
            thread.join()
        well = hall.acknowledged
        before = [len(phone.sent) for phone in hall.asking]
        disk.told(illness)
        for thread in hall.busy_with(server, DEEDS, dice):
            thread.join()
        assert hall.acknowledged == well, "acknowledged without a disk"
        for phone, sent in zip(hall.asking, before, strict=True):
            asked = phone.sent[sent:]
            assert (len(asked), [told.answer for told in asked]) == (DEEDS, [None] * DEEDS)
            assert phone.busy >= DEEDS, "each was told that the room cannot take it now"
        assert server.lives
        if killed:
            server.kill()
        disk.told(Order.PEACE)
        if killed:
            server.born()
        hall.converge(server)
        assert hall.acknowledged > well
    hall.check()
