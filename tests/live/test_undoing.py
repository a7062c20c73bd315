"""Everything staff do has a way back, and a way back restores exactly what nobody has changed meanwhile."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live.acts import ACTS_KEPT
from live.dialogue import Dialogue, replay
from live.entries import Entry, QuestionUnmerged
from live.questions import Question
from live.refusals import Code, Refused
from live.seats import ALLOWED, Audience
from live.states import DialogueState, Outcome, Part, RefusalReason, SuspensionReason
from live.states import QuestionState as Q
from live.undoing import my_acts
from live.ways_back import WAYS_BACK
from tests.cast import (
    BY_JUNE,
    CHAIR,
    CLERK,
    HANH,
    MODERATOR,
    OPENED,
    REFUSED,
    REROUTED,
    SECOND_MODERATOR,
    TO_STATE,
    TUAN,
    WRITTEN,
    Evening,
    evening_in,
    minutes,
    play,
)
from tests.live import evenings as some

FIVE = (
    *OPENED,
    *(step for n in range(1, 6) for step in ((TUAN if n % 2 else MODERATOR, do.Ask(f"Câu {n}")), do.Approve(n))),
)


def known(dialogue: Dialogue, *, called: bool = False) -> dict[str, Any]:
    """All that people see of the questions and their order; numbers of entries and of revisions go on by themselves.

    `called`: that it once was on the stage, and how many supported it then, stays known.
    """
    questions: Any = {number: dataclasses.replace(q, revision=0) for number, q in dialogue.questions.items()}
    rows = {"queue": dialogue.queue, "deck": dialogue.deck, "turn": dialogue.turn, "suspended": dialogue.suspended}
    return {"questions": stands(questions) if called else questions, **rows}


def stands(questions: dict[int, Question]) -> dict[int, Q]:
    return {number: question.state for number, question in questions.items()}


def last_act(evening: Evening, seat: str = MODERATOR.id) -> int:
    return evening.dialogue.acts[seat][-1].n


def test_every_command_of_staff_has_a_way_back_or_a_sentence_why_not():
    of_staff = {kind for kind, who in ALLOWED.items() if who - {Audience.PHONE}}
    assert set(WAYS_BACK) == of_staff
    for kind, back in WAYS_BACK.items():
        if isinstance(back, str):
            assert len(back) > 10
        elif back is not do.Undo:
            assert ALLOWED[back] & ALLOWED[kind], f"whoever may {kind.__name__} may {back.__name__}"


TWO_MERGED = (*TO_STATE[Q.MERGED], (TUAN, do.Ask("Cầu gãy rồi")), do.Merge(3, into=2))
_ASKED_BY_CLERK = (CLERK, do.Ask("Giá nước bao nhiêu?", name="Ông Năm"))
UNDONE: list[tuple[tuple[Any, ...], do.Command]] = [
    (TO_STATE[Q.RECEIVED], do.Approve(1)),
    (TO_STATE[Q.RECEIVED], do.Approve(1, queue=False)),
    (TO_STATE[Q.IN_REVIEW], do.Approve(1)),
    (TO_STATE[Q.IN_REVIEW], REFUSED),
    (TO_STATE[Q.QUEUED], REFUSED),
    ((*TWO_MERGED,), dataclasses.replace(REFUSED, question=2)),
    ((*TO_STATE[Q.MERGED],), dataclasses.replace(REROUTED, question=2)),
    ((*TO_STATE[Q.MERGED],), do.Withdraw(2)),
    (TO_STATE[Q.QUEUED], REROUTED),
    (TO_STATE[Q.QUEUED], do.Withdraw(1)),
    (TO_STATE[Q.ON_DECK], do.Withdraw(1, "Người hỏi xin rút")),
    (TO_STATE[Q.QUEUED], do.Reopen(1, "Đọc lại")),
    (TO_STATE[Q.REFUSED], do.Reopen(1)),
    (TO_STATE[Q.RECEIVED], do.Edit(1, "Bao giờ sửa cầu Ea Mô?", 1)),
    ((*TO_STATE[Q.QUEUED], do.Ask("Cầu Ea Mô")), do.Merge(1, into=2)),
    (TO_STATE[Q.MERGED], do.Unmerge(1)),
    ((_ASKED_BY_CLERK,), do.NameSpeaker(1, "Bà Sáu", "buôn Krông", publish_name=True)),
    ((*TO_STATE[Q.QUEUED], do.NoteOn(1, "Đã gọi"), do.NoteOn(1, "Đã hẹn")), do.StrikeNote(1, 1)),
    (TO_STATE[Q.QUEUED], do.Label(1, "cầu đường")),
    ((*TO_STATE[Q.QUEUED], do.Label(1, "a"), do.Label(1, "b"), do.Label(1, "c")), do.Unlabel(1, "b")),
    (TO_STATE[Q.QUEUED], do.Assign(1, "Phòng Kinh tế", BY_JUNE)),
    ((*TO_STATE[Q.QUEUED], do.Assign(1, "Phòng Kinh tế", BY_JUNE), do.PrepareNote(1, "Có vốn")), do.Unassign(1)),
    ((*FIVE,), do.Place(4, before=1)),
    ((*FIVE,), do.Place(2)),
    ((*FIVE,), do.SetAside(3)),
    ((*FIVE, do.SetAside(3)), do.Place(3, before=2)),
    ((*FIVE,), do.PutOnDeck(4)),
    ((*FIVE, do.PutOnDeck(4), do.PutOnDeck(2)), do.TakeOffDeck(4, "Người hỏi xin đợi")),
    ((*FIVE, do.PutOnDeck(4)), do.GiveOutcome(4, Outcome.FORWARDED_UP, "UBND tỉnh", reason="Hết giờ")),
    ((*FIVE,), do.CallNext()),
    ((*FIVE, do.PutOnDeck(4)), do.Call(3, reason="Người hỏi phải về")),
    ((*FIVE, do.CallNext(), do.StartClock(Part.ASKING)), do.GiveOutcome(1, Outcome.ANSWERED)),
    (TO_STATE[Q.ON_STAGE], WRITTEN),
    (TO_STATE[Q.ON_STAGE], REROUTED),
    (TO_STATE[Q.WRITTEN_DUE], dataclasses.replace(REROUTED, reason="Là đơn khiếu nại")),
    ((*TO_STATE[Q.ANSWERED], do.Ask("Giá nước?"), do.Approve(2)), do.ReturnToQueue(1, reason="Ghi nhầm")),
    ((*TWO_MERGED, (TUAN, do.Ask("Xây cầu mới?"))), do.Merge(2, into=4)),
    (TO_STATE[Q.ANSWERED], do.GiveOutcome(1, Outcome.PARTLY_ANSWERED, reason="Bà con chưa đồng ý")),
    (TO_STATE[Q.QUEUED], do.Suspend(1, SuspensionReason.FLOOD, "Xin đợi các câu đã gửi")),
]  # fmt: skip


@pytest.mark.parametrize("before, command", UNDONE, ids=[f"{type(c).__name__}-{i}" for i, (_, c) in enumerate(UNDONE)])
def test_what_is_undone_is_as_if_it_had_never_been_done(before, command):
    evening = play(*OPENED, *(step for step in before if step not in OPENED), minutes(1))
    was = known(evening.dialogue)
    evening.play((MODERATOR, command), minutes(1))
    assert known(evening.dialogue) != was
    evening.play(do.Undo(last_act(evening)))
    called = isinstance(command, do.Call | do.CallNext)
    assert known(evening.dialogue, called=called) == (was | {"questions": stands(was["questions"])} if called else was)
    assert replay(evening.entries) == evening.dialogue


def test_every_command_that_is_undone_was_tried():
    tried = {type(command) for _, command in UNDONE}
    apart = {do.NoteOn, do.CallSpeaker}  # what they made stays, struck or withdrawn
    assert {kind for kind, back in WAYS_BACK.items() if back is do.Undo} - tried == apart


def test_a_note_that_is_undone_is_struck_so_that_its_number_is_nobody_elses():
    evening = evening_in(Q.QUEUED).play(do.NoteOn(1, "Nhầm câu"))
    evening.play(do.Undo(last_act(evening)))
    assert [note.struck for note in evening.dialogue.questions[1].dossier.notes] == [True]


def test_an_edit_that_is_undone_makes_the_texts_others_hold_stale():
    evening = evening_in(Q.QUEUED).play(do.Edit(1, "Bao giờ sửa cầu Ea Mô?", 1))
    evening.play(do.Undo(last_act(evening)))
    assert str(evening.dialogue.questions[1].text) == "Bao giờ sửa cầu?"
    assert evening.refusal(do.Edit(1, "Khác", 2)) is Code.STALE
    assert evening.refusal(do.Edit(1, "Khác", 1)) is Code.STALE


def test_what_was_taken_out_as_private_is_not_put_back():
    evening = evening_in(Q.QUEUED).play(do.Edit(1, "Bao giờ sửa?", 1, redacted=True))
    assert evening.refusal(do.Undo(last_act(evening))) is Code.REDACTED
    assert [(act.open, act.redacts) for act in my_acts(evening.dialogue, MODERATOR)[:1]] == [(False, True)]


GONE_ON: list[tuple[do.Command, Any, Code]] = [
    (do.Approve(1), (SECOND_MODERATOR, do.PutOnDeck(1)), Code.GONE_ON),
    (do.Approve(1), (SECOND_MODERATOR, do.SetAside(1)), Code.GONE_ON),
    (do.Approve(1), (HANH, do.Withdraw(1)), Code.GONE_ON),
    (do.Approve(1), (CHAIR, do.CallNext()), Code.GONE_ON),
    (REFUSED, (HANH, do.Appeal(1, "Tòa đã xử xong")), Code.GONE_ON),
    (do.Edit(1, "Bao giờ sửa cầu Ea Mô?", 1), (SECOND_MODERATOR, do.Edit(1, "Khi nào sửa cầu?", 2)), Code.GONE_ON),
    (do.Assign(1, "Phòng Kinh tế", BY_JUNE), (SECOND_MODERATOR, do.Assign(1, "Sở Xây dựng", BY_JUNE)), Code.GONE_ON),
    (do.Label(1, "cầu"), (SECOND_MODERATOR, do.Unlabel(1, "cầu")), Code.GONE_ON),
]


@pytest.mark.parametrize("act, others, code", GONE_ON)
def test_what_somebody_has_gone_on_with_is_refused_with_how_it_stands_now(act, others, code):
    evening = evening_in(Q.RECEIVED).play((MODERATOR, act), minutes(1), others)
    before = evening.dialogue
    answer = evening.send(do.Undo(last_act(evening)))
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert answer.row is not None
    assert (answer.row.number, answer.row.state) == (1, before.questions[1].state)
    assert answer.row.say("vi") in answer.say("vi")
    assert evening.dialogue is before


def test_what_others_did_beside_it_stays():
    evening = play(*FIVE, minutes(1), do.Place(5, before=1), (SECOND_MODERATOR, do.Label(5, "nước")))
    evening.play((SECOND_MODERATOR, do.Place(2)), minutes(1))
    evening.play(do.Undo(last_act(evening)))
    assert evening.dialogue.queue == (1, 3, 4, 2, 5)
    assert list(map(str, evening.dialogue.questions[5].dossier.labels)) == ["nước"]


def test_an_outcome_is_not_undone_while_another_question_has_the_floor():
    evening = play(*FIVE, do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    act = last_act(evening)
    evening.play((CHAIR, do.CallNext()))
    assert evening.refusal(do.Undo(act)) is Code.STAGE_CHANGED


def test_nobody_undoes_what_another_did_and_nothing_twice():
    evening = evening_in(Q.RECEIVED).play(do.Approve(1))
    act = last_act(evening)
    assert evening.refusal(do.Undo(act), SECOND_MODERATOR) is Code.UNDO_GONE
    evening.play(do.Undo(act))
    assert evening.refusal(do.Undo(act)) is Code.UNDO_GONE


def test_an_askers_own_withdrawal_is_nobodys_act():
    evening = evening_in(Q.RECEIVED).play((HANH, do.Withdraw(1)))
    assert evening.dialogue.acts == {}


def test_the_newest_acts_are_kept():
    evening = evening_in(Q.QUEUED)
    for n in range(ACTS_KEPT + 5):
        evening.play(do.Label(1, "nước") if n % 2 == 0 else do.Unlabel(1, "nước"))
    assert len(evening.dialogue.acts[MODERATOR.id]) == ACTS_KEPT


def test_a_moderator_sees_the_own_acts_newest_first_and_which_can_be_undone():
    evening = play(*FIVE, do.Refuse(3, RefusalReason.INSULT, "Lời lẽ"), (SECOND_MODERATOR, do.SetAside(2)))
    shown = my_acts(evening.dialogue, MODERATOR)
    assert [(one.kind, one.question, one.open) for one in shown[:2]] == [
        ("QuestionRefused", 3, True), ("QuestionApproved", 5, True),
    ]  # fmt: skip
    assert [one.open for one in shown if one.question == 2] in ([False], [])


MERGED_FROM = [Q.RECEIVED, Q.IN_REVIEW, Q.APPROVED, Q.QUEUED]


@pytest.mark.parametrize("state", MERGED_FROM)
@pytest.mark.parametrize("lead", [Q.RECEIVED, Q.QUEUED, Q.ON_DECK, Q.ON_STAGE, Q.ANSWERED])
def test_merging_and_unmerging_is_the_same_as_doing_nothing(state, lead):
    evening = evening_in(lead).play((HANH, do.Ask("Cầu bao giờ xong?")), (TUAN, do.Ask("Nước?")), do.Approve(3))
    evening.play({Q.IN_REVIEW: do.StartReview(2), Q.APPROVED: do.Approve(2, queue=False)}.get(state, minutes(0)))
    if state is Q.QUEUED:
        evening.play(do.Approve(2), do.Place(2, before=3))
    assert evening.dialogue.questions[2].state is state
    was = known(evening.dialogue)
    evening.play(minutes(1), do.Merge(2, into=1), minutes(1))
    assert evening.dialogue.questions[2].state is Q.MERGED
    evening.play(do.Unmerge(2))
    assert known(evening.dialogue) == was


@given(pressed=some.presses(some.reading | some.ordering), merged=some.questions, into=some.questions)
def test_whatever_came_before_merge_and_unmerge_is_identity(pressed, merged, into):
    evening = play(*OPENED, *(do.Ask(f"Câu {n}") if n % 2 else (TUAN, do.Ask(f"Câu {n}")) for n in range(1, 6)))
    for seat, command in pressed:
        evening.send(command, seat)
    was = known(evening.dialogue)
    if evening.refusal(do.Merge(merged, into)) is None and evening.dialogue.questions[merged].merged_into == into:
        evening.play(do.Unmerge(merged))
        assert known(evening.dialogue) == was


@given(before=some.presses(some.reading | some.ordering | some.backstage), data=st.data())
def test_whatever_came_before_an_act_and_its_undoing_are_identity(before, data):
    evening = play(*FIVE)
    for seat, command in before:
        evening.send(command, seat)
    was = known(evening.dialogue)
    acts = evening.dialogue.acts.get(MODERATOR.id, ())
    evening.play(minutes(1))
    evening.send(data.draw(some.reading | some.ordering | some.flooring | some.backstage), MODERATOR)
    now = evening.dialogue.acts.get(MODERATOR.id, ())
    if now and now[-1:] != acts[-1:] and now[-1].n == evening.dialogue.n:
        answer = evening.send(do.Undo(now[-1].n, "Bấm nhầm"))
        if not isinstance(answer, Refused) and now[-1].kind.__name__ not in {"NoteWritten", "QuestionCalled"}:
            assert known(evening.dialogue) == was
        assert not isinstance(answer, Refused) or answer.code is Code.REDACTED


def test_a_journal_from_before_unmerging_was_exact_reads_as_it_was_written():
    evening = play(*FIVE, do.Merge(2, into=1))
    entry = Entry(evening.dialogue.n + 1, evening.now, MODERATOR.id, QuestionUnmerged(2))
    then = evening.dialogue.apply(entry)
    assert then.questions[2].state is Q.RECEIVED
    assert then.queue == (1, 3, 4, 5)


def test_those_who_stood_around_it_have_moved_and_it_comes_back_between_them():
    evening = play(
        *FIVE, do.Merge(3, into=1), do.Place(5, before=2), do.PutOnDeck(2), (SECOND_MODERATOR, do.Unmerge(3))
    )
    assert evening.dialogue.queue == (1, 3, 5, 4)


def test_nothing_comes_back_to_waiting_in_a_closed_dialogue():
    evening = evening_in(Q.RECEIVED).play(REFUSED)
    act = last_act(evening)
    evening.play(do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
    assert evening.refusal(do.Undo(act)) is Code.WRONG_STATE
