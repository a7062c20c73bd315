"""After a restart whoever reads sees at once how many support each question, and not only once another one does."""

import pytest

from live import commands as do
from tests.cast import HANH, MODERATOR
from tests.serving import Served
from tests.visitors import Visitor, open_dialogue, staff_cookie

pytestmark = pytest.mark.slow


def test_supports_are_told_to_whoever_comes_after_a_restart(tmp_path):
    with Served(tmp_path) as served:
        room = open_dialogue(served)
        served.run(room.handle(do.Ask("Bao giờ sửa cầu?"), MODERATOR))
        served.run(room.handle(do.Approve(1), MODERATOR))
        served.run(room.handle(do.Support(1), HANH))
    with Served(tmp_path) as served, Visitor(served, staff_cookie(served, "moderator"), "moderator") as moderator:
        while moderator.next("now")["now"].get("tally") != {"1": 1}:
            pass
