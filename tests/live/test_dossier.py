"""Claims that are kept, appeals, additions, notes and labels, opened originals, and what an agency prepares."""

import dataclasses

import pytest

from live import commands as do
from live.additions import ADDITIONS
from live.backstage import PreparedNote, prepared, ready
from live.claims import CLAIM
from live.marks import LABELS
from live.mine import mine, own
from live.refusals import Code, Refused
from live.seats import Audience
from live.staff_cards import staff_card
from live.states import DialogueState, Outcome
from live.states import QuestionState as Q
from live.tasks import MyTask
from live.views import view
from tests.cast import (
    AGENCY,
    BY_JUNE,
    CHAIR,
    CLERK,
    CLOSED,
    HANH,
    MODERATOR,
    OPENED,
    OTHER_AGENCY,
    REFUSED,
    REROUTED,
    SECOND_MODERATOR,
    TUAN,
    Evening,
    evening_in,
    minutes,
    play,
)

CLAIM_KEPT: list[do.Command] = [
    do.StartReview(1),
    do.ReleaseReview(1),
    do.Approve(1),
    REFUSED,
    REROUTED,
    do.Edit(1, "Khi nào sửa cầu?", 1),
    do.Merge(1, into=2),
]
ASSIGNED = do.Assign(1, "Phòng Kinh tế", BY_JUNE)


def card(evening: Evening):
    found = staff_card(evening.dialogue, 1)
    assert found.dossier is not None
    return found.dossier


@pytest.mark.parametrize("command", CLAIM_KEPT, ids=lambda command: type(command).__name__)
def test_who_holds_a_question_acts_and_another_is_told_who_and_until_when(command):
    evening = evening_in(Q.IN_REVIEW).play((TUAN, do.Ask("Cầu hỏng, đi học bằng gì?")))
    answer = evening.send(command, by=SECOND_MODERATOR)
    assert answer == Refused(Code.CLAIMED, {"who": MODERATOR.name, "until": "07:32"})
    assert evening.play(CLAIM).refusal(command, by=SECOND_MODERATOR) is None, "a claim that ran out holds nobody"
    assert evening_in(Q.IN_REVIEW).play((TUAN, do.Ask("Cầu hỏng?"))).refusal(command, by=MODERATOR) is None


def test_taking_over_names_both_and_makes_the_other_wait():
    evening = evening_in(Q.IN_REVIEW).play((SECOND_MODERATOR, do.TakeOver(1)))
    assert staff_card(evening.dialogue, 1).reviewer == SECOND_MODERATOR.name
    assert card(evening).taken_from == MODERATOR.name
    assert evening.refusal(do.Approve(1), by=MODERATOR) is Code.CLAIMED
    evening.play((MODERATOR, do.TakeOver(1)), do.ReleaseReview(1), do.StartReview(1))
    assert card(evening).taken_from == ""


def test_a_refusal_is_appealed_once_and_read_by_another_when_there_is_one():
    evening = evening_in(Q.REFUSED).play(do.Appeal(1, "Tòa đã xử xong"))
    question = evening.dialogue.questions[1]
    assert (question.state, question.reason, str(question.closing)) == (Q.RECEIVED, None, "")
    assert (card(evening).appealed, card(evening).appeal) == (True, "Tòa đã xử xong")
    assert evening.refusal(REFUSED) is None, "alone, one reads one's own refusals"
    assert evening.refusal(do.Appeal(1, "Lần nữa")) is Code.APPEALED
    two = evening_in(Q.REFUSED).play(
        do.Ask("Giá nước?"), (SECOND_MODERATOR, do.Approve(2)), do.Appeal(1, "Xin xem lại")
    )
    assert two.refusal(do.StartReview(1)) is Code.APPEAL_ELSEWHERE
    assert two.refusal(REFUSED) is Code.APPEAL_ELSEWHERE
    assert two.refusal(REFUSED, by=SECOND_MODERATOR) is None


def test_who_refused_may_still_agree_with_an_appeal():
    evening = evening_in(Q.REFUSED).play(do.Ask("Giá nước?"), (SECOND_MODERATOR, do.Approve(2)), do.Appeal(1, "Xin"))
    assert evening.refusal(do.Approve(1)) is None


@pytest.mark.parametrize("command", [do.Appeal(1, "Xin xem lại"), do.AddToQuestion(1, "Và cả đường vào")])
def test_only_the_asker_appeals_and_adds(command):
    state = Q.REFUSED if isinstance(command, do.Appeal) else Q.QUEUED
    assert evening_in(state).refusal(command, by=TUAN) is Code.NOT_FOUND
    assert evening_in(state).refusal(command, by=CLERK) is Code.FROM_A_PHONE
    assert evening_in(state).refusal(dataclasses.replace(command, text=" ")) is Code.EMPTY
    assert evening_in(state).refusal(dataclasses.replace(command, text="x" * 501)) is Code.TOO_LONG


