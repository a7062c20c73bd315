"""Paper cards of a room: so many are reserved, one command each, and what is printed on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from live.cards import Card
from live.commands import PrintCard
from live.refusals import Refused
from live.seats import Audience, Seat
from server.documents.paper_card import PaperCard
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.rooms.turn import Busy

MOST = 200
"""Cards reserved at one go; more is another one."""

OPERATOR = Seat("operator", Audience.CLERK)
"""Whoever reserves cards from the command line; the journal says so."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the command line prints: the cards, for which dialogue, and why there are fewer than it asked for."""

    title: str
    demo: bool
    cards: list[PaperCard]
    refused: str = ""


async def sheet(rooms: Rooms, code: str, count: int, site: str, public_url: str) -> Sheet | None:
    """Reserve `count` cards, or take all that nobody has typed in when it is 0; None without such a dialogue."""
    room = await rooms.get(code)
    if room is None:
        return None
    reserved, why = await reserve(room, count, site, OPERATOR) if count else (unused(room), None)
    refused = {"vi": "", "en": ""}
    if isinstance(why, Refused):
        refused = {language: why.say(language) for language in refused}
    elif why is not None:
        refused = {"vi": "Máy chủ đang bận; hãy chạy lại.", "en": "The server is busy; run it again."}
    said = " / ".join(filter(None, refused.values()))
    return Sheet(str(room.dialogue.notice.title), room.demo, printed(room, reserved, public_url), said)


async def reserve(room: Room, count: int, site: str, seat: Seat) -> tuple[list[Card], Refused | Busy | None]:
    """The cards reserved, and why there are fewer than `count` where there are."""
    reserved: list[Card] = []
    for _ in range(min(count, MOST)):
        answer = await room.handle(PrintCard(site), seat)
        if isinstance(answer, Refused | Busy):
            return reserved, answer
        if answer.receipt is not None:
            reserved.append(room.dialogue.cards[answer.receipt["card"]])
    return reserved, None


def unused(room: Room, first: int = 1, site: str = "") -> list[Card]:
    """The cards from `first` on that nobody has typed in yet; of one site, where it is named."""
    left = (card for card in room.dialogue.cards.values() if card.number >= first and card.question is None)
    return [card for card in left if not site or str(card.site) == site]


def printed(room: Room, cards: Iterable[Card], public_url: str) -> list[PaperCard]:
    return [
        PaperCard(card.number, str(card.receipt), str(card.site), f"{public_url}/d/{room.code}/card/{card.receipt}")
        for card in cards
    ]
