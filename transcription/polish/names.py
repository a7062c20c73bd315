"""Names from a glossary: written as they should be where they were heard, suggested where something near was heard.

A near word is never replaced by itself: the machine is often sure of a wrong word, and a wrong name in a record is
worse than a badly written one (decision 0161).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from transcription.polish.lexicon import WORDS
from transcription.polish.sound import sound
from transcription.polish.tokens import Rewritten, Token, Tokens, folded, rewrite

SURE = 0.9
"""From this confidence on the words stay as heard, even where the glossary knows them as a mishearing."""
DOUBT = 0.7
"""Below this confidence something near a name is worth a suggestion."""
NEAR = 82.0
"""Likeness by sound, of 100, from which on what was heard is near a name of this dialogue."""
NEAR_COMMON = 95.0
"""... and near one that holds everywhere: nobody said that it would be spoken of here."""
OWN = 50.0
"""A dialogue's own name goes before a common one that is as near."""
BEFORE_A_NAME = WORDS["before a name"]
BEFORE_A_PLACE = WORDS["before a place"]


@dataclass(frozen=True, slots=True)
class Term:
    """A name as it should be written, and what the machine is known to hear for it."""

    written: str
    heard: tuple[str, ...] = ()
    word_too: bool = False
    """Said as often in another sense (hòa bình, cao bằng): written as a name only behind what a place follows."""


Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Perhaps this name was said, in place of the heard words from `first` to before `end`."""

    first: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    written: str
    misheard: bool
    word_too: bool


@cache
def common() -> Terms:
    """Names and capitals that hold in every dialogue: provinces, bodies of the State."""
    lines = files(__package__).joinpath("names_vi.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    return tuple(Term(name.removeprefix("~ "), word_too=name.startswith("~ ")) for name in names)


def spell(tokens: Tokens, terms: Terms) -> Tokens:
    """The names as they are written. Words heard with confidence are changed in case only."""
    forms = _forms(terms)

    def rule(words: list[str], at: int) -> Rewritten | None:
        for form in forms.get(words[at], ()):
            end = at + len(form.words)
            if tuple(words[at:end]) != form.words or (form.misheard and _sure(tokens[at:end])):
                continue
            if not form.word_too or _behind_a_place(words, at):
                return _spelled(form, at, end)
        return None

    return rewrite(tokens, rule)


def _behind_a_place(words: list[str], at: int) -> bool:
    return bool({words[at - 1], " ".join(words[max(0, at - 2) : at])} & BEFORE_A_PLACE) if at else False


def suggest(tokens: Tokens, terms: Terms) -> tuple[Suggestion, ...]:
    """Names near what was heard: known mishearings of sure words, and doubtful words that sound like a name."""
    own = [(likeness + OWN, one) for likeness, one in (*_near(tokens, terms, NEAR), *_short(tokens, terms))]
    found = [*_misheard(tokens, terms), *own, *_near(tokens, common(), NEAR_COMMON)]
    kept: list[Suggestion] = []
    for _, suggestion in sorted(found, key=lambda one: (-one[0], one[1].first)):
        if all(suggestion.end <= other.first or other.end <= suggestion.first for other in kept):
            kept.append(suggestion)
    return tuple(sorted(kept, key=lambda one: one.first))


def _spelled(form: _Form, at: int, end: int) -> Rewritten:
    parts = form.written.split()
    if len(parts) == end - at:
        return Rewritten(end, tuple((part, at + n, at + n + 1) for n, part in enumerate(parts)))
    return Rewritten(end, ((form.written, at, end),))


def _misheard(tokens: Tokens, terms: Terms) -> Iterable[tuple[float, Suggestion]]:
    words = [folded(token.text) for token in tokens]
    forms = _forms(terms)
    for at, word in enumerate(words):
        for form in forms.get(word, ()):
            end = at + len(form.words)
            if form.misheard and tuple(words[at:end]) == form.words and _sure(tokens[at:end]):
                yield 200.0, _suggestion(tokens[at:end], form.written)


def _near(tokens: Tokens, terms: Terms, least: float) -> Iterable[tuple[float, Suggestion]]:
    words = [folded(token.text) for token in tokens]
    known = _known(terms)
    for size, names in _sounds(terms).items():
        for at in range(len(tokens) - size + 1):
            window, said = tokens[at : at + size], tuple(words[at : at + size])
            if said in known or not any(_doubt(token) for token in window):
                continue
            near = process.extractOne(sound(said), names, scorer=fuzz.ratio, score_cutoff=least)
            if near is not None:
                yield near[1] + size, _suggestion(window, near[2])


def _short(tokens: Tokens, terms: Terms) -> Iterable[tuple[float, Suggestion]]:
    """Names of one syllable: only behind a word that a name follows, and only what sounds the very same."""
    names, words = _short_sounds(terms), [folded(token.text) for token in tokens]
    known = _known(terms)
    for at, token in enumerate(tokens):
        before = {words[at - 1], " ".join(words[max(0, at - 2) : at])} if at else set()
        if _doubt(token) and before & BEFORE_A_NAME and (words[at],) not in known:
            name = names.get(sound((words[at],)))
            if name is not None:
                yield 100.0, _suggestion(tokens[at : at + 1], name)


def _suggestion(tokens: Tokens, text: str) -> Suggestion:
    return Suggestion(tokens[0].first, tokens[-1].end, text)


def _sure(tokens: Tokens) -> bool:
    """Whether every word was heard with confidence; unknown confidence is none."""
    return all(token.sure is not None and token.sure >= SURE for token in tokens)


def _doubt(token: Token) -> bool:
    return token.sure is None or token.sure < DOUBT


@lru_cache(maxsize=16)
def _known(terms: Terms) -> frozenset[tuple[str, ...]]:
    """Every row of words that is a name already, or known for one."""
    return frozenset(form.words for forms in _forms((*terms, *common())).values() for form in forms)


@lru_cache(maxsize=16)
def _sounds(terms: Terms) -> dict[int, dict[str, str]]:
    """How names of two syllables and more sound, by their number of syllables: name -> key."""
    sounds: dict[int, dict[str, str]] = {}
    for term in terms:
        words = tuple(folded(word) for word in term.written.split())
        if len(words) > 1:
            sounds.setdefault(len(words), {})[term.written] = sound(words)
    return sounds


@lru_cache(maxsize=16)
def _short_sounds(terms: Terms) -> dict[str, str]:
    """Names of one syllable by how they sound: key -> name."""
    return {sound((folded(term.written),)): term.written for term in terms if len(term.written.split()) == 1}


@lru_cache(maxsize=64)
def _forms(terms: Terms) -> dict[str, list[_Form]]:
    """Every form by its first word, the longest first; a dialogue's own terms win over the common ones."""
    forms: dict[str, list[_Form]] = {}
    for term in terms:
        for text, misheard in [(term.written, False), *((one, True) for one in term.heard)]:
            words = tuple(folded(word) for word in text.split())
            if words:
                forms.setdefault(words[0], []).append(_Form(words, term.written, misheard, term.word_too))
    for found in forms.values():
        found.sort(key=lambda form: -len(form.words))
    return forms
