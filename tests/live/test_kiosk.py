"""What a number typed in the hall tells: how it stands in plain words, and nothing that only the asker may know."""

import pytest

from live import commands as do
from live.kiosk import look_up
from live.mine import mine
from live.states import Channel, QuestionState
from tests.cast import ANNOUNCED, CLERK, HANH, MODERATOR, OPENED, TO_STATE, TUAN, evening_in, play

PRINTED = (*OPENED, (CLERK, do.PrintCard()), (CLERK, do.PrintCard()), (HANH, do.Ask("Từ điện thoại")))
TYPED_IN = (*PRINTED, (CLERK, do.Ask("Đường hỏng", channel=Channel.HALL_CARD, card=1)))


def told(dialogue, typed):
    return [(one.card, one.question and one.question.number) for one in look_up(dialogue, typed)]


def test_a_cards_number_tells_what_the_card_became():
    dialogue = play(*TYPED_IN).dialogue
    assert told(dialogue, "1") == [(1, 2), (None, 1)], "card 1 is question 2, and question 1 is somebody else's"
    assert told(dialogue, " 2 ") == [(2, None), (1, 2)]
    assert told(dialogue, "3") == []


def test_whoever_was_called_and_not_seen_reads_it_in_the_hall():
    evening = play(*TYPED_IN, *((MODERATOR, command) for command in (do.Approve(2), do.CallNext())))
    evening.play((MODERATOR, do.ReturnToQueue(2, absent=True)))
    (one, _) = look_up(evening.dialogue, "1")
    assert one.question is not None
    assert one.question.absent_at is not None
    assert (one.card, one.question.absent_at) == (1, evening.dialogue.questions[2].absent_at)


def test_a_card_that_is_its_own_question_is_told_once():
    evening = play(*OPENED, (CLERK, do.PrintCard()), (CLERK, do.Ask("Đường hỏng", card=1)))
    assert told(evening.dialogue, "1") == [(1, 1)]


@pytest.mark.parametrize("typed", ["{}", "http://127.0.0.1:8000/d/TEST01/card/{}", "HTTPS://EXAMPLE.VN/R/{}/", " {}\n"])
def test_a_receipt_is_found_as_typed_or_as_a_scanner_types_it(typed):
    dialogue = play(*TYPED_IN).dialogue
    assert told(dialogue, typed.format(dialogue.questions[2].receipt)) == [(1, 2)]
    assert told(dialogue, typed.format(dialogue.cards[2].receipt)) == [(2, None)]


def test_letters_that_no_receipt_has_are_read_as_the_digits_they_look_like():
    evening = play(*OPENED)
    evening.tokens = 0
    evening.play((HANH, do.Ask("Một")))  # its receipt is receipt-1, and has an I
    assert told(evening.dialogue, "RECE1PT l") == [(None, 1)]


@pytest.mark.parametrize("typed", ["", "  ", "/", "-", "²", "١٢", "9" * 4_000, "\x00", "AAAA-AAAA", "1 OR 1=1"])
def test_anything_else_is_found_nowhere(typed):
    assert look_up(play(*OPENED, (HANH, do.Ask("Một"))).dialogue, typed) == ()


@pytest.mark.parametrize("state", list(TO_STATE))
def test_nothing_private_is_told_in_any_state(state: QuestionState):
    evening = evening_in(state)
    (one, *_) = look_up(evening.dialogue, "1")
    question = evening.dialogue.questions[1]
    assert one.question is not None
    assert one.question.text == (str(question.text) if question.public else "")
    said = repr(one)
    assert str(question.receipt) not in said
    assert str(question.name) not in said
    assert not (
        question.closing and state in {QuestionState.REFUSED, QuestionState.REROUTED} and str(question.closing) in said
    )
    assert one.question.reason is None
    assert one.question.agency == (str(question.agency) if question.outcome else ""), (
        "where a denunciation went is private"
    )


def test_the_place_in_the_queue_is_told():
    evening = play(*ANNOUNCED, (HANH, do.Ask("Một")), (TUAN, do.Ask("Hai")), do.Approve(2), do.Approve(1))
    places = [look_up(evening.dialogue, number)[0].question for number in ("1", "2")]
    assert [place and place.place for place in places] == [2, 1]


def test_what_the_asker_misses_in_the_answer_is_not_told():
    evening = evening_in(QuestionState.ANSWERED).play((HANH, do.JudgeAnswer(1, settled=False, text="Chưa nói ngày")))
    (one, *_) = look_up(evening.dialogue, "1")
    assert "Chưa nói ngày" in repr(mine(evening.dialogue, HANH.id))
    assert "Chưa nói ngày" not in repr(one)
    assert one.question is not None
    assert one.question.settled is None
