"""What stands on one numbered card, and how many of them on a page. Drawing takes a library that no start needs."""

from dataclasses import dataclass

ACROSS, DOWN = 2, 4
SHEET = ACROSS * DOWN
"""Cards on one page."""


@dataclass(frozen=True, slots=True)
class PaperCard:
    """`address` is what the card's code opens."""

    number: int
    receipt: str
    site: str
    address: str