def test_nothing_is_appealed_or_added_after_the_end():
    assert evening_in(Q.REFUSED).play(*CLOSED).refusal(do.Appeal(1, "Xin xem lại")) is Code.CLOSED
    evening = evening_in(Q.QUEUED).play(do.MoveDialogue(DialogueState.CLOSING))
    assert evening.refusal(do.AddToQuestion(1, "Và cả đường vào")) is Code.CLOSED


def test_additions_stand_beside_the_text_and_change_none_of_it():
    evening = evening_in(Q.QUEUED).play(do.AddToQuestion(1, "Và cả đường vào"))
    question = evening.dialogue.questions[1]
    assert (str(question.text), str(question.original), question.revision) == (
        "Bao giờ sửa cầu?",
        "Bao giờ sửa cầu?",
        1,
    )
    assert card(evening).additions == ("Và cả đường vào",)
    (own_question,) = mine(evening.dialogue, HANH.id)
    assert (own_question.additions, own_question.may_add) == (("Và cả đường vào",), True)
    for count in range(ADDITIONS - 1):
        evening.play(do.AddToQuestion(1, f"Thêm {count}"))
    assert evening.refusal(do.AddToQuestion(1, "Thêm nữa")) is Code.ENOUGH_ADDED
    assert not mine(evening.dialogue, HANH.id)[0].may_add


def test_a_note_is_written_and_struck_and_its_number_stays():
    evening = evening_in(Q.RECEIVED).play(do.NoteOn(1, "Đã gọi điện"), (CHAIR, do.NoteOn(1, "Hỏi lại Phòng Kinh tế")))
    assert [(n.number, n.text, n.name) for n in card(evening).notes] == [
        (1, "Đã gọi điện", MODERATOR.name),
        (2, "Hỏi lại Phòng Kinh tế", CHAIR.name),
    ]
    evening.play(do.StrikeNote(1, 1))
    assert [n.number for n in card(evening).notes] == [2]
    assert evening.refusal(do.StrikeNote(1, 1)) is Code.NOT_FOUND


def test_labels_come_and_go_and_are_not_without_end():
    evening = evening_in(Q.RECEIVED).play(do.Label(1, " cầu  đường "), do.Label(1, "cầu đường"))
    assert card(evening).labels == ("cầu đường",)
    assert evening.play(do.Unlabel(1, "cầu đường")).refusal(do.Unlabel(1, "cầu đường")) is Code.NOT_FOUND
    evening.play(*(do.Label(1, f"nhãn {count}") for count in range(LABELS)))
    assert evening.refusal(do.Label(1, "một nhãn nữa")) is Code.ENOUGH_LABELS
    assert evening.refusal(do.Label(1, "x" * 41)) is Code.TOO_LONG


def test_the_original_of_a_redacted_question_is_on_no_card_and_each_opening_is_an_entry():
    evening = play(*OPENED, do.Ask("Gọi 0912 345 678"), do.Edit(1, "Gọi […]", 1, redacted=True))
    assert (staff_card(evening.dialogue, 1).original, staff_card(evening.dialogue, 1).redacted) == ("", True)
    for audience in Audience:
        assert "0912" not in repr(view(evening.dialogue, audience))
    evening.play(do.OpenOriginal(1), (SECOND_MODERATOR, do.OpenOriginal(1)), do.OpenOriginal(1))
    assert evening.dialogue.questions[1].dossier.opened_by == (MODERATOR.id, SECOND_MODERATOR.id, MODERATOR.id)
    assert [entry.seat for entry in evening.entries[-3:]] == [MODERATOR.id, SECOND_MODERATOR.id, MODERATOR.id]
    opened = [(name, at) for name, at in card(evening).openings]
    assert opened == [(who.name, evening.now) for who in (MODERATOR, SECOND_MODERATOR, MODERATOR)]


