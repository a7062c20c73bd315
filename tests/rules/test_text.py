"""No text names a package registry or this machine's folders, or leaves a note to finish later."""

import re
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, plant, texts

# Split, so that this file does not name what it forbids.
_FORBIDDEN = {
    "names a package registry: nothing is fetched at run time, and locks carry no address": re.compile(
        r"\b(?:py" + r"pi\.org|python" + r"hosted\.org|np" + r"mjs\.(?:org|com)|yarn" + r"pkg\.com|un" + r"pkg\.com"
        r"|js" + r"delivr\.net|cdn" + r"js\.com|esm" + r"\.sh|deb\." + r"debian\.org|crates" + r"\.io)"
    ),
    "names a folder of one machine: read it from a setting": re.compile(
        r"(?<![\w.$}])/(?:wo" + r"rk/|ro" + r"ot/|ho" + r"me/\w|opt/(?:py" + r"pi|wh" + r"eels))"
    ),
    "is a note to finish later: finish, or say in CHANGELOG.md what is missing": re.compile(
        r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b"
    ),
}


def forbidden(root: Path) -> list[str]:
    return [
        f"{name}:{number}: {found[0]!r} {reason}"
        for name, lines in texts(root)
        for number, line in enumerate(lines, 1)
        for reason, pattern in _FORBIDDEN.items()
        if (found := pattern.search(line))
    ]


def test_nothing_forbidden_is_written_anywhere():
    assert forbidden(ROOT) == []


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://py" + "pi.org/simple",
        "await import('https://un" + "pkg.com/idiomorph')",
        "SPEECH = '/wo" + "rk/shared/speech'",
        "see /ho" + "me/bo/notes",
        "# TO" + "DO: later",
    ],
)
@pytest.mark.parametrize(
    "name", ["server/app.py", "docs/guide.md", "requirements/run.lock", ".ci/run", "web/static/js/a.js"]
)
def test_a_forbidden_word_is_reported_wherever_it_stands(tmp_path, name, text):
    plant(tmp_path, name, f"first line\n{text}\n")
    assert len(forbidden(tmp_path)) == 1
    assert forbidden(tmp_path)[0].startswith(f"{name}:2: ")


@pytest.mark.parametrize(
    "text", ["/d/{code}/work/1", "the home/office of the chair", "$HOME/x", "https://example.vn/home"]
)
def test_an_ordinary_path_is_not(tmp_path, text):
    plant(tmp_path, "docs/guide.md", text)
    assert forbidden(tmp_path) == []


def test_vendored_files_and_binary_files_are_left_alone(tmp_path):
    plant(tmp_path, "web/static/vendor/morph/morph.js", "// un" + "pkg.com")
    plant(tmp_path, "web/static/sound.bin", "\0 un" + "pkg.com")
    assert forbidden(tmp_path) == []
