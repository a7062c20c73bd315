"""Static files, alone and several as one."""

import gzip
import json

import pytest

from server.rooms.assets import Assets
from tests.rules.tree import ROOT, plant


@pytest.fixture
def assets(tmp_path) -> Assets:
    plant(tmp_path, "css/base.css", "a{}")
    plant(tmp_path, "css/forms.css", "b{}")
    plant(tmp_path, "js/site.js", 'import { keep } from "lib/keep";\nkeep();\n')
    plant(tmp_path, "js/lib/keep.js", "export function keep() {}\n")
    plant(tmp_path, "vendor/morph/morph.min.js", "var morph;")
    plant(tmp_path, "icon.svg", "<svg/>")
    plant(tmp_path, "vendor/morph/LICENSE", "0BSD")
    return Assets(tmp_path)


def name_of(assets: Assets, *names: str) -> str:
    return assets.url(*names).removeprefix(f"/static/{assets.version}/")


@pytest.mark.parametrize("name", ["css/base.css", "icon.svg", "vendor/morph/morph.min.js", "vendor/morph/LICENSE"])
def test_a_file_is_served_as_it_is(assets, name):
    assert name_of(assets, name) == name
    assert assets.content(name) == (assets.root / name).read_bytes()
    assert gzip.decompress(assets.packed(name)) == assets.content(name)


def test_sheets_of_one_folder_travel_as_one_in_the_order_that_was_asked_for(assets):
    assert assets.content(name_of(assets, "css/forms.css", "css/base.css")) == b"b{}a{}"


def test_what_is_written_for_us_does_not_travel(assets, tmp_path):
    plant(tmp_path, "js/said.js", "// why\nexport const said = `a  // b`; /* and how */\n")
    plant(tmp_path, "css/said.css", "/* why */\n.a  { content: '/* b */' }\n")
    both = Assets(tmp_path)
    assert both.content("js/said.js") == b"export const said=`a  // b`;"
    assert both.content("css/said.css") == b".a{content:'/* b */'}"


def test_a_joined_script_brings_all_that_it_imports(assets, tmp_path):
    plant(tmp_path, "js/phone.js", 'import "lib/keep";\n')
    both = Assets(tmp_path)
    woven = both.content(name_of(both, "js/site.js", "js/phone.js")).decode()
    assert woven.count("function keep()") == 1


@pytest.mark.parametrize(
    "names", [("css/none.css",), ("css/base.css", "icon.svg"), ("css/base.css", "js/site.js"), ("css/base.css",) * 2]
)
def test_what_is_not_there_or_not_together_has_no_address(assets, names):
    with pytest.raises(LookupError):
        assets.url(*names)


@pytest.mark.parametrize("name", ["css/base+base.css", "css/base+none.css", "css/+.css", "css", "", "../css/base.css"])
def test_other_names_have_no_content(assets, name):
    with pytest.raises(LookupError):
        assets.content(name)


def test_the_version_follows_every_byte(assets, tmp_path):
    plant(tmp_path, "css/base.css", "a {}")
    assert Assets(tmp_path).version != assets.version


def test_scripts_are_imported_without_folder_and_ending(assets):
    imports = json.loads(assets.import_map())["imports"]
    assert imports.keys() == {"site", "lib/keep", "vendor/morph/morph"}
    assert imports["lib/keep"] == assets.url("js/lib/keep.js")


def test_the_scripts_of_the_phone_can_be_woven():
    assets = Assets(ROOT / "web/static")
    assert b"class Channel" in assets.content(name_of(assets, "js/site.js", "js/phone.js"))
