"""What holds for every template, whoever wrote it."""

import re

from tests.rules.tree import ROOT, files

TEMPLATES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in files(ROOT, ".html", under="web/templates")
}


def found(pattern: str) -> list[str]:
    return [f"{name}: {match[0]}" for name, text in TEMPLATES.items() for match in re.finditer(pattern, text)]


def test_there_are_templates():
    assert len(TEMPLATES) > 20


def test_no_template_has_inline_styles_or_scripts_that_the_policy_would_block():
    assert found(r"\sstyle=") == []
    assert found(r"<style\b(?! nonce=\"{{ nonce }}\")") == []
    assert found(r"<[a-z-]+[^>{]*\son[a-z]+=") == []


def test_every_inline_script_is_only_a_block_of_values_or_the_import_map():
    assert found(r"<script(?![^>]*\b(?:src=|type=\"application/json\"|type=\"importmap\"))[^>]*>") == []


def test_no_browser_cuts_what_is_typed_or_pasted():
    """What is too long is refused with both numbers; a browser's own limit takes the rest away without a word."""
    assert found(r"\bmaxlength\s*=") == []


def test_nothing_is_fetched_from_another_host():
    assert found(r"(?:src|href|action)=\"(?:https?:)?//") == []


def test_people_are_spoken_to_by_one_word_and_the_chair_has_one():
    """“Bạn” everywhere but in the letters that moderators send; “chủ tọa” is the word of the minutes."""
    assert [line for line in found(r"(?i)\b(?:bác|ông/bà|quý vị)\b") if "moderator/sentences.html" not in line] == []
    chair = [line for line in found(r"(?i)[^\"]*chủ tọa[^\"]*") if "/minutes/" not in line]
    assert chair == ["web/templates/words.html: Chủ tọa đã duyệt"]
