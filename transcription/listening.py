"""One run over one source: an engine's utterances become partials and finals on the recording's clock."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from transcription.engine import Engine, Recognition, Utterance, whole_samples
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Cut, Final, Partial, Word
from transcription.pauses import Pauses

QUEUED = SAMPLE_RATE
"""Engines hold back up to about half a second of sound that they have taken but not decoded; one second is safe."""


GRID = SAMPLE_RATE // 25
"""Engines tell times on a grid of their own, Vosk of 30 ms: words may overlap, or stand out, by this much."""

Said = Partial | Final | Cut


class Listening:
    """Feeds one recognition and keeps three promises.

    Times are those of the recording; an empty final after a good guess is salvaged; those of silence are dropped.
    """

    def __init__(self, engine: Engine, source: str, run: int, start: int) -> None:
        self.source = source
        self.run = run
        self.position = start
        """Samples of the recording decoded so far."""
        self.settled = start
        """Another run begun here would lose no word and double none."""
        self._engine = engine
        self._pauses = Pauses()
        self._seq = 0
        self._guess = ""
        self._utterance_start = start
        self._begin()

    def feed(self, pcm: bytes) -> Iterator[Said]:
        """Hear these samples, which follow those before without a hole. Raises BadSound."""
        whole = whole_samples(pcm)
        for part, paused in [(whole, False)] if self._engine.abilities.own_pauses else self._pauses.split(whole):
            yield from self._take(part)
            if paused and self.position - self._utterance_start > self._engine.abilities.cut_from:
                yield from self.cut()

    def cut(self) -> Iterator[Said]:
        """Make all that was fed final: at a change of floor, a mute, a pause."""
        longest = self._engine.abilities.longest_session
        if longest is not None and self._too_long(longest * 3 // 4, self._session_start):
            yield from self.finish()
            self._begin()
        else:
            yield from self._end(self._recognition.cut(), sure=self.position)
        yield Cut(self.source, self.run, self.position)

    def go_back(self, at: int) -> bool:
        """Unhear what lies behind `at`, so that a cut can be made there; false when that is not to be done.

        Only what is not settled can be unheard: it is to be fed again, from `position`.
        """
        if not self.settled < at < self.position:
            return False
        self._recognition.cut()
        again = self.position - self.settled
        self._base -= again
        self._session_start -= again
        self.position = self._utterance_start = self.settled
        self._guess = ""
        self._pauses = Pauses()
        return True

    def finish(self) -> Iterator[Said]:
        """Make all that was fed final, and hear no more."""
        yield from self._end(self._recognition.finish(), sure=self.position)

    def _begin(self) -> None:
        self._base = self._session_start = self.position
        self._recognition: Recognition = self._engine.open()

    def _take(self, pcm: bytes) -> Iterator[Said]:
        ended = self._recognition.accept(pcm)
        self.position += len(pcm) // SAMPLE_BYTES
        if self._too_long(self._engine.abilities.longest_session, self._session_start):
            yield from self._end(_joined(ended, self._recognition.finish()), sure=self.position)
            self._begin()
        elif ended is not None:
            yield from self._end(ended, sure=max(self.settled, self.position - QUEUED))
        else:
            self._guess = self._recognition.guess() or self._guess
            if self._too_long(self._engine.abilities.cut_after, self._utterance_start):
                yield from self.cut()
            elif self._guess:
                yield Partial(self.source, self.run, self._guess, self.position)

    def _too_long(self, most: int | None, since: int) -> bool:
        return most is not None and self.position - since >= most

    def _end(self, utterance: Utterance | None, sure: int) -> Iterator[Final]:
        final = self._final(utterance or Utterance(""))
        # An engine's own end in the middle of speech leaves sound in its queue that belongs to the next utterance:
        # only what lies before the last word is settled then. Where the queue was emptied, everything is.
        self.settled = max(self.settled, sure if final is None or sure == self.position else final.end)
        self._utterance_start = self.position
        self._guess = ""
        self._pauses.begin_utterance()
        if final:
            yield final

    def _final(self, utterance: Utterance) -> Final | None:
        text = utterance.text or self._guess
        if not text:
            return None
        words = tuple(Word(w.text, self._base + w.start, self._base + w.end, w.confidence) for w in utterance.words)
        if not self._can_be(words):
            words = ()  # the text stands; times that cannot be would put it on another question
        start, end = (words[0].start, words[-1].end) if words else (self._utterance_start, self.position)
        self._seq += 1
        return Final(self.source, self.run, self._seq, start, end, text, words, salvaged=not utterance.text)

    def _can_be(self, words: tuple[Word, ...]) -> bool:
        """Whether the times follow each other and lie in the sound: of an engine of which we know nothing."""
        edges = (edge for word in words for edge in (word.start, word.end))
        return all(a <= b + GRID for a, b in pairwise([self.settled - QUEUED, *edges, self.position]))


def _joined(first: Utterance | None, rest: Utterance | None) -> Utterance | None:
    if first is None or rest is None:
        return first or rest
    return Utterance(" ".join(filter(None, (first.text, rest.text))), first.words + rest.words)
