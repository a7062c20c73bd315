"""A line beside what the machine heard: the words behind each piece of its text, its doubts, names it may have missed.

A line that a person has been over is theirs: nothing of the machine's is marked or suggested in it any more.
"""

from collections.abc import Iterator
from itertools import pairwise

from live.glossary import Term
from live.transcript import Line, Segment

Piece = tuple[str, int, str]
"""A piece of the text, the least confidence of its words in thousandths (-1: none given), and those words as heard."""
Span = tuple[int, int]
ByEar = tuple[tuple[str, str], ...]
"""What is heard, between blanks, and the name that it stands for."""


def pieces(line: Line) -> tuple[Piece, ...]:
    """The text piece by piece; empty when a person wrote it, or when nobody said which words a piece stands for."""
    segment = line.segment
    if segment is None or line.edited:
        return ()
    raw = str(segment.raw).split()
    parts = str(line.text).split()
    spans = segment.spans or tuple(pairwise(range(len(raw) + 1)))
    if len(spans) != len(parts):
        return ()
    return tuple(
        (part, _sure(segment, span), " ".join(raw[slice(*span)])) for part, span in zip(parts, spans, strict=True)
    )


def _sure(segment: Segment, span: Span) -> int:
    """The least confidence in the span; words without any say nothing."""
    known = [sure for _, _, sure in segment.times[slice(*span)] if sure >= 0]
    return min(known, default=-1)


def rewritten(line: Line) -> bool:
    """Whether polish wrote something else than case and marks: then everybody may see the words as heard."""
    return any(_bare(part) != _bare(heard) for part, _, heard in pieces(line))


def _bare(text: str) -> str:
    return text.casefold().strip(".,?!…:;")


def suggested(line: Line, given: ByEar = ()) -> tuple[tuple[str, str, str], ...]:
    """Names that may have been said: the words as written, the name, and the whole text with that name.

    The machine's own, and for whatever was heard before they were set, the secretary's `given`.
    """
    found = pieces(line)
    if not found or line.segment is None:
        return ()
    spans = line.segment.spans
    words = [part for part, _, _ in found]
    kept = []
    for first, end, name in (*line.segment.suggestions, *_heard_for(line.segment, given)):
        touched = [n for n, (begin, stop) in enumerate(spans) if begin < end and first < stop]
        if touched and name:
            begin, stop = touched[0], touched[-1] + 1
            said = " ".join(words[begin:stop]).rstrip(".,")
            tail = words[stop - 1][len(words[stop - 1].rstrip(".,")) :]
            text = " ".join([*words[:begin], f"{name}{tail}", *words[stop:]])
            kept.append((said, str(name), text))
    return tuple(dict.fromkeys(one for one in kept if one[1].casefold() not in one[0].casefold()))


def _heard_for(segment: Segment, given: ByEar) -> Iterator[tuple[int, int, str]]:
    """Ranges of the words as heard for which the secretary has given a name."""
    raw = f" {str(segment.raw).casefold()} "
    for heard, name in given:
        if heard in raw:
            first = len(raw[: raw.index(heard)].split())
            yield first, first + len(heard.split()), name


def by_ear(terms: tuple[Term, ...]) -> ByEar:
    """The terms as they are looked for, once for all lines; an erased name is none."""
    return tuple(
        (f" {str(one).casefold()} ", str(term.written)) for term in terms for one in term.heard if term.written and one
    )
