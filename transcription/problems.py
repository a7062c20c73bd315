"""What can go wrong with sound, said to a person: Vietnamese first, English beside it."""

from __future__ import annotations


class Problem(Exception):
    """A failure that a person should read: what happened, what is safe, what to do.

    It is raised where work cannot go on, and returned as a value where a question was asked ("is this a model?").
    """

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} / {en}")
        self.vi = vi
        self.en = en

    def __reduce__(self) -> tuple[type[Problem], tuple[str, str]]:
        return type(self), (self.vi, self.en)


class BadSound(Problem):
    """The bytes given are not whole 16-bit samples at 16 kHz, or no sound at all."""


class BadModel(Problem):
    """A directory that is no usable recognition model."""


class CannotWrite(Problem):
    """The recording could not be written; what was acknowledged before is on disk."""


class DiskFull(CannotWrite):
    """No room is left for the recording; nothing of the last piece was acknowledged."""


class BadPosition(Problem):
    """A sample position that cannot be right: negative, or absurdly far ahead of the recording."""


class Cancelled(Problem):
    """A person stopped the work; what was in place before is untouched."""
