"""Words that people wrote or said, and how they are cleaned before anything else sees them."""

import re
import unicodedata

# C0 and C1 controls but tab and newline, zero-width characters and marks of direction, lone surrogates, non-characters:
# nobody can see them, and they break documents (XML 1.0 forbids them) or make one text look like another.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """Return `text` in NFC with one kind of line end, unseen characters gone and runs of blanks made one.

    Nothing that a reader can see is taken away; length is judged afterwards, so that a text is refused, never cut.
    """
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two names mean the same, however they were typed; no name means nobody."""
    return bool(clean(one)) and clean(one).casefold() == clean(other).casefold()


class Sealed:
    """A personal or free text: clear in memory, but only a salted digest of it enters an entry on disk.

    `text` is None when it has been erased; the entry, its digest and the chain stay (Law 91/2025/QH15 on erasure).
    """

    __slots__ = ("text",)

    def __init__(self, text: str | None) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text if self.text is not None else ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return "Sealed(erased)" if self.text is None else f"Sealed({len(self.text)} characters)"


NOTHING = Sealed("")
