"""A refused form is drawn again without its page: each field that somebody types has a name there."""

import re
import typing

from server.doors.refused_form import BY_PAGE, NUMBERS, returned
from server.doors.wire import COMMANDS
from tests.rules.tree import ROOT


def typed() -> set[str]:
    """The fields that a refused form may show, of all commands that people send."""
    found = set()
    for command, kind in COMMANDS.items():
        rows, _ = returned(command, dict.fromkeys(typing.get_type_hints(kind), ""), None)
        found |= {row.name for row in rows}
    return found


def test_every_field_of_a_refused_form_has_a_name_of_its_own():
    template = (ROOT / "web/templates/field_names.html").read_text(encoding="utf-8")
    named = set(re.findall(r'"(\w+)": (?:_\(|lane_words)', template))
    assert typed() - named == set(), "web/templates/field_names.html does not say what these are called"
    assert typed() >= {"text", "name", "agency", "due", "card", "entries"} | (NUMBERS - {"site"})
    assert not typed() & BY_PAGE
