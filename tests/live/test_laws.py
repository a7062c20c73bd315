"""The laws that hold after every entry of every evening, whoever pressed what."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant

from live import minutes, notice
from live.dialogue import replay
from live.entries import QuestionReceived
from live.evidence import host
from live.floor_shares import floor_shares
from live.mine import mine
from live.order import DECK_PLACES
from live.reckoning import by_site, reckon
from live.remote_voice import closed_to, speaker
from live.seats import Audience
from live.states import CommitmentState as C
from live.states import Desk, DialogueState, TurnState
from live.states import QuestionState as Q
from live.views import view
from tests.cast import HANH, TUAN, play
from tests.live.page import Page
from tests.live.pressing import PressedEvening

pytestmark = pytest.mark.timeout(240)
SEEN_BY_ALL = (Audience.PHONE, Audience.STAGE, Audience.PUBLIC)


class AnyEvening(PressedEvening):
    """Each law is looked at after every press; the journal is read again at the end."""

    @invariant()
    def a_page_with_all_patches_is_the_page_now(self) -> None:
        for audience, page in self.pages.items():
            assert page == Page(view(self.evening.dialogue, audience)), audience

    @invariant()
    def numbers_are_dense_and_receipts_are_unique(self) -> None:
        dialogue = self.evening.dialogue
        assert [entry.n for entry in self.evening.entries] == list(range(1, dialogue.n + 1))
        assert list(dialogue.questions) == list(range(1, len(dialogue.questions) + 1))
        assert len({str(q.receipt) for q in dialogue.questions.values()}) == len(dialogue.questions)

    @invariant()
    def every_question_is_where_its_state_says_and_nowhere_else(self) -> None:
        dialogue = self.evening.dialogue
        stage = (dialogue.turn.question,) if dialogue.turn else ()
        assert len(dialogue.deck) <= DECK_PLACES
        placed = [*stage, *dialogue.deck, *dialogue.queue]
        assert len(placed) == len(set(placed))
        for state, place in ((Q.ON_STAGE, stage), (Q.ON_DECK, dialogue.deck), (Q.QUEUED, dialogue.queue)):
            assert {q.number for q in dialogue.questions.values() if q.state is state} == set(place)

    @invariant()
    def what_a_phone_was_given_a_number_for_is_never_lost(self) -> None:
        questions = self.evening.dialogue.questions
        for entry in self.evening.entries:
            if isinstance(entry.fact, QuestionReceived) and entry.fact.seat:
                assert questions[entry.fact.question].receipt == entry.fact.receipt

    @invariant()
    def what_was_received_is_settled_or_waits(self) -> None:
        reckoning = reckon(self.evening.dialogue)
        assert reckoning.received == len(self.evening.dialogue.questions) == reckoning.settled + reckoning.waiting
        if rows := by_site(self.evening.dialogue):
            assert [sum(row.received for row in rows), sum(row.waiting for row in rows)] == [
                reckoning.received,
                reckoning.waiting,
            ]
        assert (
            self.evening.dialogue.state in notice.WORKING
            or reckoning.waiting == 0
            or self.evening.dialogue.opened_at is None
        )

    @invariant()
    def evidence_is_there_once_it_was_given_and_whoever_confirmed_it_only_while_it_counts(self) -> None:
        for promise in self.evening.dialogue.commitments.values():
            assert not promise.link or host(str(promise.link))
            if promise.state in {C.EVIDENCE_GIVEN, C.CONFIRMED, C.DISPUTED}:
                assert promise.shown or promise.link
            assert bool(promise.confirmed_by) is (promise.state is C.CONFIRMED)

    @invariant()
    def a_merged_question_shares_the_fate_of_one_that_lives(self) -> None:
        questions = self.evening.dialogue.questions
        for question in questions.values():
            assert (question.state is Q.MERGED) is (question.merged_into is not None)
            assert all(questions[number].merged_into == question.number for number in question.merged)
            if question.merged_into is not None:
                lead = questions[question.merged_into]
                assert question.number in lead.merged
                assert lead.waiting or lead.concluded
        merged = {question.number: question.merged_into for question in questions.values() if question.merged_into}
        assert self.evening.dialogue.leads == merged

    @invariant()
    def nothing_private_is_seen_by_all(self) -> None:
        dialogue = self.evening.dialogue
        shown = "".join(repr(view(dialogue, audience)) for audience in SEEN_BY_ALL)
        written = "".join(str(block.text) for block in minutes.blocks(dialogue))
        # Signed words stay as they were signed; what is edited afterwards needs an addendum.
        redacted = shown if dialogue.minutes.frozen else shown + written
        shown += written
        assert "seat-" not in shown
        assert "receipt-" not in shown
        for question in dialogue.questions.values():
            assert question.publish_name or str(question.name) not in shown
            assert question.public or str(question.text) not in shown
            assert question.original == question.text or str(question.original) not in redacted

    @invariant()
    def what_is_said_backstage_stays_there(self) -> None:
        """Notes, labels, additions, appeals and prepared words: for those who read and lead, and for nobody else."""
        for audience in set(Audience) - {Audience.MODERATOR, Audience.CHAIR}:
            seen = tuple(region for region in view(self.evening.dialogue, audience) if region.name != "messages")
            assert "[riêng" not in repr(seen), audience
        for audience in set(Audience) - {Audience(desk.value) for desk in Desk}:
            assert all(region.name != "messages" for region in view(self.evening.dialogue, audience))
        assert "[riêng" not in "".join(str(block.text) for block in minutes.blocks(self.evening.dialogue))

    @invariant()
    def everybody_finds_their_own_questions_and_no_other(self) -> None:
        questions = self.evening.dialogue.questions.values()
        for seat in (HANH, TUAN):
            assert {m.number for m in mine(self.evening.dialogue, seat.id)} == {
                q.number for q in questions if q.seat == seat.id
            }
        assert mine(self.evening.dialogue, "") == ()

    @invariant()
    def a_phone_speaks_only_while_its_hand_is_on_the_floor_and_its_owner_agreed(self) -> None:
        dialogue = self.evening.dialogue
        spoken = speaker(dialogue)
        for seat in (HANH, TUAN):
            assert (closed_to(dialogue, seat) is None) is (spoken is not None and spoken.seat == seat.id)
        if spoken is not None:
            assert dialogue.turn is not None
            assert dialogue.turn.question == spoken.number
            assert spoken.by_voice
            assert spoken.voice_agreed
            assert dialogue.state in {DialogueState.OPEN, DialogueState.CLOSING, DialogueState.REHEARSAL}

    @invariant()
    def a_clock_shows_the_sum_of_its_runs(self) -> None:
        turn = self.evening.dialogue.turn
        if turn is not None:
            running = self.evening.now - turn.running_since if turn.running_since else timedelta()
            assert turn.ran + running == self.seconds_ran
            assert (turn.running_since is not None) is (turn.state is TurnState.SPEAKING)

    @invariant()
    def the_time_of_all_lanes_is_that_of_all_turns_and_of_the_clock_without_its_pauses(self) -> None:
        shares, times = floor_shares(self.evening.dialogue), self.evening.dialogue.floor_time
        running = self.evening.now - shares.since if shares.since else timedelta()
        assert sum((row.had.whole for row in shares.rows), running) == self.floor_ran
        assert sum((one.whole for one in times.values()), running) == self.floor_ran
        assert shares.whole.whole + running == self.floor_ran

    def teardown(self) -> None:
        """The journal tells the evening again, at every n: nothing that was decided or seen has changed it."""
        if not hasattr(self, "evening"):
            return
        told = play().dialogue
        by_n = {dialogue.n: dialogue for dialogue in self.history}
        for entry in self.evening.entries:
            told = told.apply(entry)
            assert by_n.get(told.n, told) == told
        assert replay(self.evening.entries) == told == self.evening.dialogue
        assert replay(self.evening.entries[told.n // 2 :], replay(self.evening.entries[: told.n // 2])) == told


AnyEvening.TestCase.settings = settings(max_examples=settings().max_examples * 3 // 5, stateful_step_count=50)
test_any_evening = AnyEvening.TestCase
