"""What goes through the codec comes back, and no text goes along in clear."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import entries
from live.entries import CommitmentExtended, DialogueDescribed, Fact, MinutesSigned, QuestionApproved, QuestionRefused
from live.states import RefusalReason, Signatory
from live.texts import Sealed
from server.store.codec import KINDS, SealedRow, decode, digests, encode, in_the_open
from tests.server.store.deeds import notice, question
from tests.server.store.every_fact import ANY_FACT, facts


def salts():
    numbers = count()
    return lambda: next(numbers).to_bytes(16, "big")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_fact_comes_back_as_it_went(kind):
    @settings(max_examples=25)
    @given(facts(KINDS[kind]))
    def comes_back(fact):
        stored_as, body, rows = encode(fact, salts())
        assert stored_as == kind
        assert decode(kind, body, {row.digest: row.text for row in rows}) == fact

    comes_back()


@given(ANY_FACT)
def test_a_fact_told_in_the_open_needs_no_texts_beside_it(fact):
    assert decode(*in_the_open(fact), {}) == fact


def test_every_fact_has_a_kind():
    facts = [named for named in (getattr(entries, name) for name in entries.__all__) if issubclass(named, Fact)]
    assert set(KINDS.values()) == set(facts) - {Fact}


@given(ANY_FACT)
def test_every_text_is_taken_out_and_sealed_on_its_own(fact):
    _, body, rows = encode(fact, salts())
    assert digests(body) == [row.digest for row in rows]
    assert len({row.digest for row in rows}) == len(rows)
    assert all(row.digest == sha256((row.salt or b"") + (row.text or "").encode()).digest() for row in rows)


@given(st.text(st.characters(codec="utf-8", exclude_characters='"\\'), min_size=12, max_size=60))
def test_no_word_of_a_question_is_left_in_the_body(text):
    _, body, _ = encode(question(1, text=text), salts())
    assert text not in body


@given(ANY_FACT)
def test_without_its_texts_a_fact_still_comes_back(fact):
    kind, body, rows = encode(fact, salts())
    again = decode(kind, body, {})
    assert type(again) is type(fact)
    assert encode(again, salts())[2] == []
    if not rows:
        assert again == fact


def test_equal_texts_are_not_seen_to_be_equal():
    _, _, rows = encode(notice(title="UBND xã Bình An"), salts())
    title, agency = rows[0], rows[1]
    assert title.text == agency.text
    assert title.digest != agency.digest


@pytest.mark.parametrize(
    "fact, body",
    [
        (QuestionApproved(7), '{"question":7}'),
        (QuestionRefused(7, RefusalReason.INSULT, Sealed("")), '{"question":7,"reason":"insult","sentence":""}'),
        (
            CommitmentExtended(2, date(2026, 4, 1), Sealed(None)),
            '{"commitment":2,"due":"2026-04-01","reason":null}',
        ),
        (
            MinutesSigned(Signatory.CHAIR, Sealed(""), (("q1.answer", Sealed("")),)),
            '{"role":"chair","name":"","blocks":[["q1.answer",""]]}',
        ),
    ],
)
def test_bodies_are_written_as_they_always_were(fact, body):
    assert encode(fact, salts())[1] == body


def test_a_moment_is_written_in_utc():
    there = datetime(2026, 3, 12, 7, 30, tzinfo=timezone(timedelta(hours=7)))
    fields_of = {field.name: getattr(notice(), field.name) for field in fields(DialogueDescribed)}
    body = encode(DialogueDescribed(**(fields_of | {"starts_at": there})), salts())[1]
    assert json.loads(body)["starts_at"] == "2026-03-12T00:30:00Z"


def test_a_moment_without_a_zone_is_refused():
    fields_of = {field.name: getattr(notice(), field.name) for field in fields(DialogueDescribed)}
    naive = datetime(2026, 3, 12, 7, 30, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        encode(DialogueDescribed(**(fields_of | {"starts_at": naive})), salts())


@pytest.mark.parametrize(
    "salt, text, holds",
    [
        (b"s" * 16, "Đường", True),
        (b"s" * 16, "Đường.", False),
        (b"t" * 16, "Đường", False),
        (None, None, True),
        (None, "Đường", False),
        (b"s" * 16, None, False),
    ],
)
def test_a_sealed_row_holds_its_text_or_nothing(salt, text, holds):
    digest = sha256(b"s" * 16 + "Đường".encode()).digest()
    assert SealedRow(digest, salt, text).holds() is holds
