"""A minute of recorded sound and what a second reading of it heard, as a recogniser would have told it."""

from pathlib import Path

from server.rooms.ears import sound_directory
from transcription.heard import SAMPLE_RATE as SECOND
from transcription.heard import Final, Word
from transcription.readings import Reading, begin
from transcription.recordings import Recording


def words(text: str, start: int) -> tuple[Word, ...]:
    """Two words a second, from this sample on, all of them sure."""
    return tuple(
        Word(word, start + i * SECOND // 2, start + (i + 1) * SECOND // 2, 0.9) for i, word in enumerate(text.split())
    )


def final(seq: int, text: str, start: int) -> Final:
    spoken = words(text, start)
    return Final("hall", 1, seq, start, spoken[-1].end, text, spoken)


def read_again(data_dir: Path, code: str, said: dict[int, str], seconds: int = 60) -> Reading:
    """A finished reading of the hall's (silent) recording: what was said, by the second at which it begins."""
    recording = Recording(sound_directory(data_dir, code, "hall"))
    recording.append(0, bytes(seconds * SECOND * 2))
    recording.close()
    reading = begin(recording.directory, "vi-lớn", "vosk", [(0, seconds * SECOND)])
    for seq, (second, text) in enumerate(said.items(), start=1):
        reading.take(final(seq, text, second * SECOND))
    reading.span_read()
    return reading
