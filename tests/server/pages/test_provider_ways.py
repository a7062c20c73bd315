"""Ways to the provider that cross: pressed again and again, or sent back by somebody else's page."""

import pytest

from tests.server.pages.test_provider import WAY, binh, left, returning, served, tinh
from tests.visitors import browser

__all__ = ["binh", "served", "tinh"]
pytestmark = pytest.mark.slow
MOST = 4096
"""Bytes of a cookie, name and value, above which browsers keep the one before (RFC 6265bis, 5.6)."""


def test_whoever_presses_again_and_again_comes_in_all_the_same(served, binh):
    with browser(served) as person:
        ways = [left(person) for _ in range(8)]
        kept = sum(len(name) + len(value) for name, value in person.cookies.items() if name == "provider")
        assert 0 < kept <= MOST
        assert person.get(returning(ways[-1], "binh")).status_code == 303


@pytest.mark.parametrize("forged", ["", "?error=access_denied", "?state=made-up&code=x", "?state=", "?error=x&state=_"])
def test_a_page_of_others_ends_nobodys_way(served, binh, forged):
    with browser(served) as person:
        way = left(person, "/d/TEST01/moderator")
        assert person.get(f"{WAY}/back{forged}").status_code == 403
        answer = person.get(returning(way, "binh"))
        assert (answer.status_code, answer.headers["location"]) == (303, "/d/TEST01/moderator")
