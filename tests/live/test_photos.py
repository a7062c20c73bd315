"""A photo beside a question: whose it is, who sees it, and that nobody else ever does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live.looks import public_card
from live.looks import stage as staged
from live.mine import my_question
from live.photos import PHOTOS, photo_for, shown_to_all, unattachable
from live.refusals import Code, Refused
from live.seats import Audience, Seat
from live.staff_cards import staff_card
from live.states import DialogueState
from live.taken_back import taken_back
from live.views import view
from tests.cast import (
    AGENCY,
    CHAIR,
    CLERK,
    EVERYBODY,
    HANH,
    MODERATOR,
    OPENED,
    REFUSED,
    SECRETARY,
    STAGE,
    STRANGER,
    TUAN,
    play,
)
from tests.live.evenings import backstage, flooring, presses, reading

DIGEST = "0123456789abcdef" * 4
ATTACHED = (*OPENED, do.Ask("Cầu gãy lan can, xem ảnh.", "Nước sạch"), do.AttachPhoto(1, DIGEST))
IN_HANHS_NAME = Seat(HANH.id, Audience.MACHINE)


def seen_by(*steps, seat):
    return photo_for(play(*ATTACHED, *steps).dialogue.questions[1], seat)


def test_the_asker_and_those_who_read_see_it_at_once_and_nobody_else():
    seeing = {seat.id for seat in EVERYBODY if seen_by(seat=seat)}
    assert seeing == {HANH.id, MODERATOR.id, "seat-second-moderator", CHAIR.id}


@pytest.mark.parametrize("steps", [(do.ShowPhoto(1),), (do.Approve(1),), (do.Approve(1), do.ShowPhoto(1, on=False))])
def test_approval_alone_or_the_tick_alone_shows_it_to_nobody(steps):
    assert {
        seat.id for seat in (TUAN, STRANGER, STAGE, CLERK, AGENCY, SECRETARY) if seen_by(*steps, seat=seat)
    } == set()


def test_approved_and_ticked_it_is_everybodys_until_one_of_both_ends():
    shown = (do.Approve(1), do.ShowPhoto(1))
    assert {seen_by(*shown, seat=seat) for seat in EVERYBODY} == {DIGEST}
    for end in (do.ShowPhoto(1, on=False), do.Reopen(1), do.Withdraw(1), do.DropPhoto(1), REFUSED):
        assert seen_by(*shown, end, seat=TUAN) == ""
    assert seen_by(*shown, do.DropPhoto(1), seat=MODERATOR) == ""


def test_the_stage_the_cards_and_the_record_name_it_only_when_all_may_see_it():
    evening = play(*ATTACHED, do.Approve(1), do.CallNext())
    assert (staged(evening.dialogue).photo, public_card(evening.dialogue, 1).photo) == ("", "")
    assert staff_card(evening.dialogue, 1).photo == my_question(evening.dialogue, evening.dialogue.questions[1]).photo
    evening.play(do.ShowPhoto(1))
    assert staged(evening.dialogue).photo == public_card(evening.dialogue, 1).photo == DIGEST[:12]


def test_only_the_askers_own_name_brings_it_in():
    evening = play(*OPENED, do.Ask("Cầu gãy."), (CLERK, do.Ask("Từ phiếu.", name="Ông Ba")))
    stranger = Seat("", Audience.MACHINE)
    assert evening.refusal(do.AttachPhoto(1, DIGEST), Seat(TUAN.id, Audience.MACHINE)) is Code.NOT_FOUND
    assert evening.refusal(do.AttachPhoto(2, DIGEST), stranger) is Code.NOT_FOUND
    assert evening.refusal(do.AttachPhoto(1, DIGEST), HANH) is Code.NOT_ALLOWED
    assert evening.refusal(do.DropPhoto(1), TUAN) is Code.NOT_FOUND
    assert evening.refusal(do.AttachPhoto(1, DIGEST)) is None


def test_another_photo_takes_its_place_unseen_and_a_fourth_is_refused():
    evening = play(*ATTACHED, do.Approve(1), do.ShowPhoto(1))
    evening.play(do.AttachPhoto(1, "f" * 64))
    assert not shown_to_all(evening.dialogue.questions[1])
    evening.play(do.DropPhoto(1), do.AttachPhoto(1, "e" * 64))
    refused = evening.send(do.AttachPhoto(1, "d" * 64))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts) == (Code.ENOUGH_PHOTOS, {"count": PHOTOS})


def test_when_nothing_is_taken_in_no_photo_is_either():
    evening = play(*OPENED, do.Ask("Cầu gãy."), do.MoveDialogue(DialogueState.CLOSING))
    question = evening.dialogue.questions[1]
    answer = unattachable(evening.dialogue, question, IN_HANHS_NAME)
    assert answer is not None
    assert answer.code is Code.CLOSED
    assert not my_question(evening.dialogue, question).may_attach


def test_what_was_shown_and_is_no_more_is_not_told_again_to_those_who_come_back():
    evening = play(*ATTACHED, do.Approve(1), do.ShowPhoto(1))
    before = evening.dialogue
    evening.play(do.ShowPhoto(1, on=False))
    assert taken_back(before, evening.dialogue) == {"q-1", "stage"}


OPEN_TO_ALL = (Audience.PHONE, Audience.PUBLIC, Audience.STAGE, Audience.CLERK, Audience.AGENCY, Audience.SECRETARY)


@given(st.lists(st.one_of(presses(reading), presses(backstage), presses(flooring)), max_size=4))
def test_whatever_is_pressed_no_open_page_names_a_photo_that_is_not_for_all(parts):
    evening = play(*ATTACHED, do.Ask("Câu thứ hai?"), do.AttachPhoto(2, "c" * 64), do.Approve(2), do.ShowPhoto(2))
    for part in parts:
        for seat, command in part:
            evening.send(command, seat)
        for audience in OPEN_TO_ALL:
            drawn = repr(view(evening.dialogue, audience))
            for question in evening.dialogue.questions.values():
                if question.photo and not shown_to_all(question):
                    assert str(question.photo)[:12] not in drawn


def test_only_the_photo_that_was_looked_at_is_shown():
    evening = play(*ATTACHED, do.Approve(1))
    seen = staff_card(evening.dialogue, 1).photo
    evening.play(do.AttachPhoto(1, "f" * 64))
    assert evening.refusal(do.ShowPhoto(1, photo=seen)) is Code.PHOTO_CHANGED
    assert not shown_to_all(evening.dialogue.questions[1])
    evening.play(do.ShowPhoto(1, photo=staff_card(evening.dialogue, 1).photo))
    assert shown_to_all(evening.dialogue.questions[1])
    evening.play(do.ShowPhoto(1, on=False, photo=seen))
    assert not shown_to_all(evening.dialogue.questions[1])


def test_the_same_photo_sent_again_counts_once_and_stays_shown():
    evening = play(*ATTACHED, do.Approve(1), do.ShowPhoto(1))
    assert evening.send(do.AttachPhoto(1, DIGEST), IN_HANHS_NAME) == ()
    question = evening.dialogue.questions[1]
    assert (question.photos, shown_to_all(question)) == (1, True)
