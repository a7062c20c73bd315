"""Asking, supporting, reading and rewording: what is kept, what is refused, and who reads what."""

import dataclasses

import pytest

from live import commands as do
from live.asking import WAITING_LIMIT
from live.entries import SupportSet
from live.mine import WITHDRAWN_SHOWN, mine
from live.questions import NAME_LIMIT, SENTENCE_LIMIT, TEXT_LIMIT
from live.refusals import Code, Refused
from live.seats import Audience, Seat
from live.staff_cards import staff_card
from live.states import Channel, DialogueState, Outcome, RefusalReason
from live.states import QuestionState as Q
from live.touched import Ground, ground, touched
from tests.cast import (
    ASKED,
    CLERK,
    HANH,
    MODERATOR,
    OPENED,
    REFUSED,
    REROUTED,
    SECOND_MODERATOR,
    STRANGER,
    TUAN,
    Step,
    evening_in,
    minutes,
    play,
    seconds,
)


def test_a_phone_asks_in_its_own_name_whatever_the_command_says():
    claimed = do.Ask(" Bao giờ  sửa cầu? ", " Đường ", Channel.HALL_MIC, "Ông Chủ tịch", "Thủ đô", publish_name=False)
    question = play(*OPENED, (HANH, claimed)).dialogue.questions[1]
    assert (question.seat, question.entered_by, question.channel) == (HANH.id, "", Channel.ONLINE)
    assert (str(question.name), str(question.locality), question.publish_name) == (HANH.name, HANH.locality, True)
    assert (str(question.text), str(question.original), str(question.topic)) == ("Bao giờ sửa cầu?",) * 2 + ("Đường",)
    assert str(question.receipt).startswith("receipt-")


@pytest.mark.parametrize("channel", list(Channel))
def test_a_clerk_asks_for_others_and_remains_known_as_who_typed_it(channel):
    card = do.Ask("Giá nước?", "", channel, "Ông Bảy", "thôn 3", publish_name=True, read_back=True)
    question = play(*OPENED, (CLERK, card)).dialogue.questions[1]
    assert (question.seat, question.entered_by, question.channel) == ("", CLERK.id, channel)
    assert (str(question.name), str(question.locality), question.publish_name) == ("Ông Bảy", "thôn 3", True)


def test_a_card_may_bear_no_name_and_a_phone_must():
    assert play(*OPENED).refusal(do.Ask("Giá nước?"), by=CLERK) is None
    for seat in (STRANGER, dataclasses.replace(HANH, name=" "), dataclasses.replace(HANH, locality="")):
        assert play(*OPENED).refusal(ASKED, by=seat) is Code.NAME_MISSING


@pytest.mark.parametrize(
    "ask, refused",
    [
        (do.Ask(""), Code.EMPTY),
        (do.Ask(" \n\u200b"), Code.EMPTY),
        (do.Ask("ạ" * TEXT_LIMIT), None),
        (do.Ask("a\u0323" * TEXT_LIMIT), None),
        (do.Ask("ạ" * (TEXT_LIMIT + 1)), Code.TOO_LONG),
        (do.Ask("Giá nước?", "a" * (NAME_LIMIT + 1)), Code.TOO_LONG),
        (do.Ask("Giá nước?", name="a" * (NAME_LIMIT + 1)), Code.TOO_LONG),
        (do.Ask("Giá nước?", locality="a" * (NAME_LIMIT + 1)), Code.TOO_LONG),
    ],
)
def test_a_question_is_refused_when_it_does_not_fit_and_never_cut(ask, refused):
    assert play(*OPENED).refusal(ask, by=CLERK) is refused


def test_an_asker_finds_all_own_questions_but_the_older_withdrawn_ones():
    evening = play(*OPENED, (HANH, do.Ask("Câu thứ nhất")))
    for number in range(2, WITHDRAWN_SHOWN + 4):
        evening.play((HANH, do.Ask(f"Câu {number}")), (HANH, do.Withdraw(number)))
    newest = WITHDRAWN_SHOWN + 3
    assert [own.number for own in mine(evening.dialogue, HANH.id)] == [*range(newest, newest - WITHDRAWN_SHOWN, -1), 1]


