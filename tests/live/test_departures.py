"""Who departs from what was announced says why, by whichever way; and what was recorded is changed with a reason."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live import entries as facts
from live.dialogue import Dialogue, replay
from live.entries import Entry
from live.lineup import line
from live.refusals import Code, Refused
from live.states import Channel, DialogueState
from live.states import QuestionState as Q
from live.undoing import my_acts
from tests.cast import (
    ANNOUNCED,
    CHAIR,
    CLERK,
    FORWARDED,
    HANH,
    MODERATOR,
    OPENED,
    REROUTED,
    TO_STATE,
    WRITTEN,
    Evening,
    Step,
    evening_in,
    play,
)
from tests.live import evenings as some

WHY = "Người hỏi phải về sớm"
RULE = do.DeclareMixing(hall=1, online=1)
LINE: tuple[Step, ...] = tuple(
    step
    for n in range(1, 6)
    for step in (
        (CLERK, do.Ask(f"Câu {n}", "", Channel.HALL_CARD if n % 2 else Channel.ONLINE, f"Ông {n}")),
        do.Approve(n),
    )
)
FREE: tuple[Step, ...] = (*OPENED, *LINE)
RULED: tuple[Step, ...] = (*ANNOUNCED, RULE, do.MoveDialogue(DialogueState.OPEN), *LINE)
DECK = do.PutOnDeck(1)


def written(number: int) -> do.GiveOutcome:
    return dataclasses.replace(WRITTEN, question=number)


@pytest.mark.parametrize(
    "steps, command, departs",
    [
        (RULED, do.SetAside(2), True),
        (RULED, do.Reopen(2), True),
        (RULED, do.Withdraw(2), True),
        (RULED, written(2), False),
        ((*RULED, DECK), do.TakeOffDeck(1), True),
        ((*RULED, DECK), written(1), True),
        ((*RULED, DECK), do.Withdraw(1), True),
        ((*RULED, DECK), REROUTED, True),
        ((*RULED, do.SetAside(2, WHY)), do.Place(2), False),
        ((*RULED, do.CallNext()), do.ReturnToQueue(1, absent=True), False),
        ((*RULED, do.CallNext()), do.ReturnToQueue(1), True),
        ((*FREE, do.CallNext()), do.ReturnToQueue(1), False),
        (FREE, do.SetAside(2), False),
        (FREE, do.Reopen(2), False),
        (FREE, do.Withdraw(2), False),
        ((*FREE, DECK), do.TakeOffDeck(1), True),
        ((*FREE, DECK), written(1), True),
        ((*FREE, DECK), FORWARDED, True),
        ((*FREE, DECK), do.Withdraw(1), True),
        ((*FREE, DECK), REROUTED, True),
    ],
)
def test_what_was_announced_is_given_up_only_for_a_reason_which_stays_in_the_entry(steps, command, departs):
    evening = play(*steps)
    assert evening.refusal(command, MODERATOR) is (Code.DEPARTS if departs else None)
    if departs:
        evening = play(*steps, (MODERATOR, dataclasses.replace(command, reason=WHY)))
        assert str(getattr(evening.entries[-1].fact, "reason", "")) == WHY
        assert evening.entries[-1].seat == MODERATOR.id


def test_a_call_by_the_rule_is_undone_for_a_reason_which_everybody_at_the_desks_reads():
    evening = play(*RULED, do.CallNext())
    call = evening.dialogue.acts[MODERATOR.id][-1].n
    before = evening.dialogue
    assert evening.refusal(do.Undo(call)) is Code.DEPARTS
    assert evening.dialogue is before
    assert my_acts(before, MODERATOR)[0].open, "the button brings the reason"
    evening.play(do.Undo(call, "Bấm nhầm"))
    assert evening.entries[-1].seat == MODERATOR.id
    assert str(evening.dialogue.questions[1].dossier.departure) == "Bấm nhầm"
    assert line(evening.dialogue) == line(play(*RULED).dialogue)
    assert all(act.kind is not facts.QuestionReturned for act in evening.dialogue.acts[MODERATOR.id])


def test_an_asker_takes_the_own_question_back_without_saying_why():
    evening = play(*OPENED, do.DeclareMixing(online=1, reason=WHY), (HANH, do.Ask("Câu tôi?")), do.Approve(1), DECK)
    assert evening.refusal(do.Withdraw(1), HANH) is None


def why(entry: Entry) -> str:
    """What the entry says for itself beside who and when."""
    fact = entry.fact
    said = [str(getattr(fact, name, "")) for name in ("reason", "sentence", "agency")]
    if isinstance(fact, facts.QuestionReturned):
        said.append("vắng mặt" if fact.absent else "")
    if isinstance(fact, facts.QuestionMerged | facts.QuestionUnmerged | facts.ActUndone):
        said.append("nói trong chính mục này")  # into which, out of which, and which act was taken back
    return " ".join(filter(None, said))


def out_of_order(before: Dialogue, after: Dialogue) -> bool:
    """Whether somebody went before others, or left their place, though it was not their turn by the rule."""
    old, new = (*before.deck, *before.queue), (*after.deck, *after.queue)
    stage = (after.turn.question,) if after.turn else ()
    stayed = [n for n in old if n in new]
    came = [n for n in new if n not in old]
    left = [n for n in old if n not in new and n not in stage]
    return bool(left) or [n for n in new if n in stayed] != stayed or (bool(came) and new[-len(came) :] != tuple(came))


def as_drawn(before: Dialogue, after: Dialogue, entry: Entry) -> bool:
    """By the rule: the next one was called or put on deck, or filled a place that the call had left."""
    fact, drawn = entry.fact, line(before)
    if isinstance(fact, facts.QuestionCalled):
        return drawn[0] == fact.question
    if isinstance(fact, facts.QuestionPutOnDeck):
        refill = after.turn.refill if after.turn and after.turn.called_at == entry.at else ()
        return fact.question in refill or drawn[len(before.deck) :][:1] == (fact.question,)
    return False


pressed = st.lists(
    st.tuples(some.seats, some.reading | some.ordering | some.flooring | st.builds(do.Undo, st.integers(1, 40))),
    max_size=15,
)


@given(pressed, st.booleans())
def test_on_any_evening_the_announced_order_changes_only_by_the_rule_or_with_a_reason(pressed, called):
    evening = play(*RULED, *([do.CallNext()] if called else []))
    before = replay(evening.entries)
    count = len(evening.entries)
    for seat, command in pressed:
        evening.send(command, seat)
    for entry in evening.entries[count:]:
        after = before.apply(entry)
        own = (
            isinstance(entry.fact, facts.QuestionWithdrawn) and entry.seat == before.questions[entry.fact.question].seat
        )
        if before.mixing and out_of_order(before, after) and not own and not as_drawn(before, after, entry):
            assert why(entry), entry
        before = after


SETTLED = [Q.ANSWERED, Q.PARTLY_ANSWERED, Q.WRITTEN_DUE, Q.FORWARDED_UP]


@pytest.mark.parametrize("state", SETTLED)
def test_an_outcome_is_taken_back_for_a_reason_and_comes_back_whole_when_that_is_undone(state):
    evening = evening_in(state)
    was = evening.dialogue.questions[1]
    assert evening.refusal(do.ReturnToQueue(1)) is Code.REASON_MISSING
    evening.play((CHAIR, do.ReturnToQueue(1, reason="Ghi nhầm câu")))
    assert evening.dialogue.questions[1].state is Q.QUEUED
    evening.play((CHAIR, do.Undo(evening.dialogue.n)))
    assert evening.dialogue.questions[1] == was
    assert evening.dialogue.queue == ()


def test_what_somebody_has_gone_on_with_keeps_its_outcome_taken_back():
    evening = evening_in(Q.ANSWERED).play(do.ReturnToQueue(1, reason="Ghi nhầm câu"))
    act = evening.dialogue.n
    assert evening.play(do.CallNext()).refusal(do.Undo(act)) is Code.GONE_ON


def test_a_return_from_the_stage_in_an_older_journal_is_no_act_to_be_undone():
    evening = evening_in(Q.ON_STAGE).play(do.ReturnToQueue(1))
    assert all(act.kind is not facts.QuestionReturned for act in evening.dialogue.acts[MODERATOR.id])


@pytest.mark.parametrize("seat", [MODERATOR, CHAIR])
def test_a_matter_with_a_procedure_of_its_own_is_sent_there_from_the_floor(seat):
    evening = evening_in(Q.ON_STAGE).play((seat, REROUTED))
    question = evening.dialogue.questions[1]
    assert (question.state, str(question.agency), question.public) == (Q.REROUTED, REROUTED.to, True)
    assert evening.dialogue.turn is None
    assert evening.dialogue.floor_log[-1].question is None
    assert evening.send(REROUTED, MODERATOR) == (), "two people tapped the same"
    evening.play((seat, do.Undo(evening.dialogue.n)))
    assert evening.dialogue.questions[1].state is Q.ON_STAGE
    assert evening.dialogue.turn is not None


@pytest.mark.parametrize("state", SETTLED)
def test_a_recorded_outcome_is_changed_into_sending_on_and_back_with_a_reason(state):
    evening = evening_in(state)
    assert evening.refusal(REROUTED, CHAIR) is Code.REASON_MISSING
    evening.play((CHAIR, dataclasses.replace(REROUTED, reason="Là đơn khiếu nại")))
    question = evening.dialogue.questions[1]
    assert (question.state, question.due, question.openly) == (Q.REROUTED, None, True)
    back = dataclasses.replace(FORWARDED, reason="Tỉnh nhận trả lời")
    assert evening.refusal(FORWARDED) is Code.REASON_MISSING
    assert evening.play(back).dialogue.questions[1].state is Q.FORWARDED_UP
    assert not evening.dialogue.questions[1].openly


def test_what_was_sent_on_unheard_stays_out_of_public_and_takes_no_outcome():
    evening = evening_in(Q.REROUTED)
    assert not evening.dialogue.questions[1].public
    assert evening.refusal(dataclasses.replace(FORWARDED, reason=WHY)) is Code.WRONG_STATE


def test_those_merged_into_what_was_heard_share_its_end_and_those_of_an_unheard_one_are_read_again():
    heard = play(*OPENED, *TO_STATE[Q.MERGED], do.Approve(2), do.CallNext(), dataclasses.replace(REROUTED, question=2))
    assert heard.dialogue.questions[1].state is Q.MERGED
    unheard = play(*OPENED, *TO_STATE[Q.MERGED], do.Approve(2), dataclasses.replace(REROUTED, question=2))
    assert unheard.dialogue.questions[1].state is Q.RECEIVED


def grouped() -> Evening:
    """Question 2 leads 1, question 4 leads 3; both wait in the queue."""
    return play(*FREE, do.Merge(1, into=2), do.Merge(3, into=4))


def test_a_group_joins_another_and_comes_apart_again_as_it_was():
    evening = grouped()
    was = evening.dialogue
    evening.play(do.Merge(2, into=4))
    assert evening.dialogue.questions[4].merged == (3, 2, 1)
    assert dict(evening.dialogue.leads) == {1: 4, 2: 4, 3: 4}
    for back in (do.Unmerge(2), do.Undo(evening.dialogue.n)):
        apart = Evening(evening.dialogue, list(evening.entries), evening.now).play(back).dialogue
        assert apart.questions == was.questions
        assert (apart.queue, dict(apart.leads)) == (was.queue, dict(was.leads))


def test_who_left_the_group_meanwhile_does_not_come_back_with_it():
    evening = grouped().play(do.Merge(2, into=4), do.Unmerge(1), do.Unmerge(2))
    assert evening.dialogue.questions[2].merged == ()
    assert evening.dialogue.questions[4].merged == (3,)
    assert evening.dialogue.questions[1].state is Q.QUEUED


def test_those_of_a_joined_group_are_read_again_when_its_lead_leaves():
    evening = grouped().play(do.Merge(2, into=4), (CLERK, do.Withdraw(4)))
    assert {n: q.state for n, q in evening.dialogue.questions.items()} == {
        1: Q.RECEIVED, 2: Q.RECEIVED, 3: Q.RECEIVED, 4: Q.WITHDRAWN, 5: Q.QUEUED,
    }  # fmt: skip


def test_a_refusal_is_a_value():
    assert isinstance(play(*FREE, DECK).send(do.TakeOffDeck(1, "  "), MODERATOR), Refused), "blanks are no reason"
