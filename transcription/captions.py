"""Captions of timed lines as SubRip (SRT) and WebVTT files.

At most two lines of 42 characters at a time, the common practice of broadcasters; a longer line
becomes several captions that share its time by their length.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINE_CHARACTERS = 42
LINES = 2


@dataclass(frozen=True, slots=True)
class TimedLine:
    """What one speaker said between two times, in milliseconds from the start of the recording."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Caption:
    """What is on the screen at one time: at most two short rows."""

    start_ms: int
    end_ms: int
    speaker: str
    rows: tuple[str, ...]


def captions(lines: Iterable[TimedLine]) -> Iterator[Caption]:
    """The lines cut to what fits a screen. The speaker is named with the first caption of a line only."""
    for line in lines:
        speaker = " ".join(line.speaker.split())
        named = f"{speaker}: {line.text}" if speaker else line.text
        rows = textwrap.wrap(named, LINE_CHARACTERS, break_on_hyphens=False)
        screens = [tuple(rows[at : at + LINES]) for at in range(0, len(rows), LINES)]
        yield from _share(line, speaker, screens)


def srt(lines: Iterable[TimedLine]) -> str:
    """A SubRip file. It knows no escapes, so the arrow that would end a caption early is spelled otherwise."""
    parts = []
    for number, caption in enumerate(captions(lines), start=1):
        text = "\n".join(caption.rows).replace("-->", "→")
        parts.append(f"{number}\n{_time(caption.start_ms, ',')} --> {_time(caption.end_ms, ',')}\n{text}\n")
    return "\n".join(parts)


def vtt(lines: Iterable[TimedLine]) -> str:
    """A WebVTT file. The speaker of each caption is a voice tag, and named in the text where it begins."""
    parts = ["WEBVTT\n"]
    for caption in captions(lines):
        text = html.escape("\n".join(caption.rows), quote=False)
        voice = f"<v {html.escape(caption.speaker, quote=False)}>" if caption.speaker else ""
        parts.append(f"{_time(caption.start_ms, '.')} --> {_time(caption.end_ms, '.')}\n{voice}{text}\n")
    return "\n".join(parts)


def _share(line: TimedLine, speaker: str, screens: list[tuple[str, ...]]) -> Iterator[Caption]:
    lengths = [sum(map(len, rows)) for rows in screens]
    said = 0
    for rows, length in zip(screens, lengths, strict=True):
        start = line.start_ms + (line.end_ms - line.start_ms) * said // sum(lengths)
        said += length
        yield Caption(start, line.start_ms + (line.end_ms - line.start_ms) * said // sum(lengths), speaker, rows)


def _time(ms: int, mark: str) -> str:
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{thousandths:03d}"
