"""What is heard and what should be written: tables in `cases/`, a line each, read by anybody who knows Vietnamese."""

from pathlib import Path

import pytest

from transcription.heard import SAMPLE_RATE, Word
from transcription.polish import DEFAULT, Polish, Term

CASES = Path(__file__).parent / "cases"
WORDS_ONLY = tuple(step for step in DEFAULT if step not in {"marks", "capitals", "glossary"})
GLOSSARY = (
    Term("Ba Tơ"),
    Term("Ea Mô"),
    Term("Vũ Ngọc Mai"),
    Term("Nhà văn hóa xã Ea Mô"),
    Term("Krông Búk", ("rông búc", "krông búc")),
)


def table(name):
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in line.split("|")) for line in lines if line and not line.startswith("#")]


def cases(*names):
    return [pytest.param(*row, id=row[0]) for name in names for row in table(name)]


@pytest.mark.parametrize("heard, written", cases("numbers", "dates", "documents", "phones"))
def test_what_is_a_number_is_written_in_figures(heard, written):
    assert Polish(WORDS_ONLY).words(heard).text == written


@pytest.mark.parametrize("heard", cases("unchanged"))
def test_what_only_sounds_like_a_number_stays(heard):
    assert Polish(WORDS_ONLY).words(heard).text == heard


@pytest.mark.parametrize("heard, written", cases("names"))
def test_names_are_written_as_the_glossary_has_them(heard, written):
    assert Polish((*WORDS_ONLY, "glossary"), GLOSSARY).words(heard).text == written


PAUSES = {".": 0.2, "/": 0.4, "//": 0.8}
"""Seconds of silence that a mark in the tables of sentences stands for."""


def spoken(text, sure=None):
    """The words of a table with their times: 0.3 s each, and a pause where a mark stands for one."""
    said, at = [], 0.0
    for part in text.split():
        if part not in PAUSES:
            said.append(Word(part, round(at * SAMPLE_RATE), round((at + 0.3) * SAMPLE_RATE), sure))
        at += PAUSES.get(part, 0.3)
    return " ".join(word.text for word in said), tuple(said)


@pytest.mark.parametrize("heard, written", cases("sentences"))
def test_sentences_end_where_people_pause(heard, written):
    assert Polish(("marks", "capitals")).words(*spoken(heard)).text == written


@pytest.mark.parametrize("heard, written", cases("mask"))
def test_coarse_words_are_hidden_and_decent_ones_are_not(heard, written):
    polished = Polish((*WORDS_ONLY, "mask")).words(heard)
    assert polished.text == written
    assert polished.masked is ("•" in written)


PEOPLE = (*GLOSSARY[:3], Term("Trần Thị Hạnh"), Term("Krông Búk", ("rông búc",)), Term("Hạnh"), Term("Búk"))


@pytest.mark.parametrize("heard, sure, names", table("near"))
def test_names_that_may_have_been_said_are_offered_in_doubt_and_never_put_in(heard, sure, names):
    polished = Polish(terms=PEOPLE).words(*spoken(heard, float(sure)))
    assert [one.text for one in polished.suggestions] == [name.strip() for name in names.split(",") if name]
    assert len(polished.text.split()) == len(heard.split())


@pytest.mark.parametrize("heard, written", cases("whole"))
def test_the_whole_chain_as_it_is_set_up(heard, written):
    assert Polish(terms=GLOSSARY).words(*spoken(heard)).text == written


def test_there_are_enough_cases_and_none_twice():
    heard = [(path.stem, *(row[:-1] or row)) for path in CASES.glob("*.txt") for row in table(path.stem)]
    assert len(heard) >= 400
    assert len(set(heard)) == len(heard)
