"""The command that takes back what one has just done oneself."""

from dataclasses import dataclass

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back one's own act. `act` is the number of its last entry, which is the `n` it was answered with.

    Under a declared rule a call is taken back for a `reason`; elsewhere it is not kept.
    """

    act: int
    reason: str = ""
