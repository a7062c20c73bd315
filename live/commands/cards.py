"""Commands about the numbered paper cards of the hall."""

from dataclasses import dataclass

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class PrintCard(Command):
    """Reserve one card with number and receipt; a sheet of them is as many commands. `site`: where it is given out."""

    site: str = ""
