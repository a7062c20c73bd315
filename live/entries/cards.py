"""Facts about the numbered paper cards of the hall."""

from dataclasses import dataclass

from live.entries.base import Fact
from live.texts import Sealed


@dataclass(frozen=True, slots=True)
class CardPrinted(Fact):
    card: int
    receipt: Sealed
    site: Sealed
