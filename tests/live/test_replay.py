"""The journal tells the evening again; and what a promise and the reckoning look like at the end of it."""

from live import commands as do
from live.dialogue import Dialogue, replay
from live.promised import CommitmentCard
from live.reckoning import reckon
from live.seats import Audience
from live.states import CommitmentState, QuestionState
from live.views import view
from tests.cast import ASKED, BY_JUNE, OPENED, TO_COMMITMENT_STATE, TO_STATE, play


def test_a_journal_replayed_is_the_dialogue_from_any_point():
    evening = play(*OPENED, *TO_STATE[QuestionState.ANSWERED], *TO_COMMITMENT_STATE[CommitmentState.CONFIRMED])
    assert replay(evening.entries) == evening.dialogue
    for n in range(len(evening.entries)):
        assert replay(evening.entries[n:], replay(evening.entries[:n])) == evening.dialogue


def test_an_empty_journal_is_a_dialogue_that_nobody_has_described():
    assert replay([]) == Dialogue()


def test_each_question_is_reckoned_under_what_came_of_it():
    for state in QuestionState:
        reckoning = reckon(play(*OPENED, *TO_STATE[state]).dialogue)
        assert reckoning.received == reckoning.settled + reckoning.waiting
        settled = not play(*OPENED, *TO_STATE[state]).dialogue.questions[1].waiting
        assert reckoning.settled == settled
        assert not settled or getattr(reckoning, state.value) == 1


def test_a_promise_is_shown_to_the_agency_that_made_it_with_every_date_it_had():
    extended = do.ExtendCommitment(1, BY_JUNE.replace(month=7), "Mưa lũ")
    evening = play(*OPENED, ASKED, do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE, 1), extended)
    for audience in (Audience.AGENCY, Audience.SECRETARY):
        (card,) = [i.thing for r in view(evening.dialogue, audience) if r.name == "commitments" for i in r.items]
        assert isinstance(card, CommitmentCard)
        assert (card.due, card.extensions, card.question) == (BY_JUNE.replace(month=7), ((BY_JUNE, "Mưa lũ"),), 1)
