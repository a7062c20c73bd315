"""An old phone on a weak network: the phone page with everything it needs, as it travels, compressed."""

import gzip
import re
from urllib.parse import unquote

import pytest

from live import commands as do
from server.rooms.assets import Assets
from tests.rules.tree import ROOT
from tests.web.visits import visitor

BUDGET = 40 * 1024
"""Bytes after gzip, level 6, of HTML, styles and scripts of a phone page with ten questions on it."""

ASSETS = Assets(ROOT / "web/static")
NAMES = {url: name for name in ASSETS._files for url in [ASSETS.url(name)]}


def referenced(html: str) -> set[str]:
    """The static files that the page names, and what their scripts import, to the last."""
    modules = {bare: NAMES[url] for bare, url in re.findall(r'"([\w/-]+)":"(/static/[^"]+)"', ASSETS.import_map())}
    found = {NAMES[unquote(url)] for url in re.findall(r'(?:src|href)="(/static/[^"]+)"', html)}
    todo = [name for name in found if name.endswith(".js")]
    while todo:
        text = (ASSETS.root / todo.pop()).read_text(encoding="utf-8")
        news = {
            modules[bare] for bare in re.findall(r'^import (?:[^"]*? from )?"([\w/-]+)";', text, re.MULTILINE)
        } - found
        found |= news
        todo += news
    return found


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.browser
def test_the_phone_page_with_all_it_needs_is_small(browser, house):
    _, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    text = "Đường vào thôn hỏng từ mùa mưa năm ngoái, xe chở nông sản không vào được. Bao giờ thì xã sửa?"
    house.send(*[do.Ask(f"{number}. {text}") for number in range(10)], by=house.clerk)
    house.send(*[do.Approve(number) for number in range(1, 11)])
    with visitor(browser, house, cookie, java_script_enabled=False) as context:
        html = context.request.get(f"/d/{house.code}").text()
    sizes = {name: packed((ASSETS.root / name).read_bytes()) for name in referenced(html)} | {
        "the page": packed(html.encode())
    }
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{size:6} {name}")
    print(f"{sum(sizes.values()):6} together, of {BUDGET}")
    assert {"js/live/outbox.js", "js/lib/backoff.js", "vendor/idiomorph/idiomorph.min.js"} <= sizes.keys()
    assert sum(sizes.values()) <= BUDGET
