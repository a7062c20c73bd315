"""Paper cards at the clerk's desk: a sheet to print, and what a card's code opens before and after it is typed in."""

from live import commands as do
from live.states import Channel, DialogueState
from tests.cast import CLERK, MODERATOR
from tests.server.pages.forms import keeping, send
from tests.visitors import browser, citizen_cookie, staff_cookie


def printed(served, count):
    with keeping(served, staff_cookie(served, "clerk")) as client:
        return send(client, "/d/TEST01/cards", count=str(count), site="Điểm cầu Ea Tul")


def test_a_sheet_is_reserved_and_shows_each_card_with_its_own_receipt(served, room):
    answer = printed(served, 3)
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/TEST01/cards?from=1")
    receipts = {str(card.receipt) for card in room.dialogue.cards.values()}
    assert len(receipts) == 3
    with browser(served, staff_cookie(served, "clerk", login="another")) as client:
        sheet = client.get("/d/TEST01/cards").text
        assert all(receipt in sheet for receipt in receipts)
        assert sheet.count("<svg") == 3
        assert "Điểm cầu Ea Tul" in sheet
        assert client.get("/d/TEST01/cards?from=3").text.count("<svg") == 1


def test_cards_are_for_clerks_and_printed_before_the_evening_or_in_it(served, room):
    for cookie in (citizen_cookie(served, "Hạnh"), ""):
        with browser(served, cookie) as client:
            assert client.get("/d/TEST01/cards").status_code == 404
    closing = (do.MoveDialogue(DialogueState.CLOSING), do.MoveDialogue(DialogueState.CLOSED))
    for command in closing:
        served.run(room.handle(command, MODERATOR))
    assert printed(served, 1).status_code == 409
    assert room.dialogue.cards == {}


def test_the_code_on_a_card_says_that_it_waits_and_later_what_became_of_it(served, room):
    printed(served, 1)
    receipt = str(room.dialogue.cards[1].receipt)
    with browser(served) as citizen:
        assert "chưa được nhập" in citizen.get(f"/d/TEST01/card/{receipt.lower()}").text
        assert citizen.get("/d/TEST01/card/NOBODYS").status_code == 404
        typed = citizen.get(f"/r/{receipt.lower()}")
        assert (typed.status_code, typed.headers["location"]) == (303, f"/d/TEST01/card/{receipt}"), "the same words"
        served.run(room.handle(do.Ask("Đường hỏng", channel=Channel.HALL_CARD, card=1), CLERK))
        followed = citizen.get(f"/d/TEST01/card/{receipt}")
        assert followed.headers["location"] == f"/r/{receipt}"
        assert "Đường hỏng" in citizen.get(f"/r/{receipt}").text


def test_no_other_page_reserves_cards_through_the_browser_of_a_clerk(served, room):
    cookie = staff_cookie(served, "clerk")
    with browser(served, cookie, Origin="https://example.org") as client:
        assert client.post("/d/TEST01/cards", data={"count": "2"}).status_code == 403
    with browser(served, cookie) as client:
        assert client.post("/d/TEST01/cards", data={"count": "2"}).status_code == 403
    assert room.dialogue.cards == {}
