"""The journal keeps what it acknowledged, once, in order, whole or not at all."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update

from live.entries import QuestionApproved, SupportSet
from live.states import DialogueState
from live.texts import Sealed
from server.store import tables
from server.store.journal import CodeTaken, Journal, Moved, Rewritten
from server.store.merkle import root
from server.store.verifying import verify
from tests.server.both import BOTH
from tests.server.store.deeds import deed, moment, moved, notice, question

pytestmark = [pytest.mark.anyio, BOTH]
NOW = datetime(2026, 3, 12, 1, tzinfo=UTC)
EVERY = [tables.entries, tables.sealed_texts, tables.ops, tables.heads, tables.supports, tables.receipts]


@pytest.fixture
async def stream(journal):
    return await journal.create("duong-03", at=NOW)


async def counted(database):
    """How many rows each table of the journal has."""
    return await database.read(
        lambda connection: [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in EVERY]
    )


async def sound(journal):
    verdicts = await journal._database.read(lambda connection: verify(connection, journal._key.public_key()))
    return [verdict.flaw for verdict in verdicts]


async def test_a_dialogue_is_found_by_its_code_in_either_case(journal, stream):
    assert (stream.code, stream.n, stream.demo) == ("DUONG-03", 0, False)
    assert await journal.stream("Duong-03") == stream
    assert await journal.stream("duong-04") is None


@pytest.mark.parametrize("code", ["\0", "DUONG\0-03", "DUONG-03\n", ""])
async def test_a_code_that_nobody_can_write_leads_nowhere(journal, stream, code):
    assert await journal.stream(code) is None
    assert await journal.receipt(code) is None


async def test_a_code_is_taken_once(journal, stream):
    with pytest.raises(CodeTaken):
        await journal.create("Duong-03", at=NOW)


async def test_every_dialogue_has_its_own_epoch(journal, stream):
    other = await journal.create("cho-01", demo=True, at=NOW)
    assert other.epoch != stream.epoch
    assert len(other.epoch) == 22


async def test_what_is_appended_comes_back_in_order(journal, stream):
    first = deed(0, notice(), moved(DialogueState.ANNOUNCED))
    second = deed(2, question(1), op="op-1")
    head = await journal.append(stream.id, 0, [first, second], NOW)
    assert head.n == 3
    assert await journal.entries(stream.id) == [*first.entries, *second.entries]
    assert await journal.entries(stream.id, after=2) == list(second.entries)
    assert (await journal.stream("duong-03")).n == 3


async def test_numbers_are_dense_over_many_commits_and_heads_are_those_of_the_whole(journal, database, stream):
    n, roots = 0, list[bytes]()
    for size in (1, 3, 1, 7, 2, 64, 1):
        batch = [deed(n + i, question(n + i + 1)) for i in range(size)]
        roots.append((await journal.append(stream.id, n, batch, NOW)).root)
        n += size
    rows = await database.read(
        lambda connection: connection.execute(
            select(tables.entries.c.n, tables.entries.c.leaf).order_by(tables.entries.c.n)
        ).all()
    )
    assert [row.n for row in rows] == list(range(1, n + 1))
    assert roots[-1] == root([row.leaf for row in rows])
    assert await sound(journal) == [None]


async def test_a_journal_opened_anew_goes_on_with_the_same_chain(journal, database, stream):
    await journal.append(stream.id, 0, [deed(0, question(1))], NOW)
    again = Journal(database, journal._key)
    await again.append(stream.id, 1, [deed(1, question(2))], NOW)
    await journal.append(stream.id, 2, [deed(2, question(3))], NOW)
    assert await sound(journal) == [None]


@pytest.mark.parametrize("expected", [0, 2, -1])
async def test_a_wrong_expectation_moves_nothing(journal, database, stream, expected):
    await journal.append(stream.id, 0, [deed(0, question(1))], NOW)
    before = await counted(database)
    with pytest.raises(Moved):
        await journal.append(stream.id, expected, [deed(expected, question(2), op="late")], NOW)
    assert await counted(database) == before


async def test_of_two_who_write_at_once_one_must_look_again(journal, database, stream):
    other = Journal(database, journal._key)
    both = await asyncio.gather(
        journal.append(stream.id, 0, [deed(0, question(1, receipt="MMMM-0001"))], NOW),
        other.append(stream.id, 0, [deed(0, question(1, receipt="MMMM-0002"))], NOW),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in both) == ["Head", "Moved"]
    assert len(await journal.entries(stream.id)) == 1


async def test_an_op_is_stored_once_and_answered_from_the_table(journal, database, stream):
    done = deed(0, question(1), op="op-1")
    await journal.append(stream.id, 0, [done], NOW)
    found = await journal.answers(stream.id, [("seat-man", "op-1"), ("seat-man", "op-2"), ("seat-cam", "op-1")])
    assert {key: (it.body_digest, it.answer) for key, it in found.items()} == {
        ("seat-man", "op-1"): (done.body_digest, {"n": 1})
    }
    before = await counted(database)
    with pytest.raises(Moved):
        await journal.append(stream.id, 1, [deed(1, question(2), op="op-1")], NOW)
    assert await counted(database) == before


async def test_decisions_behind_others_are_whole_and_see_everything(journal, stream):
    await journal.append(stream.id, 0, [deed(0, question(1), op="op-1", supports=[SupportSet(1, "a", True)])], NOW)
    seen = []

    def decide(behind):
        seen.append((len(behind.entries), set(behind.answers), behind.supports({})))
        return [deed(1, question(2), op="op-2")]

    await journal.append_behind(stream.id, 0, [("seat-man", "op-1"), ("seat-man", "op-2")], decide, NOW)
    assert seen == [(1, {("seat-man", "op-1")}, {1: 1})]
    await journal.append_behind(stream.id, 2, [], lambda _: [], NOW)
    assert len(await journal.entries(stream.id)) == 2
    assert await sound(journal) == [None]
    with pytest.raises(Rewritten):
        await journal.append_behind(stream.id, 3, [], decide, NOW)
    with pytest.raises(Moved):
        await journal.append_behind(stream.id, 2, [], lambda _: [deed(2, question(3), op="op-1")], NOW)
    assert await sound(journal) == [None]


async def test_what_is_new_is_told_with_where_the_stream_stands(journal, stream):
    assert await journal.tail("nowhere", 0) == (None, [])
    found, entries = await journal.tail(stream.code.lower(), 0)
    assert (found, entries) == (await journal.stream(stream.code), [])
    await journal.append(stream.id, 0, [deed(0, question(1)), deed(1, question(2))], NOW)
    for after in range(4):
        found, entries = await journal.tail(stream.code, after)
        assert found == await journal.stream(stream.code)
        assert entries == await journal.entries(stream.id, after)


async def test_another_past_is_not_built_upon(journal, database, stream):
    await journal.append(stream.id, 0, [deed(0, question(1))], NOW)
    await database.write(lambda c: c.execute(update(tables.entries).values(chain=bytes(32))))
    with pytest.raises(Rewritten):
        await journal.append(stream.id, 1, [deed(1, question(2))], NOW)
    assert len(await journal.entries(stream.id)) == 1


async def test_two_seats_may_use_the_same_op(journal, stream):
    await journal.append(stream.id, 0, [deed(0, question(1), op="a"), deed(1, question(2), op="a", seat="b")], NOW)
    assert len(await journal.answers(stream.id, [("seat-man", "a"), ("b", "a")])) == 2


async def test_thousands_of_ops_are_looked_up_at_once(journal, stream):
    await journal.append(stream.id, 0, [deed(0, op=f"op-{i}") for i in range(2500)], NOW)
    assert len(await journal.answers(stream.id, [("seat-man", f"op-{i}") for i in range(5000)])) == 2500
    assert await journal.answers(stream.id, []) == {}


NO_NUMBER: Any = object()
"""What a rule gone wrong might put into a fact."""


@pytest.mark.parametrize(
    "bad, error",
    [
        (deed(5, question(2)), ValueError),
        (deed(1, question(2), op="first"), Moved),
        (deed(1, question(2, receipt="AAAA-0001")), Moved),
        (deed(1, QuestionApproved(NO_NUMBER)), TypeError),
    ],
    ids=["a gap", "an op twice", "a receipt twice", "no question's number"],
)
async def test_one_bad_deed_leaves_nothing_of_the_batch(journal, database, stream, bad, error):
    good = deed(0, question(1), op="first", supports=[SupportSet(1, "seat-cam", True)])
    with pytest.raises(error):
        await journal.append(stream.id, 0, [good, bad], NOW)
    assert await counted(database) == [0] * len(EVERY)
    await journal.append(stream.id, 0, [good], NOW)
    assert await sound(journal) == [None]


async def test_supports_hold_a_value_and_not_a_count(journal, stream):
    def support(question, seat, *, on=True):
        return deed(0, seat=seat, supports=[SupportSet(question, seat, on)])

    head = await journal.append(stream.id, 0, [support(1, "a"), support(1, "a"), support(1, "b"), support(2, "b")], NOW)
    assert (head.n, head.signature) == (0, b"")
    assert await journal.supports(stream.id, {}) == {1: 2, 2: 1}
    await journal.append(stream.id, 0, [support(1, "a"), support(1, "a", on=False), support(2, "b", on=False)], NOW)
    assert await journal.supports(stream.id, {}) == {1: 1}
    assert await journal.supported_by(stream.id, "b") == frozenset({1})
    assert await journal.supported_by(stream.id, "a") == frozenset()


async def test_a_receipt_leads_to_its_question(journal, stream):
    await journal.append(stream.id, 0, [deed(0, question(1)), deed(1, question(2, receipt="Mmmm-7777"))], NOW)
    found = await journal.receipt("mmmm-7777")
    assert found is not None
    assert (found[0].code, found[1]) == ("DUONG-03", 2)
    assert await journal.receipt("MMMM-0000") is None


async def test_lists_follow_the_notice_and_the_moves(journal, stream):
    batch = [deed(0, notice("Cũ")), deed(1, notice("Đối thoại về chợ")), deed(2, moved(DialogueState.ANNOUNCED))]
    await journal.append(stream.id, 0, batch, NOW)
    await journal.create("sau-01", at=moment(5))
    (first, second) = sorted(await journal.dialogues(), key=lambda row: row.id)
    assert (first.code, first.state, first.title) == ("DUONG-03", DialogueState.ANNOUNCED, "Đối thoại về chợ")
    assert (first.agency, first.place, first.starts_at) == ("UBND xã Bình An", "Hội trường xã", moment(0))
    assert (second.state, second.title, second.starts_at) == (DialogueState.DRAFT, "", None)


@pytest.mark.parametrize("together", [True, False], ids=["in one commit", "in commits of their own"])
async def test_a_rehearsal_leaves_no_receipt_and_no_support(journal, stream, together):
    steps = [
        deed(0, notice(), moved(DialogueState.ANNOUNCED), question(1), supports=[SupportSet(1, "a", True)]),
        deed(3, moved(DialogueState.REHEARSAL)),
        deed(4, question(2, receipt="TEST-0002"), notice("Thử"), supports=[SupportSet(2, "a", True)]),
        deed(6, moved(DialogueState.READY)),
        deed(7, question(2, receipt="REAL-0002"), supports=[SupportSet(2, "b", True)]),
    ]
    n = 0
    for batch in [steps] if together else [[step] for step in steps]:
        await journal.append(stream.id, n, batch, NOW)
        n += sum(len(step.entries) for step in batch)
    assert await journal.receipt("TEST-0002") is None
    assert await journal.receipt("REAL-0002") is not None
    assert await journal.receipt("AAAA-0001") is not None
    assert await journal.supports(stream.id, {}) == {1: 1, 2: 1}
    assert await journal.supported_by(stream.id, "a") == frozenset({1})
    assert [row.title for row in await journal.dialogues()] == ["Đối thoại về đường thôn"]
    assert await sound(journal) == [None]


async def test_an_erased_text_is_gone_and_the_chain_still_holds(journal, database, stream):
    await journal.append(stream.id, 0, [deed(0, question(1, text="Số điện thoại của tôi")), deed(1, question(2))], NOW)
    assert await journal.erase(stream.id, [1]) == 3
    assert await journal.erase(stream.id, [1]) == 0
    first, second = [entry.fact for entry in await journal.entries(stream.id)]
    assert (first.text, first.name, first.topic, first.question) == (Sealed(None), Sealed(None), Sealed(""), 1)
    found = await journal.receipt("AAAA-0001")
    assert found is not None
    assert found[1] == 1
    assert str(second.text) == "Bao giờ sửa đường thôn 3?"
    assert await sound(journal) == [None]
    await journal.append(stream.id, 2, [deed(2, question(3))], NOW)
    for name in ("", "-wal") if database.file else ():  # PostgreSQL keeps an old row until its vacuum comes
        path = database.file.with_name(database.file.name + name)
        assert "Số điện thoại".encode() not in path.read_bytes()


async def test_a_proof_shows_that_an_entry_is_in_the_log(journal, stream):
    await journal.append(stream.id, 0, [deed(i, question(i + 1)) for i in range(5)], NOW)
    await journal.append(stream.id, 5, [deed(5, question(6)), deed(6, question(7))], NOW)
    for n in range(1, 8):
        proof = await journal.proof(stream.id, n)
        assert (proof.index, proof.size) == (n - 1, 7)
        assert f"[{n},".encode() == proof.canonical[:3]
        assert proof.holds(journal._key.public_key())
    for n in (0, 8):
        with pytest.raises(LookupError):
            await journal.proof(stream.id, n)


async def test_dialogues_do_not_mix(journal, stream):
    other = await journal.create("cho-01", at=NOW)
    await journal.append(stream.id, 0, [deed(0, question(1), op="a", supports=[SupportSet(1, "a", True)])], NOW)
    assert await journal.entries(other.id) == []
    assert await journal.supports(other.id, {}) == {}
    assert await journal.answers(other.id, [("seat-man", "a")]) == {}
    await journal.append(other.id, 0, [deed(0, question(1, receipt="CHO-1"), op="a")], NOW)
    assert await sound(journal) == [None, None]


async def test_an_unknown_stream_is_a_mistake_of_the_caller(journal):
    with pytest.raises(LookupError):
        await journal.append(99, 0, [deed(0, question(1))], NOW)
