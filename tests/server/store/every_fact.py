"""Any fact at all, made from the annotations of its class: a new kind of fact is tested without being named here."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from live.entries import Fact
from live.texts import Sealed
from server.store.codec import KINDS

ZONES = [UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3, minutes=-30))]
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from(ZONES))  # noqa: DTZ001 - Hypothesis wants naive bounds
NUMBERS = st.integers(-(2**53), 2**53)
TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(["", "Đường thôn 3", "<script>&\u2028", '{"sealed": "00"}']))


def of(hint: Any) -> st.SearchStrategy[Any]:
    if hint is Sealed:
        return st.one_of(TEXTS, st.none()).map(Sealed)
    if hint is datetime:
        return MOMENTS
    if hint is int:
        return NUMBERS
    if hint is str:
        return TEXTS
    args = get_args(hint)
    if get_origin(hint) is tuple and args[-1] is Ellipsis:
        return st.lists(of(args[0]), max_size=3).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(of, args))
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of(*map(of, args))
    found: st.SearchStrategy[Any] = st.from_type(hint)
    return found


def facts(kind: type[Fact]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: of(hints[field.name]) for field in fields(kind)})


ANY_FACT = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: facts(KINDS[kind]))
