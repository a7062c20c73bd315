"""Commands about linked sites and the clerks who sit there."""

from dataclasses import dataclass

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class SetSites(Command):
    """The linked sites, a name a line; one that is left out takes part no more.

    `was`: the mark of the list that was there when the writing began (live/agreeing).
    """

    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class SeatClerk(Command):
    """Where a clerk sits: at the site of this number, or in the main hall. `clerk` is the id of their seat."""

    clerk: str
    site: int | None = None
