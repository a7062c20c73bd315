"""Paper cards, linked sites, the dialogue's own reasons to refuse, messages between desks, and promises reworded."""

from dataclasses import replace

import pytest

from live import commands as do
from live.backstage import MessageCard, messages
from live.dialogue import replay
from live.entries import MessageAcknowledged
from live.looks import public_card, stage
from live.mine import mine
from live.refusals import Code
from live.seats import Audience
from live.staff_cards import staff_card
from live.states import Channel, CommitmentState, Desk, DialogueState, Outcome, RefusalReason
from live.states import QuestionState as Q
from live.views import view
from tests.cast import (
    ANNOUNCED,
    CHAIR,
    CLERK,
    CLOSED,
    HANH,
    MODERATOR,
    OPENED,
    REFUSED,
    SECRETARY,
    TO_COMMITMENT_STATE,
    Evening,
    evening_in,
    minutes,
    play,
)

PRINTED = (*OPENED, (CLERK, do.PrintCard()), (CLERK, do.PrintCard("Điểm cầu Ea Tul")))
OWN_REASONS = "Đã trả lời rồi | Việc này đã được trả lời ở câu trước.\n\nNgoài địa bàn|"


def test_the_hall_reads_the_number_on_the_paper_beside_the_number_of_the_question():
    typed = (CLERK, do.Ask("Bao giờ có nước?", channel=Channel.HALL_CARD, card=1))
    evening = play(*PRINTED, (HANH, do.Ask("Bao giờ sửa cầu?")), typed, *((MODERATOR, do.Approve(n)) for n in (1, 2)))
    assert [public_card(evening.dialogue, n).card for n in (1, 2)] == [None, 1]
    evening.play((MODERATOR, do.CallNext()))
    assert stage(evening.dialogue).card is None
    evening.play((MODERATOR, do.GiveOutcome(1, Outcome.ANSWERED)), (MODERATOR, do.CallNext()))
    assert (stage(evening.dialogue).number, stage(evening.dialogue).card) == (2, 1)


def test_a_card_printed_beforehand_is_the_receipt_of_what_it_asks():
    evening = play(*PRINTED)
    receipts = [str(card.receipt) for card in evening.dialogue.cards.values()]
    evening.play((HANH, do.Ask("Câu từ điện thoại")), (CLERK, do.Ask("Đường hỏng", channel=Channel.HALL_CARD, card=2)))
    question = evening.dialogue.questions[2]
    assert (question.card, str(question.receipt), str(question.site)) == (2, receipts[1], "Điểm cầu Ea Tul")
    assert [card.question for card in evening.dialogue.cards.values()] == [None, 2]
    assert staff_card(evening.dialogue, 2).card == 2


def test_a_card_is_typed_in_once_and_an_unknown_one_not_at_all():
    evening = play(*PRINTED, (CLERK, do.Ask("Đường hỏng", card=1)))
    assert evening.refusal(do.Ask("Lần nữa", card=1), by=CLERK) is Code.CARD_USED
    assert evening.refusal(do.Ask("Không có", card=3), by=CLERK) is Code.NOT_FOUND


def test_a_phone_cannot_take_a_card():
    evening = play(*PRINTED, (HANH, do.Ask("Tôi lấy phiếu một", card=1, site="Hội trường", read_back=True)))
    question = evening.dialogue.questions[1]
    assert (question.card, str(question.site), question.read_back) == (None, "", False)
    assert evening.dialogue.cards[1].question is None


def test_a_rehearsal_prints_no_paper_and_uses_none_up():
    evening = play(*ANNOUNCED, (CLERK, do.PrintCard()), do.MoveDialogue(DialogueState.REHEARSAL))
    assert evening.refusal(do.PrintCard(), by=CLERK) is Code.WRONG_STATE
    evening.play((CLERK, do.Ask("Thử phiếu", card=1)))
    assert evening.dialogue.questions[1].receipt != evening.dialogue.cards[1].receipt
    evening.play(do.MoveDialogue(DialogueState.READY), (CLERK, do.Ask("Phiếu thật", card=1)))
    assert evening.dialogue.questions[1].receipt == evening.dialogue.cards[1].receipt
    assert play(*OPENED, *CLOSED).refusal(do.PrintCard(), by=CLERK) is Code.WRONG_STATE


def refused_for(words: str) -> do.Refuse:
    return do.Refuse(1, RefusalReason.OTHER, "Việc này đã được trả lời.", words)


def test_a_dialogue_may_have_its_own_reasons_and_then_only_these():
    evening = evening_in(Q.RECEIVED).play(do.SetReasons(OWN_REASONS))
    assert [(str(w), str(s)) for w, s in evening.dialogue.reasons] == [
        ("Đã trả lời rồi", "Việc này đã được trả lời ở câu trước."),
        ("Ngoài địa bàn", ""),
    ]
    assert evening.send(do.SetReasons(OWN_REASONS)) == ()
    assert evening.refusal(REFUSED) is Code.REASON_MISSING
    assert evening.refusal(refused_for("Không thích")) is Code.NOT_LISTED
    evening.play(refused_for("Đã trả lời rồi"))
    assert (staff_card(evening.dialogue, 1).ground, mine(evening.dialogue, HANH.id)[0].ground) == (
        "Đã trả lời rồi",
    ) * 2
    assert str(evening.play(do.Reopen(1)).dialogue.questions[1].ground) == ""
    evening.play(do.SetReasons(""))
    assert evening.refusal(refused_for("Đã trả lời rồi")) is Code.NOT_LISTED, "the list that was seen is gone"
    assert evening.refusal(REFUSED) is None


