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
"""Bytes after gzip of HTML, styles and scripts of a phone page with ten questions on it."""
REQUESTS = 8
"""With the page itself: six go at once over HTTP/1.1, and each round more is a wait of its own."""

ASSETS = Assets(ROOT / "web/static")


def referenced(html: str) -> set[str]:
    """The static files that the page names. Its scripts come as one: whatever they import is in it."""
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    return {unquote(url).removeprefix(f"/static/{ASSETS.version}/") for url in found}


@pytest.mark.browser
def test_the_phone_page_with_all_it_needs_is_small(browser, house):
    _, cookie = house.citizen("Trần Thị Hạnh", "xã Ea Mô")
    text = "Đường vào thôn hỏng từ mùa mưa năm ngoái, xe chở nông sản không vào được. Bao giờ thì xã sửa?"
    house.send(*[do.Ask(f"{number}. {text}") for number in range(10)], by=house.clerk)
    house.send(*[do.Approve(number) for number in range(1, 11)])
    with visitor(browser, house, cookie, java_script_enabled=False) as context:
        html = context.request.get(f"/d/{house.code}").text()
        afterwards = [
            context.request.get(path).body() for path in ("/shell.js", f"/d/{house.code}/manifest.webmanifest")
        ]
    sizes = {name: len(ASSETS.packed(name)) for name in referenced(html)} | {
        "the page": len(gzip.compress(html.encode()))
    }
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{size:6} {name}")
    print(f"{sum(sizes.values()):6} together, of {BUDGET}")
    assert {"js/site+phone.js", "vendor/idiomorph/idiomorph.min.js"} <= sizes.keys()
    assert len(sizes) <= REQUESTS
    # Fetched once the page is there and idle, so no wait of the first view; what they weigh is paid for all the same.
    assert sum(sizes.values()) + sum(len(gzip.compress(one)) for one in afterwards) <= BUDGET
