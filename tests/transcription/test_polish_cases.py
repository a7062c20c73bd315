"""What is heard and what should be written: tables in `cases/`, a line each, read by anybody who knows Vietnamese."""

from pathlib import Path

import pytest

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


def test_there_are_enough_cases_and_none_twice():
    heard = [row[0] for path in CASES.glob("*.txt") for row in table(path.stem)]
    assert len(heard) >= 250
    assert len(set(heard)) == len(heard)
