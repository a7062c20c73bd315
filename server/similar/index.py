"""The questions of one dialogue, found again by what they are about. Made for a thread of its own.

Two looks. First shared words: rare ones count more, two in a row (a word of Vietnamese, mostly) count besides. Then the
best few are read beside the text letter by letter, so that slips of the keyboard and a short question beside a long one
are judged fairly. The weights were fitted to tests/server/similar/pairs.tsv.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from math import log, sqrt

from rapidfuzz import fuzz

from live.questions import Question
from live.texts import Sealed
from server.similar.folding import COMMON, words

LIKE = 0.54
"""From here on two questions are shown as alike, of 1: above it lie 46 of 47 pairs that ask the same, and 2 of 30 that
only share a topic."""
PAIR = 0.5
"""What two syllables in a row count beside one."""
LETTERS = 0.4
"""The part of the second look in the likeness."""
COSINE = 0.7
"""The part of likeness as a whole in the first look; the rest is how much of the shorter text the longer one holds."""
READ = 40
"""Questions that get the second look."""
FEW = 60
"""In a dialogue of few questions nothing is too common to lead to one."""
LONGEST = 150
"""Syllables of a text that are looked at; 500 characters rarely have more."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it is compared."""

    text: Sealed
    marks: frozenset[str]
    line: str


class Index:
    """Follows the questions of a dialogue. `follow` before `near`. `step` is called between its steps."""

    def __init__(self, step: Callable[[], None] = lambda: None) -> None:
        self._step = step
        self._rows: dict[int, Row] = {}
        self._holders: dict[str, set[int]] = defaultdict(set)
        self._seen: Mapping[int, Question] = {}

    def follow(self, questions: Mapping[int, Question]) -> None:
        """Take in what is new, was reworded or is gone."""
        if questions is self._seen:
            return
        for number in self._rows.keys() - questions.keys():
            self._forget(number)
        for number, question in questions.items():
            row = self._rows.get(number)
            if row is None or row.text is not question.text:
                self._forget(number)
                self._take(number, question.text)
                self._step()
        self._seen = questions

    def near(self, text: str, fits: Callable[[Question], bool], most: int) -> list[int]:
        """The numbers of the questions that ask what `text` asks, the likest first, of those that `fits` lets in."""
        asked = _row(Sealed(text))
        shared = self._shared(asked)
        fit = (number for number in sorted(shared, key=shared.__getitem__, reverse=True) if fits(self._seen[number]))
        judged = [(self._likeness(asked, self._rows[number]), -number) for number in islice(fit, READ)]
        return [-number for likeness, number in sorted(judged, reverse=True)[:most] if likeness >= LIKE]

    def _shared(self, asked: Row) -> dict[int, float]:
        """The weight of what each question has in common with the text; what a quarter of them say leads nowhere."""
        shared: dict[int, float] = defaultdict(float)
        for mark in asked.marks:
            self._step()
            holders = self._holders.get(mark, ())
            if len(holders) <= max(FEW, len(self._rows) / 4):
                weight = self._weight(mark)
                for number in holders:
                    shared[number] += weight
        return shared

    def _likeness(self, one: Row, other: Row) -> float:
        """From 0 to 1."""
        self._step()
        both = sum(map(self._weight, one.marks & other.marks))
        of_one, of_other = (sum(map(self._weight, row.marks)) for row in (one, other))
        if not both:
            return 0.0
        first = COSINE * both / sqrt(of_one * of_other) + (1 - COSINE) * both / min(of_one, of_other)
        return (1 - LETTERS) * first + LETTERS * fuzz.token_set_ratio(one.line, other.line) / 100

    def _take(self, number: int, text: Sealed) -> None:
        self._rows[number] = _row(text)
        for mark in self._rows[number].marks:
            self._holders[mark].add(number)

    def _forget(self, number: int) -> None:
        row = self._rows.pop(number, None)
        for mark in row.marks if row else ():
            self._holders[mark].discard(number)

    def _weight(self, mark: str) -> float:
        """Rare says more; the constants keep a dialogue of three questions from calling everything rare."""
        rare = 1 + log((len(self._rows) + 20) / (len(self._holders.get(mark, ())) + 5))
        return rare * PAIR if " " in mark else rare


def _row(text: Sealed) -> Row:
    said = words(str(text))[:LONGEST]
    marks = {word for word in said if word not in COMMON and (len(word) > 1 or word.isdigit())}
    marks |= {f"{one} {two}" for one, two in pairwise(said) if not {one, two} <= COMMON}
    return Row(text, frozenset(marks), " ".join(said))
