"""A second reading beside the first draft: rows a person can choose from, and what a choice says to the room."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from live.commands import GiveBackReading, TakeReading
from live.dialogue import Dialogue
from live.glossary import known
from live.readings import AGAIN
from live.transcript import Line
from server.rooms.hearing import terms
from transcription.beside import Beside, beside
from transcription.polish import Polish
from transcription.readings import Reading

Piece = tuple[str, bool]
"""Some words, and whether the other reading has others there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of sound. `line` is what the transcript has for it now, if anything."""

    start: int
    end: int
    first: tuple[Piece, ...]
    second: tuple[Piece, ...]
    text: str
    beside: Beside
    line: Line | None
    taken: bool

    @property
    def differs(self) -> bool:
        return any(other for _, other in (*self.first, *self.second))

    @property
    def open(self) -> bool:
        """Whether there is something to take: other words, beside a line that no person has been over."""
        mine = self.line is None or not (self.line.edited or self.line.struck)
        return bool(self.text) and self.differs and not self.taken and mine


def rows(dialogue: Dialogue, source: str, reading: Reading, polish: Polish) -> list[Row]:
    """All stretches of the reading in the order of the sound; without lines of the draft that lie outside it."""
    polish = Polish(polish.steps, terms(known(dialogue)), polish.language)
    draft, added = _draft(dialogue, source, reading)
    laid = beside([_drafted(line) for line in draft], reading.finals)
    found = []
    for row in laid:
        line = draft[row.line] if row.line is not None else added.get(row.start)
        if row.words or (line is not None and _within(row, reading)):
            found.append(_row(row, line, reading, polish))
    return found


def _draft(dialogue: Dialogue, source: str, reading: Reading) -> tuple[list[Line], dict[int, Line]]:
    """The lines of the first draft in the order of their sound; and by their place those that this reading added."""
    draft, added = [], {}
    for line in dialogue.lines.values():
        segment = line.segment
        if segment is None or segment.source != source:
            continue
        if line.first is None and (segment.run, segment.seq) == (AGAIN, reading.number):
            added[segment.start] = line
        else:
            draft.append(line)
    return sorted(draft, key=lambda line: _drafted(line)[0]), added


def _drafted(line: Line) -> tuple[int, int, str]:
    """Where the first draft of a line lies, and its words before any second reading."""
    segment = line.first.segment if line.first else line.segment
    text = line.first.text if line.first else line.text
    return (segment.start, segment.end, str(text)) if segment else (0, 0, str(text))


def _within(row: Beside, reading: Reading) -> bool:
    return any(start < row.end and row.start < end for start, end in reading.spans[: reading.read])


def _row(row: Beside, line: Line | None, reading: Reading, polish: Polish) -> Row:
    text = polish.words(row.second, row.words).text if row.words else ""
    first, second = _compared(row.first, text)
    segment = line.segment if line and not line.struck else None
    taken = segment is not None and (segment.run, segment.seq) == (AGAIN, reading.number)
    return Row(row.start, row.end, first, second, text, row, line, taken)


def _compared(first: str, second: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, each with whether the other has something else there; marks and capitals do not count."""
    one, two = first.split(), second.split()
    bare = [[word.casefold().strip(".,?!…:;") for word in words] for words in (one, two)]
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(a=bare[0], b=bare[1], autojunk=False).get_opcodes():
        if a < b:
            left.append((" ".join(one[a:b]), kind != "equal"))
        if c < d:
            right.append((" ".join(two[c:d]), kind != "equal"))
    return tuple(left), tuple(right)


def taking(source: str, reading: Reading, row: Row, dialogue: Dialogue, polish: Polish) -> TakeReading:
    """The choice of this row, as a command with the words that were read."""
    polished = Polish(polish.steps, terms(known(dialogue)), polish.language).words(row.beside.second, row.beside.words)
    times = tuple(
        (word.start, word.end, -1 if word.confidence is None else round(word.confidence * 1000))
        for word in row.beside.words
    )
    line = row.line if row.line is not None and not row.line.struck else None
    return TakeReading(
        source, reading.number, row.start, row.end, row.beside.second, polished.text, times, polished.spans,
        line.id if line else 0, line.revision if line else 0,
    )  # fmt: skip


def giving_back(row: Row) -> GiveBackReading | None:
    """The choice undone; None where there was no line before."""
    return GiveBackReading(row.line.id, row.line.revision) if row.line is not None and row.line.first else None
