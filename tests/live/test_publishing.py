"""Conclusions are published within their days, or with a reason that everybody reads."""

import pytest

from live import commands as do
from live.refusals import Code
from live.seats import Seat
from live.states import DialogueState, MinutesState
from tests.cast import CHAIR, CLOSED, MINUTES_APPROVED, OPENED, SECRETARY, SIGNED, minutes, play

DAY = 24 * 60
SIGNED_MINUTES = (*OPENED, *CLOSED, *MINUTES_APPROVED, *SIGNED)
WHY = "Chờ số liệu của tỉnh"


def publish(way: str, why: str = "") -> tuple[do.Command, Seat]:
    if way == "minutes":
        return do.MoveMinutes(MinutesState.PUBLISHED, why), SECRETARY
    return do.MoveDialogue(DialogueState.PUBLISHED, why), CHAIR


@pytest.mark.parametrize("way", ["minutes", "desk"])
@pytest.mark.parametrize("days, needed", [(0, False), (9, False), (11, True), (300, True)])
def test_after_ten_days_a_reason_is_needed_and_kept(way, days, needed):
    evening = play(*SIGNED_MINUTES, minutes(days * DAY))
    command, seat = publish(way)
    assert evening.refusal(command, by=seat) is (Code.REASON_MISSING if needed else None)
    if not needed:
        return
    assert evening.refusal(publish(way, "  ")[0], by=seat) is Code.REASON_MISSING, "blanks are no reason"
    evening.play((seat, publish(way, WHY)[0]))
    assert evening.dialogue.state is DialogueState.PUBLISHED
    assert str(evening.dialogue.minutes.late) == WHY


def test_what_is_said_on_time_is_no_excuse_on_the_page():
    evening = play(*SIGNED_MINUTES, (SECRETARY, publish("minutes", WHY)[0]))
    assert not evening.dialogue.minutes.late
