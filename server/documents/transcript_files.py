"""The transcript as files: plain text with times, and captions for the recording."""

from collections.abc import Callable
from datetime import datetime, timedelta

from live.dialogue import Dialogue
from live.states import Role
from live.transcript import SAMPLES_PER_SECOND, Line
from server.rooms.wording import clock, moment
from transcription.captions import TimedLine, srt, vtt

ROLES = {Role.CHAIR: "Chủ tọa", Role.AGENCY: "Cơ quan", Role.CITIZEN: "Người hỏi", Role.HOST: "Dẫn chương trình"}
"""The transcript is a Vietnamese document, so its words do not follow the interface's language."""

READING_MS = 60
"""Milliseconds a reader needs for a character: how long a line typed by hand, which has no end, stays on screen."""
SHORTEST_MS = 1_500


def speaker(line: Line) -> str:
    """Who spoke, by name or else by role; empty when nobody has said."""
    return str(line.speaker) or ROLES.get(line.role, "")


def kept(dialogue: Dialogue) -> list[Line]:
    """The lines that were not struck out, in the order in which they were said."""
    origin = _origin(dialogue)
    return sorted((line for line in dialogue.lines.values() if not line.struck), key=lambda line: _start(origin, line))


def text(dialogue: Dialogue) -> str:
    """Plain text: the time of day, who, what."""
    head = f"{dialogue.notice.title}\n{moment(dialogue.opened_at)}\nBản ghi lời, chưa phải biên bản.\n"
    return "\n".join([head, *(_written(line) for line in kept(dialogue))]) + "\n"


def _written(line: Line) -> str:
    who = speaker(line)
    return f"[{clock(line.at)}] {who}: {line.text}" if who else f"[{clock(line.at)}] {line.text}"


def timed(dialogue: Dialogue) -> list[TimedLine]:
    """Each line with its milliseconds since the first recording began (or since the first line, without any)."""
    origin = _origin(dialogue)
    found = []
    for line in kept(dialogue):
        start = _start(origin, line)
        length = max(SHORTEST_MS, len(str(line.text)) * READING_MS)
        if line.segment is not None:
            length = (line.segment.end - line.segment.start) * 1_000 // SAMPLES_PER_SECOND
        found.append(TimedLine(start, start + length, speaker(line), str(line.text)))
    return found


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


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


KINDS: dict[str, tuple[str, Callable[[Dialogue], str]]] = {
    "txt": ("text/plain", text),
    "srt": ("application/x-subrip", lambda dialogue: srt(timed(dialogue))),
    "vtt": ("text/vtt", lambda dialogue: vtt(timed(dialogue))),
}
"""Each kind of file with its media type and how it is written."""
