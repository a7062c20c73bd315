"""The words of the interface: Vietnamese is the source, English lies beside it in small catalogues."""

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("vi", "en")


def translations(locale: Path, language: str) -> NullTranslations:
    """All catalogues `locale/<language>/*.po` as one. The source language needs none."""
    merged = Translations()
    for path in sorted((locale / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged
