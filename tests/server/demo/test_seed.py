"""The demo in a real database: put in place once, whole, by rules that hold for everybody."""

import json
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from live.answers import owed, written_answer
from live.backstage import prepared, ready
from live.dialogue import replay
from live.minutes import blocks
from live.reckoning import by_site, reckon
from live.states import Channel, CommitmentState, DialogueState, MinutesState, QuestionState, Signatory, TurnState
from server.demo.accounts import FILE, POSTS
from server.demo.material import questions
from server.demo.seed import COMING, FINISHED, RUNNING, RealDialogues, seed
from server.documents.minutes_docx import minutes_docx
from server.doors.identity import matches
from server.store.people import People

NOW = datetime(2026, 3, 1, 1, 7, 30, tzinfo=UTC)


pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.fixture
def store(database, journal, tmp_path) -> Any:
    return journal, People(database), tmp_path


async def seeded(store, now):
    journal, people, data_dir = store
    return await seed(journal, people, data_dir, now)


async def told(store, code):
    journal, *_ = store
    stream = await journal.stream(code)
    return replay(await journal.entries(stream.id)), await journal.entries(stream.id)


async def test_the_running_dialogue_shows_every_state_of_a_question(store):
    await seeded(store, NOW)
    dialogue, _ = await told(store, RUNNING)
    states = Counter(question.state for question in dialogue.questions.values())
    assert dialogue.state is DialogueState.OPEN
    assert len(dialogue.questions) >= 40
    assert set(states) == set(QuestionState)
    assert len(dialogue.deck) == 2
    assert {question.channel for question in dialogue.questions.values()} == set(Channel)
    assert dialogue.turn.state is TurnState.SPEAKING
    assert NOW - timedelta(minutes=2) < dialogue.turn.running_since < NOW
    assert len([line for line in dialogue.lines.values() if line.question]) >= 20
    assert len([row for row in by_site(dialogue) if row.site and row.received]) >= 2
    assert all(question.site for question in dialogue.questions.values() if question.channel is Channel.SITE)


async def test_every_question_of_the_running_dialogue_is_reckoned(store):
    await seeded(store, NOW)
    reckoning = reckon((await told(store, RUNNING))[0])
    assert reckoning.received == reckoning.settled + reckoning.waiting


@pytest.mark.parametrize(
    "line, state",
    [
        (46, QuestionState.MERGED),
        (48, QuestionState.REROUTED),
        (49, QuestionState.REFUSED),
        (50, QuestionState.REROUTED),
        (51, QuestionState.FORWARDED_UP),
        (52, QuestionState.REFUSED),
        (53, QuestionState.WRITTEN_DUE),
        (54, QuestionState.QUEUED),
        (55, QuestionState.RECEIVED),
        (56, QuestionState.QUEUED),
    ],
)
async def test_each_hard_case_is_treated_as_it_deserves(store, line, state):
    await seeded(store, NOW)
    dialogue, _ = await told(store, RUNNING)
    (question,) = [q for q in dialogue.questions.values() if str(q.original) == questions()[line].text]
    assert question.state is state


async def test_personal_matters_are_taken_out_before_a_question_is_public(store):
    await seeded(store, NOW)
    dialogue, _ = await told(store, RUNNING)
    (question,) = [q for q in dialogue.questions.values() if q.redacted]
    assert "0900" in str(question.original)
    assert question.public
    assert not [word for word in ("0900", "Trần Văn", "thửa", "chạy thận") if word in str(question.text)]


async def test_the_question_called_next_has_supporters_in_the_journal(store):
    journal, *_ = store
    await seeded(store, NOW)
    stream = await journal.stream(RUNNING)
    tally = await journal.supports(stream.id, {})
    dialogue, _ = await told(store, RUNNING)
    assert len([number for number in tally if dialogue.questions[number].waiting]) >= 5


async def test_the_finished_dialogue_has_signed_minutes_and_promises_in_every_light(store):
    await seeded(store, NOW)
    dialogue, _ = await told(store, FINISHED)
    today = NOW.date()
    assert dialogue.state is DialogueState.FOLLOWING_UP
    assert dialogue.minutes.state is MinutesState.PUBLISHED
    assert set(dialogue.minutes.signatures) == set(Signatory)
    promises = dialogue.commitments.values()
    assert len([c for c in promises if c.state is CommitmentState.CONFIRMED]) == 5
    assert len([c for c in promises if not c.kept and not c.overdue(today)]) == 3
    assert len([c for c in promises if c.overdue(today)]) == 2
    assert all(bool(c.confirmed_by) is c.kept and bool(c.shown or c.link) is c.kept for c in promises)
    assert any(c.person and c.evidence and c.link for c in promises)
    assert not any(question.waiting for question in dialogue.questions.values())
    book = dialogue.minutes
    assert minutes_docx(blocks(dialogue), state=book.state, demo=True, signatures=book.signatures)[:2] == b"PK"


async def test_of_the_answers_owed_in_writing_one_was_sent_and_the_others_are_overdue(store):
    await seeded(store, NOW)
    dialogue, _ = await told(store, FINISHED)
    answers = [written_answer(question) for question in owed(dialogue)]
    assert sum(one.sent_at is not None for one in answers) == 1
    assert [one.number for one in answers if not one.sent_at and one.due and one.due < NOW.date()]


async def test_the_chair_of_the_running_dialogue_has_something_ready_now_and_further_back(store):
    await seeded(store, NOW)
    dialogue, _ = await told(store, RUNNING)
    notes = prepared(dialogue)
    assert [bool(note.text and note.notes) for note in notes if note.on_stage] == [True]
    assert len(ready(dialogue)) == 1


async def test_the_coming_dialogue_collects_questions_in_advance(store):
    await seeded(store, NOW)
    dialogue, _ = await told(store, COMING)
    assert dialogue.state is DialogueState.ANNOUNCED
    assert dialogue.notice.starts_at > NOW
    assert {question.state for question in dialogue.questions.values()} == {
        QuestionState.RECEIVED,
        QuestionState.APPROVED,
    }


@pytest.mark.parametrize("code", [RUNNING, FINISHED])
async def test_the_agencys_account_has_promises_of_its_own_to_report_on(store, code):
    _, people, _ = store
    await seeded(store, NOW)
    (person,) = [one for one in await people.all_staff() if one.roles == {"agency"}]
    dialogue, _ = await told(store, code)
    assert [c for c in dialogue.commitments.values() if c.made_by(person.agency)]


@pytest.mark.parametrize("code", [RUNNING, COMING, FINISHED])
@pytest.mark.parametrize("now", [NOW, NOW.replace(hour=17), datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)])
async def test_nothing_happened_in_the_future_and_time_never_ran_back(store, code, now):
    await seeded(store, now)
    _, entries = await told(store, code)
    times = [entry.at for entry in entries]
    assert times == sorted(times)
    assert times[-1] <= now


async def test_a_second_start_changes_nothing(store):
    accounts, first = await seeded(store, NOW)
    before = {code: (await told(store, code))[1] for code in first}
    again, second = await seeded(store, NOW + timedelta(days=1))
    assert (sorted(first), second) == ([FINISHED, RUNNING, COMING], [])
    assert again == accounts
    assert {code: (await told(store, code))[1] for code in first} == before


async def test_a_start_that_was_killed_between_the_streams_is_finished(store):
    journal, *_ = store
    await journal.create(RUNNING, demo=True, at=NOW)
    _, codes = await seeded(store, NOW)
    assert RUNNING in codes
    assert (await told(store, RUNNING))[0].questions


async def test_invented_people_are_not_put_among_real_dialogues(store):
    journal, people, _ = store
    await journal.create("THAT", at=NOW)
    with pytest.raises(RealDialogues, match="THAT"):
        await seeded(store, NOW)
    assert await people.all_staff() == []
    assert [row.code for row in await journal.dialogues()] == ["THAT"]


async def test_every_demo_dialogue_says_that_it_is_one(store):
    journal, *_ = store
    await seeded(store, NOW)
    assert [row.demo for row in await journal.dialogues()] == [True, True, True]


async def test_the_printed_passwords_open_the_accounts(store):
    _, people, data_dir = store
    accounts, _ = await seeded(store, NOW)
    assert [account.post.role for account in accounts] == [post.role for post in POSTS]
    for account in accounts:
        person, hashed = await people.credentials(account.post.login)
        assert person.roles == {account.post.role}
        assert await matches(hashed, account.password)
    assert stat.S_IMODE((data_dir / FILE).stat().st_mode) == 0o600


async def test_lost_passwords_are_replaced_by_new_ones_that_work(store):
    _, people, data_dir = store
    before, _ = await seeded(store, NOW)
    (data_dir / FILE).unlink()
    after, _ = await seeded(store, NOW)
    assert {one.password for one in before}.isdisjoint(one.password for one in after)
    assert json.loads((data_dir / FILE).read_text()) == {one.post.login: one.password for one in after}
    _, hashed = await people.credentials(after[0].post.login)
    assert await matches(hashed, after[0].password)
