"""What was promised and what was invented to try the service stand apart on the page that everybody reads."""

import pytest

from live import commands as do
from live.refusals import Refused
from live.states import CommitmentState, DialogueState, MinutesState, Signatory
from tests.cast import BY_JUNE, CHAIR, DESCRIBED, MODERATOR, SECRETARY
from tests.visitors import browser

STEPS = (
    (MODERATOR, do.MoveDialogue(DialogueState.CLOSING)),
    (MODERATOR, do.MoveDialogue(DialogueState.CLOSED)),
    (SECRETARY, do.MoveMinutes(MinutesState.CHECKED)),
    (CHAIR, do.MoveMinutes(MinutesState.APPROVED)),
    (SECRETARY, do.SignMinutes(Signatory.SECRETARY, "Vũ Ngọc Mai")),
    (CHAIR, do.SignMinutes(Signatory.CHAIR, "Đỗ Minh Quang")),
    (SECRETARY, do.MoveMinutes(MinutesState.PUBLISHED)),
)


def published(served, room, promise):
    for seat, command in (
        (SECRETARY, do.NoteCommitment(promise, "Phòng Kinh tế", BY_JUNE)),
        (SECRETARY, do.MoveCommitment(1, CommitmentState.READ_BACK)),
        *STEPS,
    ):
        assert not isinstance(served.run(room.handle(command, seat)), Refused), command


@pytest.fixture
def invented(served):
    room = served.run(served.parts.rooms.create("DEMO02", DESCRIBED, MODERATOR, demo=True))
    for to in (DialogueState.ANNOUNCED, DialogueState.OPEN):
        served.run(room.handle(do.MoveDialogue(to), MODERATOR))
    published(served, room, "Xây cầu bằng kẹo")
    return room


def page(served):
    with browser(served) as anybody:
        return anybody.get("/commitments").text


def test_invented_promises_stand_under_a_heading_of_their_own_and_are_not_counted(served, room, invented):
    published(served, room, "Sửa cầu")
    real, _, trial = page(served).partition('id="invented"')
    assert "Sửa cầu" in real
    assert "Xây cầu bằng kẹo" not in real
    assert "Xây cầu bằng kẹo" in trial
    assert 'data-kind="demo"' not in real, "the banner would call everything invented"
    assert 'Tất cả <span class="count">1</span>' in real


def test_where_all_is_invented_the_banner_says_it_of_the_page(served, invented):
    text = page(served)
    assert 'data-kind="demo"' in text
    assert 'id="invented"' not in text
    assert "Xây cầu bằng kẹo" in text
