"""Deeds of invented people, numbered from where a journal stands."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from live.entries import DialogueDescribed, DialogueMoved, Entry, Fact, QuestionReceived, SupportSet
from live.states import Channel, DialogueState
from live.texts import NOTHING, Sealed
from server.store.journal import Deed

START = datetime(2026, 3, 12, 0, 30, tzinfo=UTC)


def moment(n: int) -> datetime:
    return START + timedelta(seconds=n)


def question(number: int, text: str = "Bao giờ sửa đường thôn 3?", receipt: str = "") -> QuestionReceived:
    code = receipt or f"AAAA-{number:04d}"
    return QuestionReceived(
        question=number, seat="seat-man", entered_by="", channel=Channel.ONLINE, name=Sealed("Bà Mận"),
        locality=Sealed("thôn 3"), publish_name=True, text=Sealed(text), topic=NOTHING, receipt=Sealed(code),
    )  # fmt: skip


def notice(title: str = "Đối thoại về đường thôn") -> DialogueDescribed:
    return DialogueDescribed(
        title=Sealed(title), agency=Sealed("UBND xã Bình An"), superior=NOTHING, place=Sealed("Hội trường xã"),
        starts_at=START, chair=Sealed("Ông Lý"), secretary=Sealed("Cô Hoa"), theme=NOTHING, topics=(Sealed("Đường"),),
        question_seconds=180, answer_seconds=300,
    )  # fmt: skip


def moved(to: DialogueState) -> DialogueMoved:
    return DialogueMoved(to)


def deed(
    after: int, *facts: Fact, op: str | None = None, seat: str = "seat-man", supports: Sequence[SupportSet] = ()
) -> Deed:
    """One command's facts, numbered from `after` + 1, answered with the number of the last."""
    entries = [Entry(n, moment(n), seat, fact) for n, fact in enumerate(facts, after + 1)]
    digest = sha256(repr(facts).encode()).digest()
    return Deed(seat, op, digest, entries, supports, {"n": after + len(facts)})
