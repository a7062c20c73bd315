"""Why not: a refusal is a value with a code for programs and a sentence for the person, never an exception."""

from dataclasses import dataclass, field

from live.codes import Code
from live.rows import Row
from live.sentences import SENTENCES

__all__ = ["SENTENCES", "Code", "Refused", "refuse", "too_long", "unfit"]

SAY_IT_ALL = frozenset({Code.CLAIMED, Code.STALE})
"""Sentences that tell by themselves how the question stands."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a command was not carried out. Nothing has changed. `row`: the question it is about, if others may have."""

    code: Code
    facts: dict[str, str | int] = field(default_factory=dict)
    row: Row | None = field(default=None, compare=False)

    def say(self, language: str = "vi") -> str:
        """The sentence for the person, in "vi" or "en"; where the row is news, with where it stands now."""
        sentence = SENTENCES[self.code][1 if language == "en" else 0].format(**self.facts)
        return f"{sentence} {self.row.say(language)}" if self.row and self.code not in SAY_IT_ALL else sentence


def refuse(code: Code, **facts: str | int) -> Refused:
    return Refused(code, facts)


def too_long(limit: int, *texts: str) -> Refused | None:
    """The refusal when one of these cleaned texts has more than `limit` characters: it is refused, never cut."""
    longest = max(map(len, texts))
    return refuse(Code.TOO_LONG, length=longest, limit=limit) if longest > limit else None


def unfit(text: str, limit: int, missing: Code = Code.EMPTY) -> Refused | None:
    """The refusal when a cleaned text that is needed is not there or is too long."""
    return too_long(limit, text) if text else refuse(missing)
