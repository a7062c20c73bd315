"""Calling, the deck, the clock, and what came of a question; by two people at once when it matters."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from live import commands as do
from live.floor import NOTE_LIMIT
from live.refusals import Code, Refused
from live.states import DialogueState, Outcome, Part, TurnState
from live.states import QuestionState as Q
from tests.cast import (
    ASKED,
    BY_JUNE,
    CHAIR,
    CLOSED,
    FORWARDED,
    MODERATOR,
    OPENED,
    SECOND_MODERATOR,
    TUAN,
    WRITTEN,
    Evening,
    evening_in,
    minutes,
    play,
    seconds,
)

PAUSED = (do.MoveDialogue(DialogueState.PAUSED),)
FIVE = (
    *OPENED,
    *(step for n in range(1, 6) for step in ((TUAN if n % 2 else MODERATOR, do.Ask(f"Câu {n}")), do.Approve(n))),
)


def places(evening: Evening) -> tuple[int | None, tuple[int, ...], tuple[int, ...]]:
    dialogue = evening.dialogue
    return (dialogue.turn.question if dialogue.turn else None, dialogue.deck, dialogue.queue)


def test_calling_takes_the_head_and_announces_the_next_two():
    evening = play(*FIVE, do.CallNext())
    assert places(evening) == (1, (2, 3), (4, 5))
    evening.play(do.GiveOutcome(1, Outcome.ANSWERED), do.CallNext())
    assert places(evening) == (2, (3, 4), (5,))


def test_the_deck_goes_before_the_queue_and_keeps_its_order():
    evening = play(*FIVE, do.PutOnDeck(4), do.PutOnDeck(2))
    assert places(evening) == (None, (4, 2), (1, 3, 5))
    assert evening.refusal(do.PutOnDeck(1)) is Code.DECK_FULL
    assert places(evening.play(do.CallNext())) == (4, (2, 1), (3, 5))


def test_a_question_taken_off_the_deck_is_the_next_again():
    assert places(play(*FIVE, do.PutOnDeck(4), do.TakeOffDeck(4, "Người hỏi xin đợi"))) == (None, (), (4, 1, 2, 3, 5))


def test_one_moves_questions_before_others_but_never_past_the_deck():
    evening = play(*FIVE, do.Place(5, before=1), do.Place(1), do.SetAside(3))
    assert places(evening) == (None, (), (5, 2, 4, 1))
    assert places(evening.play(do.Place(3, before=4))) == (None, (), (5, 2, 3, 4, 1))
    evening.play(do.PutOnDeck(5))
    assert evening.refusal(do.Place(1, before=5)) is Code.LOCKED
    assert evening.refusal(do.Place(1, before=1)) is Code.WRONG_STATE


def test_two_people_who_call_at_once_call_one_question():
    evening = play(*FIVE, (CHAIR, do.CallNext()))
    assert evening.refusal(do.CallNext(), by=MODERATOR) is Code.STAGE_CHANGED
    assert evening.refusal(do.CallNext(expect_current=1), by=MODERATOR) is Code.OUTCOME_FIRST
    evening.play((CHAIR, do.GiveOutcome(1, Outcome.ANSWERED)))
    assert evening.refusal(do.CallNext(expect_current=1), by=MODERATOR) is Code.STAGE_CHANGED
    assert places(evening)[0] is None


def test_nobody_is_called_from_an_empty_queue():
    assert play(*OPENED, ASKED).refusal(do.CallNext()) is Code.QUEUE_EMPTY


def test_somebody_who_is_absent_goes_back_to_the_head_of_the_queue_and_is_not_lost():
    evening = play(*FIVE, do.CallNext(), do.ReturnToQueue(1, absent=True))
    assert places(evening) == (None, (2, 3), (1, 4, 5))
    assert evening.refusal(do.ReturnToQueue(1)) is Code.STAGE_CHANGED


def test_the_tally_of_the_moment_of_calling_is_kept():
    evening = play(*FIVE)
    evening.supports = {1: 41, 2: 7}
    assert evening.play(do.CallNext()).dialogue.questions[1].supports == 41


@pytest.mark.parametrize(
    "command, refused",
    [
        (do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency="Phòng Kinh tế"), Code.DATE_MISSING),
        (do.GiveOutcome(1, Outcome.WRITTEN_DUE, due=BY_JUNE), Code.DATE_MISSING),
        (do.GiveOutcome(1, Outcome.FORWARDED_UP), Code.DATE_MISSING),
        (WRITTEN, None),
        (FORWARDED, None),
    ],
)
def test_an_answer_that_is_owed_names_who_owes_it_and_by_when(command, refused):
    assert evening_in(Q.ON_STAGE).refusal(command) is refused


def test_only_a_written_answer_has_a_date():
    evening = evening_in(Q.ON_STAGE).play(dataclasses.replace(FORWARDED, due=BY_JUNE))
    assert evening.dialogue.questions[1].due is None


def test_an_outcome_clears_the_stage_and_another_question_s_does_not():
    evening = play(*FIVE, do.CallNext(), dataclasses.replace(WRITTEN, question=2, reason="Hết giờ"))
    assert places(evening) == (1, (3,), (4, 5))
    assert places(evening.play(do.GiveOutcome(1, Outcome.ANSWERED))) == (None, (3,), (4, 5))


def test_an_outcome_is_corrected_later_with_a_reason_until_the_archive():
    evening = evening_in(Q.ANSWERED)
    evening.play(dataclasses.replace(WRITTEN, reason="Bà con chưa đồng ý"))
    question = evening.dialogue.questions[1]
    assert (question.state, str(question.agency), question.due) == (Q.WRITTEN_DUE, "Phòng Kinh tế", BY_JUNE)
    archived = dataclasses.replace(evening.dialogue, state=DialogueState.ARCHIVED)
    assert Evening(archived).refusal(dataclasses.replace(FORWARDED, reason="Muộn")) is Code.WRONG_STATE


GIVEN = dataclasses.replace(WRITTEN, note="Gửi về thôn")


@pytest.mark.parametrize("reason", ["", "Bấm hai lần"])
def test_two_people_who_tap_the_same_outcome_have_both_been_heard(reason):
    evening = evening_in(Q.ON_STAGE).play((CHAIR, GIVEN))
    before = evening.dialogue
    again = dataclasses.replace(GIVEN, note="  Gửi về  thôn ", reason=reason)
    assert evening.send(again, by=MODERATOR) == ()
    assert evening.dialogue is before


@pytest.mark.parametrize(
    "changed",
    [
        dataclasses.replace(GIVEN, outcome=Outcome.FORWARDED_UP),
        dataclasses.replace(GIVEN, agency="UBND tỉnh"),
        dataclasses.replace(GIVEN, due=BY_JUNE + timedelta(days=1)),
        dataclasses.replace(GIVEN, note="Gửi về xã"),
    ],
)
def test_an_outcome_that_differs_in_anything_is_a_correction_and_wants_a_reason(changed):
    evening = evening_in(Q.ON_STAGE).play((CHAIR, GIVEN))
    assert evening.refusal(changed, by=MODERATOR) is Code.REASON_MISSING


def test_a_note_beside_an_outcome_is_refused_when_too_long_and_never_cut():
    words: list[dict[str, Any]] = [{"note": "ạ" * length} for length in (NOTE_LIMIT, NOTE_LIMIT + 1)]
    fits, long = (dataclasses.replace(WRITTEN, **said) for said in words)
    answer = evening_in(Q.ON_STAGE).send(long)
    assert answer == Refused(Code.TOO_LONG, {"length": NOTE_LIMIT + 1, "limit": NOTE_LIMIT})
    assert evening_in(Q.ON_STAGE).refusal(fits) is None


SETTLED = [Q.ANSWERED, Q.PARTLY_ANSWERED, Q.WRITTEN_DUE, Q.FORWARDED_UP]


@pytest.mark.parametrize("state", SETTLED)
def test_an_outcome_tapped_by_mistake_is_taken_back_and_forgotten(state):
    evening = evening_in(state).play(do.Ask("Giá nước?"), do.Approve(2), do.ReturnToQueue(1, reason="Ghi nhầm"))
    question = evening.dialogue.questions[1]
    assert places(evening) == (None, (), (1, 2)), "at the head: it was being answered a moment ago"
    assert (question.outcome, str(question.agency), question.due, str(question.closing)) == (None, "", None, "")
    assert places(evening.play(do.CallNext())) == (1, (2,), ())


def test_taking_an_outcome_back_leaves_the_stage_of_another_question_alone():
    evening = play(*FIVE, do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED), do.CallNext(), do.StartClock(Part.ASKING))
    turn, log = evening.dialogue.turn, evening.dialogue.floor_log
    evening.play(do.ReturnToQueue(1, reason="Ghi nhầm"))
    assert places(evening) == (2, (3, 4), (1, 5))
    assert (evening.dialogue.turn, evening.dialogue.floor_log) == (turn, log)


def test_an_absence_is_told_to_its_asker_and_to_staff_until_it_is_called_again():
    evening = play(*FIVE, do.CallNext(), do.ReturnToQueue(1, absent=True))
    assert evening.dialogue.questions[1].absent_at is not None
    evening.play(do.CallNext(), do.ReturnToQueue(2, reason="Mời nhầm"))
    assert evening.dialogue.questions[2].absent_at is None, "called by mistake is no absence"
    evening.play(do.Call(1, reason="Người hỏi đã vào"))
    assert evening.dialogue.questions[1].absent_at is None


@pytest.mark.parametrize("state", SETTLED)
def test_somebody_who_was_answered_was_not_absent(state):
    assert evening_in(state).refusal(do.ReturnToQueue(1, absent=True)) is Code.STAGE_CHANGED


@pytest.mark.parametrize("moves, taken", [((), True), (PAUSED, True), (CLOSED[:1], True), (CLOSED, False)])
def test_an_outcome_is_taken_back_only_while_there_is_a_floor(moves, taken):
    evening = evening_in(Q.ANSWERED).play(*moves)
    assert evening.refusal(do.ReturnToQueue(1, reason="Ghi nhầm")) is (None if taken else Code.STAGE_CHANGED)


def test_a_clock_counts_only_while_it_runs():
    evening = evening_in(Q.ON_STAGE).play(
        minutes(1), do.StartClock(Part.ASKING), seconds(20), do.StopClock(), minutes(5), do.StartClock(Part.ASKING),
        seconds(30), do.StopClock(),
    )  # fmt: skip
    turn = evening.dialogue.turn
    assert turn is not None
    assert (turn.ran, turn.limit, turn.state) == (seconds(50), seconds(180), TurnState.PAUSED)


def test_answering_has_its_own_time_and_starting_twice_is_starting_once():
    evening = evening_in(Q.ON_STAGE).play(do.StartClock(Part.ASKING), seconds(20), do.StartClock(Part.ANSWERING))
    began = evening.now
    evening.play(seconds(10), do.StartClock(Part.ANSWERING))
    turn = evening.dialogue.turn
    assert turn is not None
    assert (turn.part, turn.ran, turn.running_since, turn.limit) == (Part.ANSWERING, seconds(0), began, seconds(300))


def test_time_is_added_to_a_clock_and_never_lost():
    evening = evening_in(Q.ON_STAGE)
    assert evening.refusal(do.ExtendClock(60)) is Code.NO_CLOCK, "starting it would have forgotten the minute"
    evening.play(
        do.StartClock(Part.ASKING), do.ExtendClock(60), do.StopClock(), do.ExtendClock(30), do.StartClock(Part.ASKING)
    )
    assert evening.dialogue.turn is not None
    assert evening.dialogue.turn.limit == seconds(270)


@pytest.mark.parametrize(
    "length, refused", [(0, Code.WRONG_STATE), (-60, Code.WRONG_STATE), (3600, None), (3601, Code.WRONG_STATE)]
)
def test_a_clock_is_extended_by_a_sensible_time(length, refused):
    assert evening_in(Q.ON_STAGE).play(do.StartClock(Part.ASKING)).refusal(do.ExtendClock(length)) is refused


def test_a_clock_that_is_set_back_takes_no_time_from_anybody():
    evening = evening_in(Q.ON_STAGE).play(
        do.StartClock(Part.ASKING), seconds(20), do.StopClock(), do.StartClock(Part.ASKING)
    )
    evening.play(minutes(-10), do.StopClock())
    assert evening.dialogue.turn is not None
    assert evening.dialogue.turn.ran == seconds(20)


@pytest.mark.parametrize("command", [do.StartClock(Part.ASKING), do.ExtendClock()])
def test_an_empty_stage_has_no_clock(command):
    assert play(*OPENED).refusal(command) is Code.STAGE_EMPTY


def test_a_clock_that_does_not_run_is_not_stopped():
    assert play(*OPENED).refusal(do.StopClock()) is Code.NO_CLOCK
    evening = evening_in(Q.ON_STAGE)
    assert evening.refusal(do.StopClock(), by=SECOND_MODERATOR) is Code.NO_CLOCK
    assert evening.play(do.StartClock(Part.ASKING), do.StopClock()).refusal(do.StopClock()) is Code.NO_CLOCK
