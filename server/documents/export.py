"""A dialogue as one JSON document, for archives and for anybody who counts after us.

Times are UTC in ISO 8601, days ISO dates; states and reasons are the words of `live.states`. The public form never
holds a name without consent, the text of a question that was not approved, or minutes that are not published.
"""

from dataclasses import asdict
from typing import Any

import msgspec

from live.compose import asker
from live.dialogue import Dialogue
from live.minutes import blocks
from live.questions import Question
from live.reckoning import reckon
from live.states import MinutesState, Role
from live.texts import Sealed
from live.transcript import Line
from server.documents import DEMO

FORMAT = 1
"""Raised when a field changes its meaning or goes away; new fields may come without."""
PUBLISHED = frozenset({MinutesState.PUBLISHED, MinutesState.AMENDED})


def export_json(dialogue: Dialogue, *, public: bool, demo: bool = False) -> bytes:
    """The dialogue as indented UTF-8 JSON. Without `public` it holds personal texts: for the archive of the agency."""
    book = dialogue.minutes
    shown = not public or book.state in PUBLISHED
    everything: dict[str, Any] = {
        "format": FORMAT,
        "public": public,
        "stamp": DEMO if demo else "",
        "n": dialogue.n,
        "state": dialogue.state,
        "opened_at": dialogue.opened_at,
        "closed_at": dialogue.closed_at,
        "notice": asdict(dialogue.notice),
        "reckoning": asdict(reckon(dialogue)),
        "questions": [_question(dialogue, question, public=public) for question in dialogue.questions.values()],
        "lines": [_line(dialogue, line, public=public) for line in _lines(dialogue, public=public)],
        "commitments": [asdict(commitment) for commitment in dialogue.commitments.values()],
        "minutes": {
            "state": book.state,
            "signatures": dict(book.signatures) if shown else {},
            "blocks": [{"key": b.key, "label": b.label, "text": b.text} for b in blocks(dialogue)] if shown else [],
            "late": book.late,
            "addenda": book.addenda if shown else (),
        },
    }
    return msgspec.json.format(msgspec.json.encode(everything, enc_hook=_clear), indent=1)


def _question(dialogue: Dialogue, question: Question, *, public: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": question.number,
        "channel": question.channel,
        "state": question.state,
        "asked_at": question.asked_at,
        "called_at": question.called_at,
        "supports": question.supports if dialogue.supports_shown or not public else None,
        "reason": question.reason,
        "merged_into": question.merged_into,
        "redacted": question.redacted,
    }
    open_text = question.public or not public
    if open_text:
        told |= {"text": question.text, "topic": question.topic, "locality": question.locality}
        told |= {"agency": question.agency, "due": question.due, "note": question.closing, "answer": _sent(question)}
    if not public or (open_text and question.publish_name):
        told["name"] = question.name
    if not public:
        told |= {"publish_name": question.publish_name, "original": question.original}
        told |= {"entered_by": question.entered_by, "reviewer": question.reviewer}
    return told


def _sent(question: Question) -> dict[str, Any] | None:
    """What shows that an answer owed in writing went out; null as long as nobody said so."""
    sent = question.answer
    return {"note": sent.note, "link": sent.link, "at": sent.at} if sent else None


def _lines(dialogue: Dialogue, *, public: bool) -> list[Line]:
    return [line for line in dialogue.lines.values() if not (public and line.struck)]


def _speaker(dialogue: Dialogue, line: Line) -> str:
    """Who spoke, as it may be told in public: a citizen as they agreed to be named, whatever was typed."""
    if line.role is not Role.CITIZEN:
        return str(line.speaker)
    question = dialogue.questions.get(line.question) if line.question is not None else None
    return asker(question) if question else "Một công dân"


def _line(dialogue: Dialogue, line: Line, *, public: bool) -> dict[str, Any]:
    segment = line.segment
    told: dict[str, Any] = {
        "line": line.id,
        "at": line.at,
        "role": line.role,
        "speaker": _speaker(dialogue, line) if public else line.speaker,
        "question": line.question,
        "text": line.text,
        "edited": line.edited,
        "source": segment.source if segment else None,
        "start": segment.start if segment else None,
        "end": segment.end if segment else None,
    }
    if not public:
        told |= {"struck": line.struck, "raw": segment.raw if segment else None}
    return told


def _clear(value: object) -> str | None:
    """A sealed text in clear; null when it was erased."""
    if isinstance(value, Sealed):
        return value.text
    raise TypeError(f"{type(value).__name__} has no form in JSON")
