"""The transcript as files: plain text with times, and captions for the recording."""

from datetime import datetime, timedelta

from live.compose import SOURCES
from live.dialogue import Dialogue
from live.gaps import Gap, in_order, seconds
from live.said import SPEAKERS
from live.states import GapKind
from live.transcript import SAMPLES_PER_SECOND, Line
from server.documents import DEMO
from server.rooms.wording import clock, moment
from transcription.captions import TimedLine, srt, vtt

READING_MS = 60
"""Milliseconds a reader needs for a character: how long a line typed by hand, which has no end, stays on screen."""
SHORTEST_MS = 1_500


def speaker(line: Line) -> str:
    """Who spoke, by name or else by role; empty when nobody has said."""
    return str(line.speaker) or SPEAKERS.get(line.role, "")


def kept(dialogue: Dialogue) -> list[Line]:
    """The lines that were not struck out, in the order in which they were said."""
    origin = _origin(dialogue)
    return sorted((line for line in dialogue.lines.values() if not line.struck), key=lambda line: _start(origin, line))


def text(dialogue: Dialogue, *, demo: bool) -> str:
    """Plain text: the time of day, who, what. Invented dialogues say so on top."""
    stamp = f"{DEMO}\n" if demo else ""
    head = f"{stamp}{dialogue.notice.title}\n{moment(dialogue.opened_at)}\nBản ghi lời, chưa phải biên bản.\n"
    origin = _origin(dialogue)
    rows = [(_start(origin, line), _written(line)) for line in kept(dialogue)]
    rows += [(_begins(origin, gap), f"[{clock(gap.at)}] {_missing(gap)}") for gap in in_order(dialogue)]
    return "\n".join([head, *(row for _, row in sorted(rows, key=lambda row: row[0]))]) + "\n"


def _written(line: Line) -> str:
    who = speaker(line)
    return f"[{clock(line.at)}] {who}: {line.text}" if who else f"[{clock(line.at)}] {line.text}"


def _missing(gap: Gap) -> str:
    """What is not there, in brackets: it is nobody's words."""
    if gap.kind is GapKind.HIDDEN:
        return f"(ngừng phụ đề công khai đến {clock(gap.until)})" if gap.until else "(ngừng phụ đề công khai)"
    why = "mất tiếng" if gap.kind is GapKind.LOST else "máy chưa nghe ra chữ, bản ghi có tiếng"
    length = f"{seconds(gap):.1f}".replace(".", ",")
    return f"({SOURCES.get(gap.source, gap.source)}: {why}, {length} giây)"


def timed(dialogue: Dialogue, *, demo: bool) -> list[TimedLine]:
    """Each line with its milliseconds since the first recording began (or since the first line, without any)."""
    origin = _origin(dialogue)
    found = [TimedLine(0, SHORTEST_MS, "", DEMO)] if demo else []
    for line in kept(dialogue):
        start = _start(origin, line)
        length = max(SHORTEST_MS, len(str(line.text)) * READING_MS)
        if line.segment is not None:
            length = (line.segment.end - line.segment.start) * 1_000 // SAMPLES_PER_SECOND
        found.append(TimedLine(start, start + length, speaker(line), str(line.text)))
    found += [_timed(origin, gap) for gap in dialogue.gaps if gap.kind is not GapKind.HIDDEN]
    return sorted(found, key=lambda line: line.start_ms)


def _timed(origin: "Origin", gap: Gap) -> TimedLine:
    start = _begins(origin, gap)
    length = (gap.end - gap.start) * 1_000 // SAMPLES_PER_SECOND
    return TimedLine(start, start + max(SHORTEST_MS, length), "", _missing(gap))


Origin = tuple[datetime | None, dict[str, int]]
"""When the first recording began, and by how many milliseconds each source began later."""


def _origin(dialogue: Dialogue) -> Origin:
    started = {source.name: source.started_at for source in dialogue.sources.values() if source.started_at}
    first = min(started.values(), default=min((line.at for line in dialogue.lines.values()), default=None))
    return first, {name: _ms(at - first) for name, at in started.items() if first}


def _start(origin: Origin, line: Line) -> int:
    first, later = origin
    if line.segment is not None:
        return later.get(line.segment.source, 0) + line.segment.start * 1_000 // SAMPLES_PER_SECOND
    return max(0, _ms(line.at - first)) if first else 0


def _begins(origin: Origin, gap: Gap) -> int:
    first, later = origin
    if gap.source:
        return later.get(gap.source, 0) + gap.start * 1_000 // SAMPLES_PER_SECOND
    return max(0, _ms(gap.at - first)) if first else 0


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


MEDIA_TYPES = {"txt": "text/plain", "srt": "application/x-subrip", "vtt": "text/vtt"}
"""Each kind of file with its media type."""


def written(dialogue: Dialogue, kind: str, *, demo: bool) -> str:
    """The transcript as a file of this kind."""
    if kind == "txt":
        return text(dialogue, demo=demo)
    return {"srt": srt, "vtt": vtt}[kind](timed(dialogue, demo=demo))
