"""One run over one source: an engine's utterances become partials and finals on the recording's clock."""

from __future__ import annotations

from transcription.engine import Engine, Recognition, Utterance
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE, Final, Partial, Word

QUEUED = SAMPLE_RATE
"""Engines hold back up to about half a second of sound that they have taken but not decoded; one second is safe."""


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
        self._seq = 0
        self._guess = ""
        self._utterance_start = start
        self._begin()

    def feed(self, pcm: bytes) -> Partial | Final | None:
        """Hear these samples, which follow those before without a hole. Raises BadSound."""
        ended = self._recognition.accept(pcm)
        self.position += len(pcm) // SAMPLE_BYTES
        if self._too_long(self._engine.abilities.longest_session, self._base):
            final = self._end(_joined(ended, self._recognition.finish()), sure=self.position)
            self._begin()
            return final
        if ended is not None:
            return self._end(ended, sure=max(self.settled, self.position - QUEUED))
        self._guess = self._recognition.guess() or self._guess
        if self._too_long(self._engine.abilities.cut_after, self._utterance_start):
            return self.cut()
        return Partial(self.source, self.run, self._guess, self.position) if self._guess else None

    def cut(self) -> Final | None:
        """Make all that was fed final: at a change of floor, a mute, a pause."""
        return self._end(self._recognition.cut(), sure=self.position)

    def finish(self) -> Final | None:
        """Make all that was fed final, and hear no more."""
        return self._end(self._recognition.finish(), sure=self.position)

    def _begin(self) -> None:
        self._base = self.position
        self._recognition: Recognition = self._engine.open()

    def _too_long(self, most: int | None, since: int) -> bool:
        return most is not None and self.position - since >= most

    def _end(self, utterance: Utterance | None, sure: int) -> Final | None:
        final = self._final(utterance or Utterance(""))
        # A cut in the middle of speech leaves sound in the engine's queue that belongs to the next utterance:
        # only what lies before the last word is settled then. Where the queue was emptied, everything is.
        self.settled = max(self.settled, sure if final is None or sure == self.position else final.end)
        self._utterance_start = self.position
        self._guess = ""
        return final

    def _final(self, utterance: Utterance) -> Final | None:
        text = utterance.text or self._guess
        if not text:
            return None
        words = tuple(Word(w.text, self._base + w.start, self._base + w.end, w.confidence) for w in utterance.words)
        start, end = (words[0].start, words[-1].end) if words else (self._utterance_start, self.position)
        self._seq += 1
        return Final(self.source, self.run, self._seq, start, end, text, words, salvaged=not utterance.text)


def _joined(first: Utterance | None, rest: Utterance | None) -> Utterance | None:
    if first is None or rest is None:
        return first or rest
    return Utterance(" ".join(filter(None, (first.text, rest.text))), first.words + rest.words)
