"""Commands about the photo beside a question."""

from dataclasses import dataclass

from live.commands.base import Command


@dataclass(frozen=True, slots=True)
class AttachPhoto(Command):
    """Put a photo that has been redrawn and stored beside one's own question; a later one takes its place.

    `photo` is the SHA-256 of what is stored, in hexadecimal. Only the door that stored it sends this, for the asker;
    `at_desk`: for a clerk, beside what was entered at a desk.
    """

    question: int
    photo: str
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class DropPhoto(Command):
    """Take the photo off again: nobody sees it any more."""

    question: int


@dataclass(frozen=True, slots=True)
class ShowPhoto(Command):
    """Whether everybody may see the photo, once the question is public.

    `photo` is the mark of the one that was looked at (`photo_mark`): its asker may have sent another since.
    Empty means whichever is there.
    """

    question: int
    on: bool = True
    photo: str = ""
