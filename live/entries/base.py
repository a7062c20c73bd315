"""The root of all facts, and the entry that holds one."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened; each subclass is one frozen dataclass and one kind of entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its number in the journal (dense from 1), its time (UTC) and the seat that caused it."""

    n: int
    at: datetime
    seat: str
    fact: Fact