@pytest.mark.parametrize(
    "text, refused", [("| chỉ có câu", Code.EMPTY), ("x" * 81, Code.TOO_LONG), ("x\n" * 2_500, Code.TOO_LONG)]
)
def test_a_reason_has_words_and_they_are_short(text, refused):
    assert play(*OPENED).refusal(do.SetReasons(text)) is refused


def waiting(evening: Evening, audience: Audience) -> list[tuple[int, bool]]:
    regions = [r for r in view(evening.dialogue, audience) if r.name == "messages"]
    things = [i.thing for r in regions for i in r.items]
    return [(thing.number, thing.mine) for thing in things if isinstance(thing, MessageCard)]


def test_a_message_stays_until_its_desk_has_read_it():
    evening = play(*OPENED, (MODERATOR, do.SendMessage("Còn năm phút")))
    assert waiting(evening, Audience.CHAIR) == [(1, True)]
    assert waiting(evening, Audience.MODERATOR) == [(1, False)]
    assert waiting(evening, Audience.SECRETARY) == []
    assert evening.refusal(do.Acknowledge(1), by=SECRETARY) is Code.NOT_FOUND
    evening.play((CHAIR, do.Acknowledge(1)))
    assert waiting(evening, Audience.CHAIR) == []
    assert evening.send(do.Acknowledge(1), by=CHAIR) == ()


def test_who_sent_a_message_is_told_who_read_it_and_when_until_they_put_it_away():
    evening = play(*OPENED, (MODERATOR, do.SendMessage("Còn năm phút")), minutes(2), (CHAIR, do.Acknowledge(1)))
    (told,) = messages(evening.dialogue, Desk.MODERATOR)
    assert (told.read_by, told.read_at, told.mine) == (CHAIR.name, evening.now, False)
    evening.play((MODERATOR, do.Acknowledge(1)))
    assert messages(evening.dialogue, Desk.MODERATOR) == ()
    assert evening.send(do.Acknowledge(1), by=MODERATOR) == ()
    assert str(evening.dialogue.messages[1].read_by) == CHAIR.name, "putting it away reads nothing"


def test_of_many_that_were_read_the_sender_sees_the_latest_and_what_is_unread_always():
    evening = play(*OPENED, *((MODERATOR, do.SendMessage(f"Lời {n}")) for n in range(1, 8)))
    evening.play(*((CHAIR, do.Acknowledge(n)) for n in range(2, 8)))
    assert waiting(evening, Audience.MODERATOR) == [(n, False) for n in (1, 5, 6, 7)]


def test_an_older_journal_says_no_desk_and_there_the_message_was_gone_for_both():
    evening = play(*OPENED, (MODERATOR, do.SendMessage("Còn năm phút")), (CHAIR, do.Acknowledge(1)))
    last = evening.entries[-1]
    assert isinstance(last.fact, MessageAcknowledged)
    older = replay([*evening.entries[:-1], replace(last, fact=replace(last.fact, desk=None))])
    assert messages(older, Desk.MODERATOR) == messages(older, Desk.CHAIR) == ()


def test_who_sent_a_message_may_take_it_back():
    evening = play(*OPENED, (CLERK, do.SendMessage("Có người xin nói", Desk.MODERATOR)), (CLERK, do.Acknowledge(1)))
    assert waiting(evening, Audience.MODERATOR) == []
    assert evening.refusal(do.SendMessage("x" * 201)) is Code.TOO_LONG
    assert evening.refusal(do.SendMessage(" ")) is Code.EMPTY


@pytest.mark.parametrize("state", list(CommitmentState))
def test_a_promise_is_reworded_before_the_minutes_and_then_read_back_again(state):
    evening = play(*OPENED, *TO_COMMITMENT_STATE[state])
    may = state in {CommitmentState.NOTED, CommitmentState.READ_BACK}
    assert evening.refusal(do.RewordCommitment(1, "Sửa xong cầu Ea Mô trước mùa mưa")) is (
        None if may else Code.WRONG_STATE
    )
    if may:
        promise = evening.dialogue.commitments[1]
        assert (str(promise.text), str(promise.agency)) == ("Sửa xong cầu Ea Mô trước mùa mưa", "Phòng Kinh tế")
        assert promise.state is CommitmentState.NOTED
        assert evening.refusal(do.RewordCommitment(1, " ")) is Code.EMPTY
    assert evening.refusal(do.RewordCommitment(2, "Không có")) is Code.NOT_FOUND
