"""PostgreSQL commits and the line breaks before it can say so: nobody knows, until the same op comes again."""

from pathlib import Path
from typing import Any

import pytest

from live import commands as do
from live.dialogue import replay
from server.rooms.turn import Accepted, Busy
from tests.cast import ASKED, HANH, TUAN
from tests.faults.between import Between
from tests.machines import Postgres
from tests.serving import Served
from tests.visitors import open_dialogue

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(120)]
SECRET = "mot-bi-mat-chung-cua-ca-hai-may-chu-0001"


def test_what_was_committed_and_not_heard_of_is_found_by_its_op_and_is_there_once(
    tmp_path: Path, postgres: Postgres
) -> None:
    with Between(postgres.root) as between:
        url = postgres.database().replace(str(postgres.root), str(between.folder))
        with Served(tmp_path, database_url=url, secret=SECRET) as served:
            room = open_dialogue(served)
            between.marker = str(ASKED.text).encode()
            answer: Any = served.run(room.handle(ASKED, HANH, "op-1"))
            assert between.stolen.is_set()
            assert isinstance(answer, Busy), "nobody is told what nobody knows"
            assert isinstance(served.run(room.handle(do.Ask("Bao giờ có nước?"), TUAN, "op-2")), Accepted)
            while isinstance(answer, Busy):
                answer = served.run(room.handle(ASKED, HANH, "op-1"))
            assert answer.receipt["number"] == 1
            assert [str(one.text) for one in room.dialogue.questions.values()] == [str(ASKED.text), "Bao giờ có nước?"]
            assert replay(served.run(served.parts.journal.entries(room.stream.id))) == room.dialogue
