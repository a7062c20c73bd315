"""Every sentence of the doors and the staff's pages stands in both languages."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment

WEB = Path(__file__).parents[3] / "web"


def english() -> dict[str, list[str]]:
    """What is translated, and to what; a plural has two."""
    found: dict[str, list[str]] = {}
    for path in (WEB / "locale" / "en").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="en", abort_invalid=True):
                key = message.id if isinstance(message.id, str) else message.id[0]
                texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
                found[key] = texts
    return found


def said(folder: str) -> list[str]:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.policies["ext.i18n.trimmed"] = True
    extract = environment.extract_translations  # type: ignore[attr-defined]  # the i18n extension adds it
    templates = sorted((WEB / "templates" / folder).glob("*.html"))
    assert templates
    texts = [text for path in templates for _, _, text in extract(path.read_text(encoding="utf-8"))]
    return [text if isinstance(text, str) else text[0] for text in texts]


@pytest.mark.parametrize("folder", ["doors", "staff", "errors"])
def test_every_sentence_has_its_english(folder: str):
    known = english()
    assert [text for text in said(folder) if not all(known.get(text, [""]))] == []
