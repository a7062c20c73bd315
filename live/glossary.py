"""Names that should be written right: the secretary's glossary, and what the notice and the promises name already."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, GlossarySet
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

LIMIT = 20_000
"""Characters in a whole glossary: some five hundred names."""
TERM_LIMIT = 200
"""Characters in one name."""

SPOKEN = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc",
    "BQL": "Ban Quản lý",
    "TP": "Thành phố",
    "TP.": "Thành phố",
}
"""Short forms of notices that nobody says: the record keeps what was said."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name as it is written, and what the machine hears for it."""

    written: Sealed
    heard: tuple[Sealed, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """The secretary's own terms; `revision` counts how often they were set."""

    terms: tuple[Term, ...] = ()
    revision: int = 0

    @property
    def lines(self) -> str:
        """As it is edited: a name a line, behind "=" what is heard for it."""
        return "\n".join(_line(term) for term in self.terms if term.written)


def _line(term: Term) -> str:
    heard = ", ".join(str(one) for one in term.heard if one)
    return f"{term.written} = {heard}" if heard else str(term.written)


@decides(do.SetGlossary)
def set_glossary(
    dialogue: "Dialogue", command: do.SetGlossary, seat: Seat, moment: Moment
) -> tuple[GlossarySet, ...] | Refused:
    if command.revision != dialogue.glossary.revision:
        return refuse(Code.STALE, current=dialogue.glossary.lines, seen=dialogue.glossary.revision)
    entries = clean(command.entries)
    if problem := too_long(LIMIT, entries):
        return problem
    terms = tuple(_terms(entries.split("\n")))
    if problem := too_long(TERM_LIMIT, "", *(text for written, heard in terms for text in (written, *heard))):
        return problem
    return (GlossarySet(tuple((Sealed(written), tuple(map(Sealed, heard))) for written, heard in terms)),)


def _terms(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in lines:
        written, _, heard = line.partition("=")
        if written.strip():
            yield written.strip(), tuple(one.strip() for one in heard.split(",") if one.strip())


@applies(GlossarySet)
def glossary_set(dialogue: "Dialogue", fact: GlossarySet, entry: Entry) -> "Dialogue":
    terms = tuple(Term(written, heard) for written, heard in fact.entries)
    return replace(dialogue, glossary=Glossary(terms, dialogue.glossary.revision + 1))


def derived(dialogue: "Dialogue") -> tuple[str, ...]:
    """The names that the notice, the questions and the promises give: agencies, people and places."""
    notice = dialogue.notice
    people = [part for text in (notice.chair, notice.secretary) for part in _runs(str(text))]
    agencies = {str(notice.agency), str(notice.superior)}
    agencies |= {str(question.agency) for question in dialogue.questions.values()}
    agencies |= {str(commitment.agency) for commitment in dialogue.commitments.values()}
    told = [*agencies, str(notice.title), str(notice.place), str(notice.theme), *map(str, notice.topics)]
    places = [run for text in told for run in _runs(text.partition(" ")[2])]
    return tuple(sorted({*map(_in_full, agencies - {""}), *people, *places}))


def known(dialogue: "Dialogue") -> tuple[Term, ...]:
    """Every term, the secretary's own before the derived ones."""
    own = dialogue.glossary.terms
    named = {str(term.written).casefold() for term in own}
    return (*own, *(Term(Sealed(name)) for name in derived(dialogue) if name.casefold() not in named))


def _in_full(name: str) -> str:
    return " ".join(SPOKEN.get(word, word) for word in name.split())


def _runs(text: str) -> list[str]:
    """Two or more capitalised words in a row: Ea Mô, Đỗ Minh Quang. A mark between them parts them."""
    found: list[str] = []
    for part in re.split(r"[,.;:()\"“”/–-]", text):
        run: list[str] = []
        for word in [*part.split(), ""]:
            if word[:1].isupper() and not word.isupper():
                run.append(word)
                continue
            found += [" ".join(run)] if len(run) > 1 else []
            run = []
    return found
