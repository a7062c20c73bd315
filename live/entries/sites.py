"""Facts about linked sites and the clerks who sit there."""

from dataclasses import dataclass

from live.entries.base import Fact
from live.texts import Sealed


@dataclass(frozen=True, slots=True)
class SitesSet(Fact):
    """All sites that take part from now on; numbers follow from the order in which names first came."""

    sites: tuple[Sealed, ...]


@dataclass(frozen=True, slots=True)
class ClerkSeated(Fact):
    clerk: str
    site: int | None
