"""The root of all commands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """Something a seat asks for; each subclass is one frozen dataclass and one word on the wire."""
