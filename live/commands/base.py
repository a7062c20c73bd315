"""The root of all commands."""


class Command:
    """Something a seat asks for; each subclass is one frozen dataclass and one word on the wire."""

    __slots__ = ()
