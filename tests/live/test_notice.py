"""The notice, and every move of a dialogue along its life."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from live import commands as do
from live.entries import ClockStopped, DialogueMoved
from live.looks import banner
from live.notice import ASKING, BACKWARD, LIVE, LONGEST_TURN, MOVES, PHONES_ASK, TITLE_LIMIT
from live.refusals import Code
from live.states import DialogueState as S
from live.states import Outcome, Part, TurnState
from live.states import QuestionState as Q
from live.texts import Sealed
from tests.cast import (
    ANNOUNCED,
    ASKED,
    CHAIR,
    CLERK,
    CLOSED,
    DESCRIBED,
    HANH,
    MINUTES_APPROVED,
    MODERATOR,
    OPENED,
    SECRETARY,
    SIGNED,
    TO_STATE,
    evening_in,
    minutes,
    play,
    seconds,
)

TO_DIALOGUE_STATE = {
    S.DRAFT: (DESCRIBED,),
    S.ANNOUNCED: ANNOUNCED,
    S.REHEARSAL: (*ANNOUNCED, do.MoveDialogue(S.REHEARSAL)),
    S.READY: (*ANNOUNCED, do.MoveDialogue(S.READY)),
    S.OPEN: OPENED,
    S.PAUSED: (*OPENED, do.MoveDialogue(S.PAUSED)),
    S.CLOSING: (*OPENED, CLOSED[0]),
    S.CLOSED: (*OPENED, *CLOSED),
    S.MINUTES_SIGNED: (*OPENED, *CLOSED, *MINUTES_APPROVED, *SIGNED),
}
TO_DIALOGUE_STATE[S.PUBLISHED] = (*TO_DIALOGUE_STATE[S.MINUTES_SIGNED], do.MoveDialogue(S.PUBLISHED))
TO_DIALOGUE_STATE[S.FOLLOWING_UP] = (*TO_DIALOGUE_STATE[S.PUBLISHED], do.MoveDialogue(S.FOLLOWING_UP))
TO_DIALOGUE_STATE[S.ARCHIVED] = (*TO_DIALOGUE_STATE[S.FOLLOWING_UP], do.MoveDialogue(S.ARCHIVED))

# v: allowed; r: allowed with a reason, for the public has seen what it undoes; s: refused. From the row to the column.
# Signed minutes come of two signatures only, never of a move.
TABLE = """
               draft announced rehearsal ready open paused closing closed minutes_signed published following_up archived
