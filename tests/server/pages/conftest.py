from collections.abc import Iterator
from pathlib import Path

import pytest

from server.rooms.room import Room
from tests.serving import Served
from tests.visitors import open_dialogue


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path) as served:
        yield served


@pytest.fixture
def room(served: Served) -> Room:
    return open_dialogue(served)
