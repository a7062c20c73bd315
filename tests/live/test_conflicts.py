"""Whoever is too late gets the question that stands in the way as it is now; a stranger gets none."""

from dataclasses import replace

import pytest

from live import commands as do
from live.refusals import Code, Refused
from live.seats import Seat
from live.states import CommitmentState, Outcome, RefusalReason
from live.states import QuestionState as Q
from tests.cast import BY_JUNE, CLERK, HANH, MODERATOR, OPENED, SECOND_MODERATOR, TUAN, Step, play

THREE = (*OPENED, do.Ask("Một?"), (TUAN, do.Ask("Hai?")), (TUAN, do.Ask("Ba?")))
QUEUED = (*THREE, do.Approve(1), do.Approve(2), do.Approve(3))
ON_STAGE = (*QUEUED, (TUAN, do.Ask("Bốn?")), do.Approve(4), do.CallNext())
ANSWERED = (*ON_STAGE, do.GiveOutcome(1, Outcome.ANSWERED))

TOO_LATE: dict[str, tuple[tuple[Step, ...], do.Command, Seat, Code, int, Q]] = {
    "another outcome first": (
        ANSWERED,
        do.GiveOutcome(1, Outcome.PARTLY_ANSWERED),
        MODERATOR,
        Code.REASON_MISSING,
        1,
        Q.ANSWERED,
    ),
    "the stage is taken": (ON_STAGE, do.CallNext(expect_current=1), MODERATOR, Code.OUTCOME_FIRST, 1, Q.ON_STAGE),
    "the deck is full": (
        (*QUEUED, do.PutOnDeck(1), do.PutOnDeck(2)),
        do.PutOnDeck(3),
        MODERATOR,
        Code.DECK_FULL,
        1,
        Q.ON_DECK,
    ),
    "the card was typed in": (
        (*OPENED, do.PrintCard(), (CLERK, do.Ask("Từ phiếu?", card=1))),
        do.Ask("Từ phiếu?", card=1),
        CLERK,
        Code.CARD_USED,
        1,
        Q.RECEIVED,
    ),
    "put before one that was just called": (
        ON_STAGE,
        do.Place(4, before=1),
        MODERATOR,
        Code.WRONG_STATE,
        1,
        Q.ON_STAGE,
    ),
    "put before one that was withdrawn": (
        (*QUEUED, (HANH, do.Withdraw(1))),
        do.Place(3, before=1),
        MODERATOR,
        Code.WRONG_STATE,
        1,
        Q.WITHDRAWN,
    ),
    "merged into one that was withdrawn": (
        (*QUEUED, (HANH, do.Withdraw(1))),
        do.Merge(3, into=1),
        MODERATOR,
        Code.WRONG_STATE,
        1,
        Q.WITHDRAWN,
    ),
    "called while another was called": (ON_STAGE, do.Call(4), MODERATOR, Code.STAGE_CHANGED, 1, Q.ON_STAGE),
    "withdrawn just as it is called, by its asker": (ON_STAGE, do.Withdraw(1), HANH, Code.WRONG_STATE, 1, Q.ON_STAGE),
    "approved while another wrote a refusal": (
        QUEUED,
        do.Refuse(1, RefusalReason.OFF_TOPIC, "Ngoài chủ đề", seen=Q.RECEIVED),
        MODERATOR,
        Code.WRONG_STATE,
        1,
        Q.QUEUED,
    ),
    "appealed twice": (
        (*THREE, do.Refuse(1, RefusalReason.OFF_TOPIC, "Ngoài chủ đề"), do.Appeal(1, "Xin xem")),
        do.Appeal(1, "Lần nữa"),
        HANH,
        Code.APPEALED,
        1,
        Q.RECEIVED,
    ),
}


@pytest.mark.parametrize("steps, command, seat, code, number, state", TOO_LATE.values(), ids=list(TOO_LATE))
def test_the_refusal_brings_the_question_as_it_stands(steps, command, seat, code, number, state):
    answer = play(*steps).send(command, by=seat)
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert answer.row is not None
    assert (answer.row.number, answer.row.state) == (number, state)
    for language in ("vi", "en"):
        assert answer.row.say(language) in answer.say(language)


def test_a_stranger_never_gets_a_row():
    settled = play(*ANSWERED).send(do.Support(1), by=TUAN)
    assert isinstance(settled, Refused)
    assert settled.row is None


def test_a_reason_left_out_is_no_conflict_where_nobody_was_quicker():
    answer = play(*THREE).send(do.Refuse(1, RefusalReason.OFF_TOPIC, ""), by=SECOND_MODERATOR)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.row) == (Code.REASON_MISSING, None)


def test_what_was_reworded_since_it_was_read_is_not_refused_before_its_new_words_are_read():
    read = do.Refuse(1, RefusalReason.OFF_TOPIC, "Ngoài chủ đề", seen=Q.RECEIVED, revision=1)
    evening = play(*THREE, do.Edit(1, "Một, rõ hơn?", 1))
    answer = evening.send(read, by=SECOND_MODERATOR)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.facts["current"]) == (Code.STALE, "Một, rõ hơn?")
    assert evening.refusal(replace(read, revision=2), by=SECOND_MODERATOR) is None
    assert play(*THREE).refusal(read, by=SECOND_MODERATOR) is None


def test_what_is_about_no_question_brings_none():
    answer = play(*ON_STAGE, do.NoteCommitment("Sửa", "Phòng", BY_JUNE)).send(
        do.MoveCommitment(1, CommitmentState.CONFIRMED)
    )
    assert isinstance(answer, Refused)
    assert (answer.code, answer.row) == (Code.WRONG_STATE, None)