def test_one_phone_has_three_questions_waiting_and_the_hall_as_many_as_it_has():
    evening = play(*OPENED, *[(HANH, do.Ask(f"Câu {n}")) for n in range(WAITING_LIMIT)])
    answer = evening.send(ASKED, by=HANH)
    assert answer == Refused(Code.TOO_MANY, {"count": WAITING_LIMIT})
    assert evening.refusal(ASKED, by=TUAN) is None, "a hall is one address but many phones"
    assert [evening.refusal(ASKED, by=CLERK) for _ in range(9)] == [None] * 9
    assert evening.play(REFUSED).refusal(ASKED, by=HANH) is None


def test_support_is_set_and_never_added_up_in_the_dialogue():
    evening = evening_in(Q.QUEUED)
    before = evening.dialogue
    assert evening.send(do.Support(1), by=TUAN) == (SupportSet(1, TUAN.id, on=True),)
    assert evening.send(do.Support(1, on=False), by=TUAN) == (SupportSet(1, TUAN.id, on=False),)
    assert evening.refusal(do.Support(1), by=STRANGER) is Code.NAME_MISSING
    assert evening.dialogue is before


def test_a_claim_keeps_the_other_moderator_off_for_two_minutes():
    evening = play(*OPENED, ASKED, (MODERATOR, do.StartReview(1)), seconds(119))
    answer = evening.send(do.StartReview(1), by=SECOND_MODERATOR)
    assert answer == Refused(Code.CLAIMED, {"who": MODERATOR.name, "until": "07:32"})
    assert evening.refusal(do.StartReview(1), by=MODERATOR) is None, "one may go on reading"
    assert evening.play(minutes(2)).refusal(do.StartReview(1), by=SECOND_MODERATOR) is None
    assert evening.dialogue.questions[1].reviewer == SECOND_MODERATOR.id
    assert staff_card(evening.dialogue, 1).reviewer == SECOND_MODERATOR.name


def test_a_claim_that_is_over_names_nobody():
    assert staff_card(evening_in(Q.IN_REVIEW).dialogue, 1).reviewer == MODERATOR.name
    assert staff_card(evening_in(Q.IN_REVIEW).play(do.ReleaseReview(1)).dialogue, 1).reviewer == ""


def test_a_claim_ends_with_the_decision_or_when_it_is_given_back():
    for command in (do.ReleaseReview(1), do.Approve(1)):
        question = evening_in(Q.IN_REVIEW).play(command).dialogue.questions[1]
        assert (question.reviewer, question.claimed_until) == ("", None)


@pytest.mark.parametrize(
    "sentence, refused",
    [(" \u200b", Code.REASON_MISSING), ("a" * SENTENCE_LIMIT, None), ("a" * (SENTENCE_LIMIT + 1), Code.TOO_LONG)],
)
def test_who_is_declined_or_sent_elsewhere_is_told_in_a_sentence(sentence, refused):
    for command in (REFUSED, REROUTED):
        evening = evening_in(Q.RECEIVED)
        assert evening.refusal(dataclasses.replace(command, sentence=sentence)) is refused
    assert evening_in(Q.RECEIVED).refusal(dataclasses.replace(REROUTED, to=sentence)) is refused


def test_the_asker_reads_the_reason_and_where_to_go():
    (declined,) = mine(evening_in(Q.REFUSED).dialogue, HANH.id)
    assert (declined.reason, declined.closing) == (RefusalReason.OTHER_PROCEDURE, REFUSED.sentence)
    (elsewhere,) = mine(evening_in(Q.REROUTED).dialogue, HANH.id)
    assert (elsewhere.agency, elsewhere.closing) == (REROUTED.to, REROUTED.sentence)


def test_the_public_wording_changes_and_the_original_stays():
    evening = play(*OPENED, do.Ask("Ông A số 090 bao giờ sửa cầu?"), do.Edit(1, "Bao giờ sửa cầu?", 1, redacted=True))
    evening.play(do.Edit(1, "Bao giờ sửa cầu Ea Mô?", 2))
    question = evening.dialogue.questions[1]
    assert (str(question.text), str(question.original)) == ("Bao giờ sửa cầu Ea Mô?", "Ông A số 090 bao giờ sửa cầu?")
    assert (question.redacted, question.revision) == (True, 3)
    (own,) = mine(evening.dialogue, HANH.id)
    assert (own.text, own.original) == (str(question.text), str(question.original))