def test_an_agency_prepares_what_was_given_to_it_and_the_chair_sees_it():
    evening = evening_in(Q.ON_STAGE).play(ASSIGNED, (AGENCY, do.PrepareNote(1, "Đã bố trí vốn trong quý IV")))
    (note,) = [i.thing for r in view(evening.dialogue, Audience.CHAIR) if r.name == "prepared" for i in r.items]
    assert isinstance(note, PreparedNote)
    assert (note.agency, note.text, note.on_stage) == ("Phòng Kinh tế", "Đã bố trí vốn trong quý IV", True)
    assert evening.refusal(do.PrepareNote(1, "Của tôi"), by=OTHER_AGENCY) is Code.NOT_FOUND
    (task,) = own(evening.dialogue, AGENCY)
    assert isinstance(task, MyTask)
    assert (task.number, task.due, task.prepared) == (1, BY_JUNE, "Đã bố trí vốn trong quý IV")
    assert own(evening.dialogue, OTHER_AGENCY) == ()
    evening.play((AGENCY, do.PrepareNote(1, "")))
    assert card(evening).prepared == ""


def test_the_chair_reads_notes_additions_and_what_was_merged_into_the_question():
    evening = play(*OPENED, do.Ask("Bao giờ sửa cầu?"), (TUAN, do.Ask("Cầu gãy, đi đâu?")), do.Approve(1))
    assert prepared(evening.dialogue) == (), "nothing is known of it besides its words"
    evening.play(do.NoteOn(1, "Đã hỏi Phòng Kinh tế"), do.NoteOn(1, "Nhầm"), do.StrikeNote(1, 2))
    evening.play(do.AddToQuestion(1, "Và đường vào cầu"), do.Merge(2, into=1))
    (note,) = prepared(evening.dialogue)
    assert [(one.text, one.name) for one in note.notes] == [("Đã hỏi Phòng Kinh tế", MODERATOR.name)]
    assert (note.additions, note.merged) == (("Và đường vào cầu",), ((2, "Cầu gãy, đi đâu?"),))
    evening.play(do.CallNext())
    assert [one.on_stage for one in prepared(evening.dialogue)] == [True]


def test_what_is_ready_for_questions_further_back_is_named_with_their_places():
    evening = play(*OPENED, *(do.Ask(f"Câu {n}?") for n in range(3)), (CLERK, do.Ask("Để riêng?")))
    evening.play(*(do.Approve(n) for n in (1, 2, 3)), do.Approve(4, queue=False))
    for number in (1, 3, 4):
        evening.play(dataclasses.replace(ASSIGNED, question=number))
    assert ready(evening.dialogue) == ()
    for number in (1, 3, 4):
        evening.play((AGENCY, do.PrepareNote(number, f"Số liệu {number}")))
    assert [(one.number, one.place, one.text) for one in ready(evening.dialogue)] == [
        (3, 3, "Số liệu 3"),
        (4, None, "Số liệu 4"),
    ]
    (chair,) = [region for region in view(evening.dialogue, Audience.CHAIR) if region.name == "prepared"]
    assert [item.key for item in chair.items] == ["prepared-1", "ready-3", "ready-4"]


def test_another_agency_begins_anew_and_a_new_date_does_not():
    evening = evening_in(Q.QUEUED).play(ASSIGNED, (AGENCY, do.PrepareNote(1, "Đã bố trí vốn")))
    evening.play(dataclasses.replace(ASSIGNED, due=BY_JUNE.replace(month=7)))
    assert card(evening).prepared == "Đã bố trí vốn"
    assert card(evening.play(do.Assign(1, "Sở Xây dựng", BY_JUNE))).prepared == ""
    assert card(evening.play(do.Unassign(1))).agency == ""


@pytest.mark.parametrize(
    "ask, back",
    [
        (do.StartReview(1), do.ReleaseReview(1)),
        (do.Label(1, "cầu đường"), do.Unlabel(1, "cầu đường")),
        (ASSIGNED, do.Unassign(1)),
        (do.Approve(1, queue=False), do.Reopen(1)),
    ],
)
def test_every_act_has_its_way_back(ask, back):
    evening = evening_in(Q.RECEIVED)
    before = view(evening.dialogue, Audience.MODERATOR)
    assert view(evening.play(ask).dialogue, Audience.MODERATOR) != before
    assert view(evening.play(back).dialogue, Audience.MODERATOR) == before


def test_merging_and_parting_again_gives_every_asker_and_receipt_back():
    evening = play(*OPENED, (HANH, do.Ask("Bao giờ sửa cầu?")), (TUAN, do.Ask("Cầu hỏng thì sao?")), minutes(1))
    before = {q.number: (q.seat, q.receipt, q.text, q.original) for q in evening.dialogue.questions.values()}
    evening.play(do.Merge(2, into=1), do.Unmerge(2), do.Approve(2), do.Approve(1), do.CallNext())
    after = {q.number: (q.seat, q.receipt, q.text, q.original) for q in evening.dialogue.questions.values()}
    assert after == before
    assert evening.play(do.GiveOutcome(2, Outcome.ANSWERED)).dialogue.questions[1].merged == ()
