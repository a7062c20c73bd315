"""What was said and what was seen, brought together: how long each word took."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bench._readers import Shown
from transcription.heard import SAMPLE_RATE
from transcription.steady import NOTHING, steady

Piece = tuple[int, int, float]
"""First sample, behind the last, when the first was spoken."""
Note = dict[str, Any]


@dataclass
class Told:
    """One reader beside the recogniser's notes: which words in progress and which finals it had, when."""

    seen: list[Shown]
    said: list[Note]
    finals: list[tuple[Note, list[Note], float]] = field(default_factory=list)
    """Each final, the words in progress before it, and when its line was there."""

    def __post_init__(self) -> None:
        arrivals = iter([one.at for one in self.seen if one.words is None])
        before: list[Note] = []
        for note in self.said:
            if note["say"] == "partial":
                before.append(note)
            elif note["say"] == "final":
                at = next(arrivals, None)
                if at is None:
                    raise SystemExit("A final never came to a reader: the run is void.")
                self.finals.append((note, before, at))
                before = []

    def shown_after(self, wanted: str, since: float, until: float) -> float:
        """When these words, or more of them, stood there; at the latest when the final replaced them."""
        length = len(wanted.split())
        later = self.seen[bisect_left(self.seen, since, key=lambda one: one.at) :]
        for one in later:
            if one.at >= until or (one.words and (one.words == wanted or len(one.words.split()) > length)):
                return min(one.at, until)
        return until

    def progress(self) -> Iterable[float]:
        """Seconds from each word in progress being said to its being seen."""
        for _, before, until in self.finals:
            look = NOTHING
            for note in before:
                look = steady(look, note["text"])
                yield self.shown_after(look.text, note["t"], until) - note["t"]

    def first_seen(self, piece: Piece) -> Iterable[float]:
        """Seconds from the end of each word to the first time that so many words of its utterance were seen."""
        for final, _, until in self.finals:
            if not within(final, piece):
                continue
            begun = moment(piece, final["start"])
            for number, word in enumerate(final["words"], start=1):
                at = next(
                    (
                        one.at
                        for one in self.seen
                        if begun < one.at < until and len((one.words or "").split()) >= number
                    ),
                    until,
                )
                yield max(0.0, at - moment(piece, word["end"]))


def within(final: Note, piece: Piece) -> bool:
    return bool(piece[0] <= final["start"] < piece[1])


def moment(piece: Piece, sample: int) -> float:
    """When this sample was spoken."""
    return piece[2] + (sample - piece[0]) / SAMPLE_RATE


def spoken(said: list[Note], piece: Piece) -> list[Note]:
    """The finals of a piece."""
    return [note for note in said if note["say"] == "final" and within(note, piece)]


def in_progress(readers: Iterable[Told]) -> list[float]:
    return [delay for one in readers for delay in one.progress()]


def finals(readers: Iterable[Told], piece: Piece, *, after_pause: bool) -> list[float]:
    """Seconds from the end of each word to its final; after a pause only the last word of each counts."""
    delays = []
    for one in readers:
        for final, _, at in one.finals:
            if within(final, piece) and final["words"]:
                words = final["words"][-1:] if after_pause else final["words"]
                delays += [at - moment(piece, word["end"]) for word in words]
    return delays


def after_cut(readers: Iterable[Told], said: list[Note], cuts: list[tuple[int, float]]) -> list[float]:
    """Seconds from each cut that people made to the line with the last words before it, or to its telling."""
    delays = []
    for one in readers:
        for sample, asked in cuts:
            ends = (n for n, note in enumerate(said) if note["say"] in ("cut", "ended") and note["at"] >= sample)
            made = next(ends, None)
            if made is None:
                raise SystemExit(f"The cut at {sample} was never made: the run is void.")
            last = next((note for note in reversed(said[:made]) if note["say"] == "final"), None)
            there = next((at for final, _, at in one.finals if final is last), 0.0)
            delays.append(max(there, said[made]["t"]) - asked)
    return delays
