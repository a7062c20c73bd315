"""Answers owed in writing: whose desk they lie on, what shows that they were sent, and who reads it."""

from dataclasses import replace
from datetime import date

import pytest

from live import commands as do
from live.answers import MyAnswer, WrittenAnswer
from live.dialogue import replay
from live.mine import mine, own
from live.refusals import Code
from live.seats import Audience
from live.states import DialogueState, MinutesState, Outcome
from live.states import QuestionState as Q
from live.views import view
from tests.cast import (
    AGENCY,
    BY_JUNE,
    CHAIR,
    CLOSED,
    HANH,
    MINUTES_APPROVED,
    MODERATOR,
    OTHER_AGENCY,
    SECRETARY,
    SIGNED,
    WRITTEN,
    Evening,
    evening_in,
    minutes,
)

SENT = do.ReportAnswer(1, "Công văn số 12 ngày 20/06/2026", "https://eamo.example/cong-van-12")


def owed_by(evening: Evening, seat) -> list[MyAnswer]:
    return [one for one in own(evening.dialogue, seat) if isinstance(one, MyAnswer)]


def in_public(evening: Evening) -> list[WrittenAnswer]:
    items = [item.thing for r in view(evening.dialogue, Audience.PUBLIC) if r.name == "answers" for item in r.items]
    return [thing for thing in items if isinstance(thing, WrittenAnswer)]


def test_an_answer_owed_in_writing_lies_on_the_desk_of_its_agency_and_of_no_other():
    evening = evening_in(Q.ON_STAGE).play(replace(WRITTEN, agency=" phòng  KINH TẾ", note="Kèm bản vẽ"))
    (owed,) = owed_by(evening, AGENCY)
    assert (owed.number, owed.due, owed.sent_at, owed.decided) == (1, BY_JUNE, None, "Kèm bản vẽ")
    assert owed_by(evening, OTHER_AGENCY) == []
    assert [(one.number, one.agency) for one in in_public(evening)] == [(1, "phòng KINH TẾ")]


def test_what_went_upward_lies_there_too_without_a_date():
    evening = evening_in(Q.ON_STAGE).play(do.GiveOutcome(1, Outcome.FORWARDED_UP, agency=AGENCY.agency))
    (owed,) = owed_by(evening, AGENCY)
    assert (owed.state, owed.due) == (Q.FORWARDED_UP, None)
    assert evening.refusal(SENT, by=AGENCY) is None


@pytest.mark.parametrize("who", [AGENCY, SECRETARY, MODERATOR, CHAIR], ids=lambda seat: seat.audience.value)
def test_it_is_reported_as_sent_and_everybody_reads_what_shows_it(who):
    evening = evening_in(Q.WRITTEN_DUE).play(minutes(5), (who, SENT))
    (owed,) = in_public(evening)
    assert (owed.shown, owed.host, owed.sent_at) == (SENT.note, "eamo.example", evening.now)
    (question,) = mine(evening.dialogue, HANH.id)
    assert (question.answer, question.answer_host, question.answered_at) == (SENT.note, "eamo.example", evening.now)
    assert evening.send(SENT, by=who) == (), "it is so already"
    assert replay(evening.entries) == evening.dialogue


@pytest.mark.parametrize(
    "state, command, by, why",
    [
        (Q.WRITTEN_DUE, SENT, OTHER_AGENCY, Code.NOT_FOUND),
        (Q.WRITTEN_DUE, do.ReportAnswer(1), AGENCY, Code.EVIDENCE_MISSING),
        (Q.WRITTEN_DUE, do.ReportAnswer(1, link="http://eamo.example"), AGENCY, Code.NOT_A_LINK),
        (Q.WRITTEN_DUE, do.ReportAnswer(1, "x" * 2_001), AGENCY, Code.TOO_LONG),
        (Q.ANSWERED, SENT, SECRETARY, Code.WRONG_STATE),
        (Q.QUEUED, SENT, SECRETARY, Code.WRONG_STATE),
        (Q.WRITTEN_DUE, replace(SENT, question=7), SECRETARY, Code.NOT_FOUND),
    ],
)
def test_nobody_reports_what_is_not_owed_or_without_anything_that_shows_it(state, command, by, why):
    assert evening_in(state).refusal(command, by=by) is why


def test_reported_by_mistake_it_is_taken_back_and_owed_again():
    evening = evening_in(Q.WRITTEN_DUE).play((AGENCY, SENT), (SECRETARY, replace(SENT, sent=False)))
    assert [one.sent_at for one in in_public(evening)] == [None]
    assert evening.send(replace(SENT, sent=False), by=SECRETARY) == ()


def test_another_outcome_is_another_debt_and_undoing_it_brings_the_answer_back():
    evening = evening_in(Q.WRITTEN_DUE).play((AGENCY, SENT))
    evening.play(replace(WRITTEN, agency="Sở Xây dựng", reason="Không thuộc xã"))
    assert [(one.agency, one.sent_at) for one in in_public(evening)] == [("Sở Xây dựng", None)]
    assert owed_by(evening, AGENCY) == []
    evening.play(do.Undo(evening.dialogue.n))
    assert [(one.agency, bool(one.sent_at)) for one in in_public(evening)] == [("Phòng Kinh tế", True)]


def test_it_is_followed_until_the_archive_is_shut():
    evening = evening_in(Q.WRITTEN_DUE).play(*CLOSED, *MINUTES_APPROVED, *SIGNED)
    evening.play(do.MoveMinutes(MinutesState.PUBLISHED), do.MoveDialogue(DialogueState.FOLLOWING_UP))
    assert evening.refusal(SENT, by=AGENCY) is None
    evening.play(do.MoveDialogue(DialogueState.ARCHIVED))
    assert evening.refusal(replace(SENT, note="Công văn khác"), by=AGENCY) is Code.WRONG_STATE


def test_a_day_is_a_day_and_no_clock_enters_the_page():
    evening = evening_in(Q.WRITTEN_DUE)
    before = view(evening.dialogue, Audience.PUBLIC)
    evening.play(minutes(60 * 24 * 400))
    assert evening.now.date() > date(2027, 1, 1)
    assert view(evening.dialogue, Audience.PUBLIC) == before