draft          s     v         s         s     s    s      s       s      s              s         s            s
announced      r     s         v         v     v    s      s       s      s              s         s            s
rehearsal      s     v         s         v     s    s      s       s      s              s         s            s
ready          s     v         v         s     v    s      s       s      s              s         s            s
open           s     s         s         r     s    v      v       s      s              s         s            s
paused         s     s         s         s     v    s      v       s      s              s         s            s
closing        s     s         s         s     v    s      s       v      s              s         s            s
closed         s     s         s         s     s    s      r       s      s              s         s            s
minutes_signed s     s         s         s     s    s      s       s      s              v         s            s
published      s     s         s         s     s    s      s       s      s              s         v            s
following_up   s     s         s         s     s    s      s       s      s              s         s            v
archived       s     s         s         s     s    s      s       s      s              s         r            s
"""
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(S(row[0]), S(to), letter) for row in _ROWS for to, letter in zip(_HEAD, row[1:], strict=True)]


@pytest.mark.parametrize("start, to, letter", CELLS, ids=[f"{start}-{to}" for start, to, _ in CELLS])
def test_a_dialogue_moves_only_along_its_arrows(start, to, letter):
    evening = play(*TO_DIALOGUE_STATE[start])
    assert evening.dialogue.state is start
    bare = {"v": None, "r": Code.REASON_MISSING, "s": Code.WRONG_STATE}[letter]
    assert evening.refusal(do.MoveDialogue(to)) is bare
    if letter == "r":
        assert evening.refusal(do.MoveDialogue(to, "Bấm nhầm"), by=CHAIR) is None
    assert evening.dialogue.state is (start if letter == "s" else to)


def test_the_table_of_moves_speaks_of_every_state():
    assert set(MOVES) == set(S) == set(TO_DIALOGUE_STATE)
    assert {(start, to) for start, to, letter in CELLS if letter == "r"} == BACKWARD


def test_the_clock_never_moves_a_dialogue():
    """Days pass; only people open, close and publish."""
    assert play(*ANNOUNCED, timedelta(days=30)).dialogue.state is S.ANNOUNCED


@pytest.mark.parametrize("state", list(S))
def test_questions_are_taken_from_the_announcement_to_the_closing(state):
    evening = play(*TO_DIALOGUE_STATE[state])
    by_phone, by_clerk = (evening.refusal(ASKED, by=seat) is None for seat in (HANH, CLERK))
    assert by_clerk is (state in ASKING)
    assert by_phone is (state in PHONES_ASK)
    assert by_phone is (state in {S.ANNOUNCED, S.READY, S.OPEN, S.PAUSED})


def test_a_rehearsal_takes_no_question_from_a_phone_and_shows_none_the_form():
    evening = play(*TO_DIALOGUE_STATE[S.REHEARSAL])
    assert evening.refusal(ASKED, by=HANH) is Code.CLOSED
    assert [evening.refusal(ASKED, by=seat) for seat in (MODERATOR, SECRETARY, CLERK)] == [None] * 3
    assert not banner(evening.dialogue).asking
    assert banner(evening.play(do.MoveDialogue(S.READY)).dialogue).asking


@pytest.mark.parametrize("state", sorted(ASKING | {S.CLOSING}))
def test_a_question_is_called_only_while_there_is_a_floor(state):
    way = TO_DIALOGUE_STATE[state]
    announced = len(ANNOUNCED)
    evening = play(*way[:announced], *TO_STATE[Q.QUEUED], *way[announced:])
    assert evening.dialogue.state is state
    called = state in LIVE - {S.PAUSED}
    assert evening.refusal(do.CallNext()) is (None if called else Code.WRONG_STATE)


@pytest.mark.parametrize("state", [Q.RECEIVED, Q.IN_REVIEW, Q.APPROVED, Q.QUEUED, Q.ON_DECK, Q.ON_STAGE])
def test_a_dialogue_does_not_close_over_a_question_without_an_outcome(state):
    evening = evening_in(state).play(CLOSED[0])
    assert evening.refusal(CLOSED[1]) is Code.STILL_WAITING
    assert evening.dialogue.state is S.CLOSING


def test_the_times_of_opening_and_closing_are_kept():
    evening = play(*OPENED)
    opened = evening.now
    evening.play(minutes(90), do.MoveDialogue(S.PAUSED), minutes(10), do.MoveDialogue(S.OPEN), minutes(20), *CLOSED)
    assert evening.dialogue.opened_at == opened
    assert evening.dialogue.closed_at == opened + minutes(120)


def test_a_dialogue_opened_too_early_is_not_open_until_somebody_has_been_called():
    evening = play(*OPENED, *TO_STATE[Q.QUEUED][:2], minutes(5), do.MoveDialogue(S.READY, "Mở nhầm"))
    assert (evening.dialogue.state, evening.dialogue.opened_at) == (S.READY, None)
    assert evening.dialogue.queue == (1,), "what was asked in the meantime stays"
    evening.play(minutes(10), do.MoveDialogue(S.OPEN))
    assert evening.dialogue.opened_at == evening.now


@pytest.mark.parametrize("then", [(), (do.ReturnToQueue(1),), (do.GiveOutcome(1, Outcome.ANSWERED),)])
def test_once_somebody_was_called_the_opening_is_a_fact(then):
    evening = evening_in(Q.ON_STAGE).play(*then)
    assert evening.refusal(do.MoveDialogue(S.READY, "Mở nhầm")) is Code.WRONG_STATE


def test_a_dialogue_without_a_notice_is_not_announced():
    assert play().refusal(do.MoveDialogue(S.ANNOUNCED)) is Code.EMPTY


def test_a_pause_stops_the_clock_that_runs_and_the_speaker_loses_no_second():
    evening = evening_in(Q.ON_STAGE).play(do.StartClock(Part.ASKING), seconds(20))
    assert evening.send(do.MoveDialogue(S.PAUSED)) == (ClockStopped(), DialogueMoved(S.PAUSED, Sealed("")))
    evening.play(minutes(15), do.MoveDialogue(S.OPEN))
    turn = evening.dialogue.turn
    assert turn is not None
    assert (turn.ran, turn.state, turn.running_since) == (seconds(20), TurnState.PAUSED, None)


@pytest.mark.parametrize("before", [(), (do.StartClock(Part.ASKING), do.StopClock())])
def test_a_pause_stops_no_clock_that_stands(before):
    evening = evening_in(Q.ON_STAGE).play(*before)
    assert evening.send(do.MoveDialogue(S.PAUSED)) == (DialogueMoved(S.PAUSED, Sealed("")),)


def test_a_rehearsal_leaves_no_trace_in_the_room_and_all_of_it_in_the_journal():
    evening = play(*ANNOUNCED, ASKED)
    before = evening.dialogue
    evening.play(
        do.MoveDialogue(S.REHEARSAL), do.Approve(1), do.CallNext(), do.StartClock(Part.ASKING),
        do.GiveOutcome(1, Outcome.ANSWERED), (CLERK, do.Ask("Một câu thử")), do.MoveDialogue(S.ANNOUNCED),
    )  # fmt: skip
    assert dataclasses.replace(evening.dialogue, n=before.n) == before
    assert evening.dialogue.n == len(evening.entries) == before.n + 8


def test_from_a_rehearsal_one_can_go_to_ready_and_rehearse_again():
    evening = play(*ANNOUNCED, do.MoveDialogue(S.REHEARSAL), (CLERK, ASKED), do.MoveDialogue(S.READY))
    assert evening.dialogue.state is S.READY
    assert not evening.dialogue.questions
    assert evening.play(do.MoveDialogue(S.REHEARSAL), (CLERK, ASKED)).dialogue.questions
    assert not evening.play(do.MoveDialogue(S.READY)).dialogue.questions


def test_a_notice_says_what_was_written_and_can_be_corrected():
    notice = play(
        *OPENED, dataclasses.replace(DESCRIBED, place="  Hội trường\tthôn 3 ", topics=("Nước", " "))
    ).dialogue.notice
    assert str(notice.place) == "Hội trường thôn 3"
    assert [str(topic) for topic in notice.topics] == ["Nước"]
    assert (str(notice.title), str(notice.agency), notice.starts_at) == (
        DESCRIBED.title,
        DESCRIBED.agency,
        DESCRIBED.starts_at,
    )


def described(**words: Any) -> do.Describe:
    return dataclasses.replace(DESCRIBED, **words)


@pytest.mark.parametrize("field", ["title", "agency", "place"])
@pytest.mark.parametrize("empty", ["", " \n", "\u200b"])
def test_a_notice_without_title_agency_or_place_is_refused(field, empty):
    assert play().refusal(described(**{field: empty})) is Code.EMPTY


@pytest.mark.parametrize("field", ["title", "agency", "place", "superior", "chair", "secretary", "theme"])
def test_a_line_of_the_notice_that_is_too_long_is_refused(field):
    assert play().refusal(described(**{field: "a" * TITLE_LIMIT})) is None
    assert play().refusal(described(**{field: "a" * (TITLE_LIMIT + 1)})) is Code.TOO_LONG


def test_blanks_that_are_not_kept_do_not_make_a_line_too_long():
    assert play().refusal(described(title="a" * TITLE_LIMIT + "  ")) is None


@pytest.mark.parametrize("field", ["question_seconds", "answer_seconds"])
@pytest.mark.parametrize(
    "length, refused",
    [(1, None), (LONGEST_TURN, None), *((n, Code.NOT_UNDERSTOOD) for n in (0, -1, LONGEST_TURN + 1))],
)
def test_a_turn_lasts_between_a_second_and_an_hour(field, length, refused):
    assert play().refusal(described(**{field: length})) is refused
