"""How entries hang together: canonical bytes, the hash chain, and the signed heads.

Anyone can check it with a SHA-256 and an Ed25519: the formats here are for ever (docs/decisions/0030).
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Self

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from server.store.merkle import Frontier, leaf_hash

_PURPOSE = "doithoai head 1"  # a signature made for one purpose must not serve another


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it lies on disk; `body` is JSON text in which sealed texts are digests."""

    n: int
    at: datetime
    seat: str
    kind: str
    body: str

    def canonical(self) -> bytes:
        """Compact JSON [n, at, seat, kind, body] in UTF-8, times as 2026-03-12T00:30:00.000000Z."""
        return msgspec.json.encode([self.n, written(self.at), self.seat, self.kind, msgspec.Raw(self.body.encode())])

    def leaf(self) -> bytes:
        return leaf_hash(self.canonical())


@dataclass(frozen=True, slots=True)
class Head:
    """What is signed at each commit: the Merkle root over the first `n` leaves. Without entries nothing is signed."""

    n: int
    root: bytes
    signature: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a chain: all that is needed to append to it."""

    chain: bytes
    frontier: Frontier = field(default_factory=Frontier)

    @property
    def n(self) -> int:
        return self.frontier.size

    def after(self, leaf: bytes) -> Self:
        return type(self)(sha256(self.chain + leaf).digest(), self.frontier.with_leaf(leaf))


def anchor(epoch: str) -> bytes:
    """What the chain begins with, made of the dialogue's first epoch."""
    return sha256(epoch.encode()).digest()


def written(at: datetime) -> str:
    """A UTC moment always to the microsecond, so that it is written in one way only."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def statement(anchor: bytes, previous: int, n: int, root: bytes, at: datetime) -> bytes:
    """What a head's signature is over; `previous` is the n of the head before it, so that none can be left out."""
    return msgspec.json.encode([_PURPOSE, anchor.hex(), previous, n, root.hex(), written(at)])


def sign(key: Ed25519PrivateKey, anchor: bytes, previous: int, tip: Tip, at: datetime) -> Head:
    root = tip.frontier.root()
    return Head(tip.n, root, key.sign(statement(anchor, previous, tip.n, root, at)), at)


def signed(key: Ed25519PublicKey, anchor: bytes, previous: int, head: Head) -> bool:
    """Whether the head carries this key's signature."""
    try:
        key.verify(head.signature, statement(anchor, previous, head.n, head.root, head.at))
    except InvalidSignature:
        return False
    return True
