"""The root of all facts, and the entry that holds one."""

from dataclasses import dataclass
from datetime import datetime


class Fact:
    """Something that happened; each subclass is one frozen dataclass and one kind of entry."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its number in the journal (dense from 1), its time (UTC) and the seat that caused it."""

    n: int
    at: datetime
    seat: str
    fact: Fact
