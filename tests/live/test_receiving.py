"""How questions come in: ahead of the evening, and from mouths whose words a clerk writes down."""

import pytest

from live import commands as do
from live.lineup import following
from live.looks import public_card
from live.receiving import READ_FIRST
from live.refusals import Code
from live.seats import Audience, Seat
from live.staff_cards import clerk_card
from live.states import Channel, DialogueState
from tests.cast import ANNOUNCED, ASKED, CLERK, HANH, MODERATOR, OPENED, SECRETARY, TUAN, play

AT_TUL = Seat("seat-tul-clerk", Audience.CLERK, "Y Bia", site="Điểm cầu Ea Tul")
READY, OPEN, PAUSED = DialogueState.READY, DialogueState.OPEN, DialogueState.PAUSED


@pytest.mark.parametrize(
    "moves, channel",
    [
        ((), Channel.IN_ADVANCE),
        ((READY,), Channel.IN_ADVANCE),
        ((DialogueState.REHEARSAL, READY), Channel.IN_ADVANCE),
        ((OPEN,), Channel.ONLINE),
        ((READY, OPEN, PAUSED), Channel.ONLINE),
    ],
)
def test_what_a_phone_sends_before_the_opening_is_sent_in_advance(moves, channel):
    evening = play(*ANNOUNCED, *map(do.MoveDialogue, moves), (HANH, ASKED))
    assert evening.dialogue.questions[1].channel is channel


def test_a_dialogue_that_was_opened_by_mistake_collects_in_advance_again():
    evening = play(*OPENED, do.MoveDialogue(READY, "Mở nhầm"), (HANH, ASKED))
    assert evening.dialogue.questions[1].channel is Channel.IN_ADVANCE


def test_a_question_sent_in_advance_waits_in_the_lane_for_it():
    evening = play(
        do.DeclareMixing(in_advance=1), *ANNOUNCED, (HANH, do.Ask("Gửi trước")), do.MoveDialogue(OPEN),
        (TUAN, do.Ask("Gửi tại phiên")), do.Approve(2), do.Approve(1),
    )  # fmt: skip
    assert following(evening.dialogue, (), evening.dialogue.queue) == 1


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("officer", [CLERK, MODERATOR, SECRETARY])
def test_what_was_said_aloud_is_read_back_or_it_is_said_why_not(channel, officer):
    said = do.Ask("Giá nước?", channel=channel)
    assert play(*OPENED).refusal(said, by=officer) is (Code.READ_BACK_FIRST if channel in READ_FIRST else None)
    for told in ({"read_back": True}, {"reason": "Máy bị ngắt"}):
        assert play(*OPENED).refusal(do.Ask("Giá nước?", channel=channel, **told), by=officer) is None


def test_a_blank_is_no_reason_and_a_tick_needs_none():
    call = do.Ask("Giá nước?", channel=Channel.PHONE_CALL, reason=" \u200b")
    assert play(*OPENED).refusal(call, by=CLERK) is Code.READ_BACK_FIRST
    both = do.Ask("Giá nước?", channel=Channel.PHONE_CALL, read_back=True, reason="Máy bị ngắt")
    card = clerk_card(play(*OPENED, (CLERK, both)).dialogue, 1)
    assert (card.read_back, card.unread) == (True, "")


def test_a_card_was_written_by_its_asker_also_at_a_linked_site():
    evening = play(*OPENED, (AT_TUL, do.PrintCard()))
    assert evening.refusal(do.Ask("Điện yếu"), by=AT_TUL) is Code.READ_BACK_FIRST
    assert evening.refusal(do.Ask("Điện yếu", card=1), by=AT_TUL) is None


def test_staff_read_who_entered_it_and_why_it_was_not_read_back_and_the_public_neither():
    call = do.Ask("Giá nước?", channel=Channel.PHONE_CALL, reason="Máy bị ngắt")
    evening = play(*OPENED, (CLERK, call), do.Approve(1))
    card = clerk_card(evening.dialogue, 1)
    assert (card.officer, card.unread, card.read_back) == (CLERK.name, "Máy bị ngắt", False)
    drawn = repr(public_card(evening.dialogue, 1))
    assert CLERK.name not in drawn
    assert "Máy bị ngắt" not in drawn


def test_a_phone_needs_no_officer():
    question = play(*OPENED, (HANH, do.Ask("Giá nước?", reason="không"))).dialogue.questions[1]
    assert (str(question.officer), str(question.unread)) == ("", "")
