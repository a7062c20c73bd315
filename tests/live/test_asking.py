"""People stop and start the taking of questions, and say how many of one phone may wait."""

import pytest

from live import commands as do
from live.asking import MOST, Asking, phones_ask
from live.dialogue import replay
from live.looks import banner
from live.refusals import Code, Refused
from live.states import DialogueState
from tests.cast import CHAIR, CLERK, CLOSED, HANH, MODERATOR, OPENED, TUAN, play

STOPPED = do.SetAsking(open=False)


def test_stopped_phones_are_told_so_and_the_hall_goes_on():
    evening = play(*OPENED, do.Ask("Câu đã gửi?"), STOPPED)
    assert evening.refusal(do.Ask("Câu mới?"), HANH) is Code.ASKING_STOPPED
    assert evening.refusal(do.Ask("Từ phiếu?", name="Ông Ba"), CLERK) is None
    assert evening.refusal(do.AddToQuestion(1, "Thêm một ý."), HANH) is None
    seen = banner(evening.dialogue)
    assert (seen.asking, seen.stopped, seen.state) == (False, True, DialogueState.OPEN)
    evening.play((CHAIR, do.SetAsking(open=True)))
    assert evening.refusal(do.Ask("Câu mới?"), HANH) is None
    assert (banner(evening.dialogue).asking, banner(evening.dialogue).stopped) == (True, False)


def test_stopping_twice_is_one_entry_and_the_journal_remembers():
    evening = play(*OPENED, STOPPED, STOPPED)
    assert len(evening.entries) == len(play(*OPENED, STOPPED).entries)
    assert replay(evening.entries).asking == Asking(open=False)


def test_where_the_dialogue_itself_takes_nothing_nothing_is_called_stopped():
    evening = play(*OPENED, STOPPED, do.MoveDialogue(DialogueState.CLOSING))
    assert not phones_ask(evening.dialogue)
    assert not banner(evening.dialogue).stopped
    assert evening.refusal(do.Ask("Câu mới?"), HANH) is Code.CLOSED


@pytest.mark.parametrize("waiting", [1, 5, MOST])
def test_the_limit_is_what_people_said_for_each_phone_alone(waiting):
    evening = play(*OPENED, do.SetAsking(open=True, waiting=waiting))
    evening.play(*[do.Ask(f"Câu {number}?") for number in range(waiting)])
    answer = evening.send(do.Ask("Một câu nữa?"), HANH)
    assert answer == Refused(Code.TOO_MANY, {"count": waiting})
    assert evening.refusal(do.Ask("Của người khác?"), TUAN) is None
    evening.play(do.Withdraw(1))
    assert evening.refusal(do.Ask("Một câu nữa?"), HANH) is None


def test_stopping_without_a_limit_leaves_it_as_it_is():
    evening = play(*OPENED, do.SetAsking(open=True, waiting=7), (CHAIR, do.SetAsking(open=False)))
    assert evening.dialogue.asking == Asking(open=False, waiting=7)


def test_a_lower_limit_takes_nothing_back():
    evening = play(*OPENED, do.Ask("Một?"), do.Ask("Hai?"), do.SetAsking(open=True, waiting=1))
    assert sum(question.waiting for question in evening.dialogue.questions.values()) == 2


@pytest.mark.parametrize("waiting", [0, -1, MOST + 1])
def test_a_limit_that_makes_no_sense_is_not_understood(waiting):
    assert play(*OPENED).refusal(do.SetAsking(open=True, waiting=waiting), MODERATOR) is Code.NOT_UNDERSTOOD


def test_when_all_is_over_nothing_is_set():
    assert play(*OPENED, *CLOSED).refusal(STOPPED, MODERATOR) is Code.WRONG_STATE