@pytest.mark.parametrize(
    "text, revision, refused",
    [
        ("Khác", 2, Code.STALE),
        (" ", 1, Code.EMPTY),
        ("a" * TEXT_LIMIT, 1, None),
        ("a" * (TEXT_LIMIT + 1), 1, Code.TOO_LONG),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(text, revision, refused):
    assert evening_in(Q.RECEIVED).refusal(do.Edit(1, text, revision)) is refused


def test_two_moderators_who_reword_at_once_do_not_overwrite_each_other():
    evening = evening_in(Q.RECEIVED).play((MODERATOR, do.Edit(1, "Bao giờ xã sửa cầu?", 1)))
    answer = evening.send(do.Edit(1, "Khi nào sửa cầu?", 1), by=SECOND_MODERATOR)
    assert answer == Refused(Code.STALE, {"current": "Bao giờ xã sửa cầu?", "seen": 2})


def test_a_question_is_not_merged_into_itself_nor_into_one_that_is_gone():
    evening = play(*OPENED, *[(CLERK, do.Ask(f"Câu {n}")) for n in range(1, 5)], do.Merge(1, into=2))
    assert evening.refusal(do.Merge(3, into=3)) is Code.NOT_ITSELF
    assert evening.refusal(do.Merge(3, into=1)) is Code.WRONG_STATE
    assert evening.play(do.Merge(3, into=2)).dialogue.questions[2].merged == (1, 3)
    assert evening.play(do.Unmerge(1)).dialogue.questions[2].merged == (3,)


def test_one_s_place_counts_from_those_still_to_be_called():
    evening = play(*OPENED, (TUAN, do.Ask("Một")), (HANH, do.Ask("Hai")), do.Approve(1), do.Approve(2))
    assert [own.place for own in mine(evening.dialogue, HANH.id)] == [2]
    assert [own.place for own in mine(evening.play(do.CallNext()).dialogue, HANH.id)] == [1]
    (stage,) = mine(evening.dialogue, TUAN.id)
    assert (stage.place, stage.may_withdraw) == (None, False)
    assert mine(evening.dialogue, Seat("seat-other", Audience.PHONE).id) == ()


class Watched:
    """A dialogue that notes which of its parts are looked at."""

    def __init__(self, dialogue):
        self._dialogue = dialogue
        self.looked_at = set()

    def __getattr__(self, name):
        self.looked_at.add(name)
        return getattr(self._dialogue, name)


@pytest.mark.parametrize("state", Q)
def test_own_questions_rest_on_the_parts_that_are_named_for_it(state):
    watched = Watched(evening_in(state).dialogue)
    assert mine(watched, HANH.id)  # type: ignore[arg-type]  # it has all that a dialogue has
    line = {"drawn", "deck", "queue", "mixing"}  # all that places come of
    moved = {"before_rehearsal"}  # another one only where the state is another
    assert watched.looked_at - line - moved <= {field.name for field in dataclasses.fields(Ground)}


def test_of_many_askers_only_those_whom_a_change_concerns_are_told():
    askers = [dataclasses.replace(HANH, id=f"seat-{place}") for place in range(1, 7)]
    evening = play(
        *OPENED, *((asker, do.Ask("Một câu")) for asker in askers), *(do.Approve(one) for one in range(1, 5))
    )

    def concerned(*steps: Step) -> list[str]:
        before = ground(evening.dialogue)
        return sorted(touched(before, ground(evening.play(*steps).dialogue)))

    assert concerned() == []
    assert concerned(do.Approve(5)) == ["seat-5"]
    assert concerned((askers[5], do.Withdraw(6))) == ["seat-6"]
    assert concerned(do.CallNext()) == [f"seat-{place}" for place in range(1, 6)], "those behind it move up"
    assert concerned(do.MoveDialogue(DialogueState.PAUSED)) == [f"seat-{place}" for place in range(1, 7)]


def test_those_merged_into_an_answered_question_are_told_that_there_is_an_answer():
    evening = play(*OPENED, do.Ask("Cầu?"), (TUAN, do.Ask("Cầu Ea Mô?")), do.Merge(2, into=1), do.Approve(1))
    evening.play(do.CallNext())
    before = ground(evening.dialogue)
    evening.play(do.GiveOutcome(1, Outcome.ANSWERED))
    assert set(touched(before, ground(evening.dialogue))) == {HANH.id, TUAN.id}
