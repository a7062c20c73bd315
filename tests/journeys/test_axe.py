"""Every page for everybody: axe-core finds nothing, nothing sticks out of a narrow screen, no script complains.

A page that is added to server/routes.py and not to ADDRESSES fails the first test.
"""

import pytest
from starlette.routing import Route

from live.written import OWED
from tests.journeys.for_everybody import (
    AXE,
    CITIZEN,
    LET_GO,
    STAFF,
    STRANGER,
    demo,
    findings,
    stick_out,
    visitors,
)
from tests.journeys.hall import LIVE
from tests.serving import Served

__all__ = ["demo", "visitors"]  # fixtures, found by their names
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

NOT_PAGES = {
    "/d/{code}/notice.txt", "/d/{code}/transcript.{kind}", "/d/{code}/minutes.docx", "/d/{code}/record.docx",
    "/d/{code}/sound/{source}.wav", "/d/{code}/feed", "/d/{code}/file/{id}", "/healthz", "/readyz", "/metrics",
    "/static/{version}/{name:path}", "/d/{code}/cards.pdf", "/d/{code}/photo/{question}", "/d/{code}/readings.json",
    "/d/{code}/recording", "/d/{code}/manifest.webmanifest", "/shell.js", "/sign-in/provider", "/sign-in/provider/back",
}  # fmt: skip
"""What GET answers with something else than a page."""
ADDRESSES = [
    (STRANGER, "/", "/"),
    (STRANGER, "/sign-in", "/sign-in"),
    (STAFF, "/staff", "/staff"),
    (STAFF, "/staff/new", "/staff/new"),
    (STAFF, "/staff/people", "/staff/people"),
    (STRANGER, "/privacy", "/privacy"),
    (STRANGER, "/r/{receipt}", "/r/{receipt}"),
    (CITIZEN, "", "/r/{receipt}"),
    (STRANGER, "/r/{receipt}/check", "/r/{receipt}/check"),
    (STRANGER, "/d/{code}/card/{receipt}", "/d/DEMO/card/{receipt}"),
    (STAFF, "/d/{code}/cards", "/d/DEMO/cards"),
    (STAFF, "/d/{code}/gateway", "/d/DEMO/gateway"),
    (STRANGER, "/d/{code}", "/d/DEMO"),
    (STRANGER, "/d/{code}/overlay", "/d/DEMO/overlay"),
    (STRANGER, "/d/{code}/reckoning", "/d/DEMO/reckoning"),
    (STAFF, "/d/{code}/closing", "/d/DEMO/closing"),
    (CITIZEN, "/d/{code}", "/d/DEMO"),
    (STRANGER, "/d/{code}", "/d/SAPTOI"),
    (STAFF, "/d/{code}/stage", "/d/DEMO/stage"),
    (STAFF, "/d/{code}/contact/{number}", "/d/DEMO/contact/{owed}"),
    (STAFF, "/d/{code}/synthesis", "/d/DEMO/synthesis"),
    (STRANGER, "/d/{code}/rehearsal/{key}", "/d/DEMO/rehearsal/over"),
    (STAFF, "/d/{code}/sites", "/d/DEMO/sites"),
    (STAFF, "/d/{code}/site/{site}/stage", "/d/DEMO/site/1/stage"),
    (STRANGER, "/d/{code}/site/{site}", "/d/DEMO/site/1"),
    (STRANGER, "/d/{code}/kiosk", "/d/DEMO/kiosk"),
    (STRANGER, "/d/{code}/kiosk", "/d/DEMO/kiosk?look=1"),
    (STAFF, "/d/{code}/slip/{number}", "/d/DEMO/slip/37"),
    (STRANGER, "/d/{code}/notice", "/d/DEMO/notice"),
    (STRANGER, "/d/{code}/join", "/d/DEMO/join"),
    (STAFF, "/d/{code}/desk", "/d/DEMO/desk"),
    (STAFF, "/d/{code}/desk", "/d/DAXONG/desk"),
    (STAFF, "/d/{code}/moderator", "/d/DEMO/moderator"),
    (STAFF, "/d/{code}/moderator", "/d/DEMO/moderator?question=40&open=edit"),
    (STAFF, "/d/{code}/chair", "/d/DEMO/chair"),
    (STAFF, "/d/{code}/clerk", "/d/DEMO/clerk"),
    (STAFF, "/d/{code}/agency", "/d/DEMO/agency"),
    (STAFF, "/d/{code}/sound", "/d/DEMO/sound"),
    (STAFF, "/d/{code}/transcript", "/d/DEMO/transcript"),
    (STAFF, "/d/{code}/transcript", "/d/DEMO/transcript?line=1"),
    (STAFF, "/d/{code}/readings", "/d/DAXONG/readings"),
    (STAFF, "/d/{code}/readings", "/d/DEMO/readings?source=hall&reading=1&all=1"),
    (STAFF, "/d/{code}/minutes", "/d/DEMO/minutes"),
    (STAFF, "/d/{code}/minutes", "/d/DAXONG/minutes"),
    (STRANGER, "/d/{code}/record", "/d/DAXONG/record"),
    (STRANGER, "/commitments", "/commitments"),
    (STRANGER, "", "/there/is/no/such/page"),
]
"""Who looks, the route, and the address."""


def test_every_page_is_in_the_list(demo):
    routes = {route.path for route in demo.app.routes if isinstance(route, Route) and "GET" in (route.methods or ())}
    assert routes - NOT_PAGES == {route for _, route, _ in ADDRESSES if route}


def filled(address: str, demo: Served, receipt: str) -> str:
    """With the receipt that was given, and a question whose answer is owed in writing."""
    room = demo.run(demo.parts.rooms.get("DEMO"))
    assert room is not None
    owed = next(question.number for question in room.dialogue.questions.values() if question.state in OWED)
    return address.replace("{receipt}", receipt).replace("{owed}", str(owed))


@pytest.mark.parametrize("who, address", [(who, address) for who, _, address in ADDRESSES])
def test_a_page_is_for_everybody(visitors, demo, who, address):
    hall, windows, receipt = visitors
    hall.complaints.clear()
    page = windows[who].new_page()
    try:
        answer = page.goto(filled(address, demo, receipt))
        assert answer is not None
        if "no/such" not in address:
            assert answer.ok, f"{address} was answered with {answer.status}"
            assert hall.complaints == []
        if page.locator("#live").count():
            page.wait_for_function(LIVE)
        page.evaluate(AXE)
        page.evaluate(LET_GO)
        assert findings(page) == []
    finally:
        page.close()


def test_english_fits_a_narrow_screen_too(visitors, demo):
    _, windows, receipt = visitors
    found = []
    for who, _, address in ADDRESSES:
        windows[who].add_cookies([{"name": "lang", "value": "en", "url": demo.url}])
        page = windows[who].new_page()
        page.goto(filled(address, demo, receipt))
        assert page.locator("html").get_attribute("lang") == "en"
        found += [f"{address} {part}" for part in stick_out(page)]
        page.close()
    for window in windows.values():
        window.clear_cookies(name="lang")
    assert found == []
