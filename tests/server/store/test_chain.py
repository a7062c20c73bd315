"""The formats that others check with: what is hashed and signed is written in one way only, for ever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from server.store.chain import Stored, Tip, anchor, sign, signed, statement
from server.store.merkle import leaf_hash

AT = datetime(2026, 3, 12, 0, 30, tzinfo=UTC)
ENTRY = Stored(7, AT, "seat-mận", "question_approved", '{"question":3}')
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def test_an_entry_is_hashed_as_it_always_was():
    assert ENTRY.canonical().decode() == (
        '[7,"2026-03-12T00:30:00.000000Z","seat-mận","question_approved",{"question":3}]'
    )
    assert ENTRY.leaf() == sha256(b"\x00" + ENTRY.canonical()).digest()


def test_a_head_is_signed_over_what_it_always_was():
    assert statement(b"\x01" * 32, 5, 7, b"\x02" * 32, AT).decode() == (
        f'["doithoai head 1","{"01" * 32}",5,7,"{"02" * 32}","2026-03-12T00:30:00.000000Z"]'
    )


def test_the_same_moment_in_another_zone_is_the_same_entry():
    there = AT.astimezone(timezone(timedelta(hours=7)))
    assert replace(ENTRY, at=there).leaf() == ENTRY.leaf()


@given(
    st.sampled_from(["n", "at", "seat", "kind", "body"]),
    st.integers(8, 99),
    st.timedeltas(timedelta(microseconds=1), timedelta(days=9)),
    st.text(min_size=1).filter(lambda text: text not in {"seat-mận", "question_approved"}),
)
def test_no_field_of_an_entry_can_change_unseen(field, n, later, text):
    changes = {"n": n, "at": AT + later, "seat": text, "kind": text, "body": f'{{"question":3,"x":{n}}}'}
    assert replace(ENTRY, **{field: changes[field]}).leaf() != ENTRY.leaf()


def test_a_link_holds_the_whole_past():
    first = Tip(anchor("abc")).after(leaf_hash(b"1")).after(leaf_hash(b"2"))
    other = Tip(anchor("abc")).after(leaf_hash(b"2")).after(leaf_hash(b"1"))
    assert (first.n, other.n) == (2, 2)
    assert first.chain != other.chain
    assert Tip(anchor("abd")).after(leaf_hash(b"1")).chain != Tip(anchor("abc")).after(leaf_hash(b"1")).chain


@pytest.mark.parametrize("wrong", ["n", "root", "at", "previous", "anchor", "key"])
def test_a_signature_is_for_one_head_of_one_dialogue_after_one_other(wrong):
    tip = Tip(anchor("abc")).after(leaf_hash(b"1"))
    head = sign(KEY, anchor("abc"), 0, tip, AT)
    assert signed(KEY.public_key(), anchor("abc"), 0, head)
    key = Ed25519PrivateKey.generate() if wrong == "key" else KEY
    changes: dict[str, Any] = {"n": 2, "root": bytes(32), "at": AT + timedelta(microseconds=1)}
    bent = replace(head, **{wrong: changes[wrong]}) if wrong in changes else head
    beginning = anchor("abd" if wrong == "anchor" else "abc")
    assert not signed(key.public_key(), beginning, 1 if wrong == "previous" else 0, bent)
