"""Facts to stored bodies and back. Free and personal texts leave the body here: only a salted digest of them stays.

A kind is the fact's class name in snake_case. Kinds and field names are for ever; a field added later has a default.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

from live import entries
from live.entries import Fact
from live.texts import Sealed
from server.naming import snake


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A text beside its entry. `digest` is SHA-256 of salt and UTF-8 text; erasing empties salt and text together."""

    digest: bytes
    salt: bytes | None
    text: str | None

    def holds(self) -> bool:
        """Whether the text is the one that was digested, or was erased whole."""
        if self.salt is None or self.text is None:
            return self.salt is None and self.text is None
        return sha256(self.salt + self.text.encode()).digest() == self.digest


KINDS: dict[str, type[Fact]] = {
    snake(named): named
    for named in (getattr(entries, name) for name in entries.__all__)
    if issubclass(named, Fact) and named is not Fact
}


def encode(fact: Fact, salt: Callable[[], bytes]) -> tuple[str, str, list[SealedRow]]:
    """The kind, the body and the texts that were taken out of it. `salt` gives 16 fresh random bytes for each.

    Raises ValueError for a datetime without a time zone, TypeError for a value that no fact may hold.
    """
    rows: list[SealedRow] = []

    def seal(text: str) -> object:
        fresh = salt()
        rows.append(SealedRow(sha256(fresh + text.encode()).digest(), fresh, text))
        return {"sealed": rows[-1].digest.hex()}

    return snake(type(fact)), _body(fact, seal), rows


def in_the_open(fact: Fact) -> tuple[str, str]:
    """The kind, and a body with the texts in their places: never for a disk. `decode` reads it with no texts beside it.

    Raises as `encode`.
    """
    return snake(type(fact)), _body(fact, lambda text: text)


def _body(fact: Fact, seal: Callable[[str], object]) -> str:
    """As JSON, with what `seal` makes of each text that is there: "" stays "", an erased text stays null."""

    def written(value: object) -> object:
        if not isinstance(value, Sealed):
            raise TypeError(f"a fact may not hold a {type(value).__name__}")  # a mistake of ours, stopped at the commit
        return seal(value.text) if value.text else value.text

    return msgspec.json.encode(_in_utc(fact), enc_hook=written).decode()


def decode(kind: str, body: str, texts: Mapping[bytes, str | None]) -> Fact:
    """The fact again. A digest without a text in `texts` is erased: `Sealed(None)`. Raises KeyError, ValueError."""

    def unseal(expected: type, value: Any) -> Any:
        if expected is not Sealed:
            raise TypeError(f"a fact may not hold a {expected.__name__}")  # msgspec makes it a ValueError
        return Sealed(texts.get(bytes.fromhex(value["sealed"])) if isinstance(value, dict) else value)

    return msgspec.json.decode(body, type=KINDS[kind], dec_hook=unseal)


def digests(body: str) -> list[bytes]:
    """The digests that a stored body cites, in order."""
    return list(cited(msgspec.json.decode(body)))


def cited(value: Any) -> Iterator[bytes]:
    """The digests in a part of a decoded body."""
    if isinstance(value, dict):
        if value.keys() == {"sealed"}:
            yield bytes.fromhex(value["sealed"])
        else:
            for inner in value.values():
                yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


def _in_utc(fact: Any) -> Any:
    """The fact with its moments in UTC, so that one moment is written in one way only."""
    moments = {field.name: value for field in fields(fact) if isinstance(value := getattr(fact, field.name), datetime)}
    if any(moment.tzinfo is None for moment in moments.values()):
        raise ValueError("a moment needs its time zone")
    return replace(fact, **{name: moment.astimezone(UTC) for name, moment in moments.items()}) if moments else fact
