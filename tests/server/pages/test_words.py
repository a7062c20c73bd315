"""Every sentence of every page stands in both languages, and in one place."""

from collections import Counter
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import Environment

WEB = Path(__file__).parents[3] / "web"


@cache
def english() -> list[tuple[str, list[str]]]:
    """What is translated, and to what; a plural has two."""
    found: list[tuple[str, list[str]]] = []
    for path in (WEB / "locale" / "en").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="en", abort_invalid=True):
                key = message.id if isinstance(message.id, str) else message.id[0]
                texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
                found += [(key, texts)] if key else []
    assert found
    return found


@cache
def said() -> set[str]:
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"], autoescape=True)
    environment.policies["ext.i18n.trimmed"] = True
    extract = environment.extract_translations  # type: ignore[attr-defined]  # the i18n extension adds it
    templates = [path for path in (WEB / "templates").rglob("*") if path.is_file()]
    assert templates
    texts = [text for path in templates for _, _, text in extract(path.read_text(encoding="utf-8"))]
    return {text if isinstance(text, str) else text[0] for text in texts}


def test_every_sentence_has_its_english():
    known = dict(english())
    assert sorted(text for text in said() if not all(known.get(text, [""]))) == []


def test_a_sentence_is_translated_once_so_that_no_catalogue_hides_what_another_says():
    assert [text for text, times in Counter(text for text, _ in english()).items() if times > 1] == []


def test_no_translation_outlives_its_sentence():
    assert sorted({text for text, _ in english()} - said()) == []
