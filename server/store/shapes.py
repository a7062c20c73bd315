"""What goes into the journal and what comes out, as plain values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from live.entries import Entry, SupportSet
from live.states import DialogueState
from server.store.chain import Head, signed
from server.store.merkle import belongs


@dataclass(frozen=True, slots=True)
class Stream:
    """One dialogue's journal: where it lies, which life it is in (`epoch`) and how long it is (`n`).

    `supported` is another number whenever supports were set since.
    """

    id: int
    code: str
    epoch: str
    n: int
    demo: bool = False
    supported: int = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """What one command did. `body_digest` tells the same op sent again from another command under a used name.

    `answer` is given again when the op comes again, for as long as the journal lives. Without an op nothing is kept.
    """

    seat: str
    op: str | None
    body_digest: bytes
    entries: Sequence[Entry]
    supports: Sequence[SupportSet]
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that an op has got."""

    body_digest: bytes
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Behind:
    """What others wrote: the entries after a number, the answers that ops have got, and how to count supports now."""

    entries: Sequence[Entry]
    answers: dict[tuple[str, str], Answered]
    supports: Callable[[Mapping[int, int]], dict[int, int]]


@dataclass(frozen=True, slots=True)
class DialogueRow:
    """One dialogue in a list."""

    id: int
    code: str
    demo: bool
    state: DialogueState
    title: str
    agency: str
    place: str
    starts_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the log: its leaf, the path to the root (RFC 6962), and what the root's signature is over."""

    leaf: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    root: bytes
    signature: bytes
    at: datetime
    anchor: bytes
    previous: int
    canonical: bytes

    def holds(self, key: Ed25519PublicKey) -> bool:
        """Whether the path leads to the root and the root is signed with `key`."""
        head = Head(self.size, self.root, self.signature, self.at)
        led = belongs(self.leaf, self.index, self.size, self.path, self.root)
        return led and signed(key, self.anchor, self.previous, head)
