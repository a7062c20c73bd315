"""Several modules as one script: what they say to each other stays, and what cannot be woven is refused."""

import pytest

from server.rooms.weaving import CannotWeave, weave

CLOCK = 'import { learn as known, LONGEST } from "lib/time";\nexport class Clock { limit = LONGEST; }\nknown();\n'
TIME = "export const LONGEST = 3;\nexport function learn() {}\nexport async function ask() {}\n"


def test_a_module_stands_behind_what_it_imports_and_takes_it_by_its_names():
    woven = weave(["clock"], {"clock": CLOCK, "lib/time": TIME})
    assert woven.index('modules["lib/time"] =') < woven.index('modules["clock"] =')
    assert 'const { learn: known, LONGEST } = modules["lib/time"];' in woven
    assert "return { LONGEST, learn, ask };" in woven
    assert "return { Clock };" in woven
    assert "import" not in woven
    assert "export" not in woven


def test_a_module_runs_once_however_many_import_it():
    shared = {"a": 'import "lib";\nimport "b";\n', "b": 'import "lib";\n', "lib": "start();\n"}
    woven = weave(["a", "b"], shared)
    assert woven.count("start();") == 1
    assert [woven.count(f'modules["{name}"] =') for name in shared] == [1, 1, 1]


def test_entries_keep_their_order():
    woven = weave(["b", "a"], {"a": "first();", "b": "second();"})
    assert woven.index("second();") < woven.index("first();")


@pytest.mark.parametrize(
    "source",
    [
        "export let now = 0;\n",
        "export default class {}\n",
        'export { a } from "b";\n',
        'import everything from "b";\n',
        'import * as all from "b";\n',
        'const later = await import("b");\n',
        "const here = import.meta.url;\n",
        'import "nowhere";\n',
        'import "a";\n',
    ],
)
def test_what_cannot_be_woven_is_refused(source):
    with pytest.raises(CannotWeave):
        weave(["a"], {"a": source, "b": ""})


def test_a_circle_is_refused_with_its_way_round():
    with pytest.raises(CannotWeave, match="a imports b imports a"):
        weave(["a"], {"a": 'import "b";', "b": 'import "a";'})
