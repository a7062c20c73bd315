import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live.refusals import Code, Refused, refuse
from live.states import Outcome
from server import clock
from server.doors import wire
from server.rooms.turn import Accepted, Busy


def test_every_command_has_one_word_on_the_wire() -> None:
    assert len(wire.COMMANDS) == len(do.__all__) - 1
    assert wire.COMMANDS["put_on_deck"] is do.PutOnDeck


def test_forms_may_spell_numbers_dates_ticks_and_nothing_as_text() -> None:
    given = wire.command(
        "give_outcome", {"question": "3", "outcome": "written_due", "agency": "Sở Xây dựng", "due": "2026-12-01"}
    )
    assert given == do.GiveOutcome(3, Outcome.WRITTEN_DUE, agency="Sở Xây dựng", due=date(2026, 12, 1))
    assert wire.command("call_next", {"expect_current": ""}) == do.CallNext(None)
    assert wire.command("support", {"question": "3", "on": "on"}) == do.Support(3, on=True)
    assert wire.command("give_outcome", {"question": "3", "outcome": "answered", "due": ""}) == do.GiveOutcome(
        3, Outcome.ANSWERED
    )


def test_an_empty_text_stays_an_empty_text() -> None:
    assert wire.command("ask", {"text": ""}) == do.Ask("")
    assert wire.command("edit_minutes", {"block": "opening", "text": "", "revision": "2"}) == do.EditMinutes(
        "opening", "", 2
    )


@pytest.mark.parametrize(
    "name, fields",
    [
        ("fly", {}),
        ("__class__", {}),
        ("ask", {}),
        ("ask", {"text": 7}),
        ("ask", {"text": "x", "seat": "someone else"}),
        ("approve", {"question": "three"}),
        ("approve", {"question": ["3"]}),
        ("approve", {"question": None}),
        ("place", {"question": "1e400"}),
        ("refuse", {"question": 1, "reason": "because", "sentence": "x"}),
        ("give_outcome", {"question": 1, "outcome": "answered", "due": "31/12/2026"}),
    ],
)
def test_what_is_no_command_is_refused_with_a_sentence(name: str, fields: dict[str, object]) -> None:
    refused = wire.command(name, fields)
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_UNDERSTOOD
    assert "Không có gì thay đổi" in refused.say("vi")


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(wire.COMMANDS)), st.dictionaries(st.text(), json, max_size=4), st.data())
def test_no_json_whatever_breaks_the_reading_of_commands(
    name: str, fields: dict[str, object], data: st.DataObject
) -> None:
    for field in dataclasses.fields(wire.COMMANDS[name]):
        fields[field.name] = data.draw(json)
    read = wire.command(name, fields)
    assert isinstance(read, (Refused, wire.COMMANDS[name]))


def test_answers_have_one_envelope_each() -> None:
    receipt = {"number": 3, "code": "ABCD-EFGH", "url": "/r/ABCD-EFGH"}
    assert wire.answer("a", Accepted(7, receipt), "vi") == {"ok": "a", "n": 7, "receipt": receipt}
    assert wire.answer("a", Accepted(7), "vi") == {"ok": "a", "n": 7}
    assert wire.answer("a", refuse(Code.EMPTY), "en") == {
        "refused": "a", "code": "empty", "say": "There is no text yet. Please write it, then send.",
    }  # fmt: skip
    busy = wire.answer("a", Busy(800, refuse(Code.NOT_STORED)), "en")
    assert (busy["busy"], busy["after_ms"]) == ("a", 800)
    assert "still on your device" in busy["say"]


@pytest.mark.parametrize("op", [None, "", 7, "x" * 65, ["x"]])
def test_an_unusable_op_counts_as_none(op: object) -> None:
    assert wire.operation({"op": op}) is None


@pytest.mark.parametrize("op", ["\ud800", "a\0b", "ố", "a b", "", "x" * 65, 7, None, ["op"]])
def test_an_op_is_a_short_plain_word_or_none(op: object) -> None:
    assert wire.operation({"op": op}) is None


def test_what_our_pages_make_up_is_an_op() -> None:
    for op in ("3f0c8a52-6e0f-4b7e-9f3a-0d9a4a3f6f11", clock.secret(), "x" * 64):
        assert wire.operation({"op": op}) == op
