"""Paper cards: a sheet of them to print, and what the code on one of them opens."""

import asyncio

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.cards import Card
from live.refusals import Refused
from live.seats import Audience, Seat
from live.sites import linked
from server.documents.paper_card import SHEET
from server.doors import access
from server.doors.csrf import checked_form
from server.doors.noting import noted
from server.pages import language_of, page, whole
from server.pages.live import entered
from server.pages.qr import qr
from server.parts import parts
from server.rooms import paper
from server.rooms.paper import MOST
from server.rooms.room import Room


async def show(request: Request) -> Response:
    """`/d/{code}/cards`: those not typed in yet; `?from=9` leaves out what is printed already."""
    room, seat = await entered(request, Audience.CLERK)
    return _sheet(request, room, seat, whole(request.query_params.get("from", "")) or 1)


async def reserve(request: Request) -> Response:
    """Reserve so many cards and show them, ready to print."""
    room, seat = await entered(request, Audience.CLERK)
    form = await checked_form(request)
    site = str(form.get("site", ""))
    reserved, why = await paper.reserve(room, whole(str(form.get("count", ""))) or SHEET, site, seat)
    first = reserved[0].number if reserved else len(room.dialogue.cards) + 1
    if isinstance(why, Refused):
        noted(why, room, seat, "print_card")
        return _sheet(request, room, seat, first, refused=why.say(language_of(request)))
    return RedirectResponse(f"/d/{room.code}/cards?from={first}", 303)


async def download(request: Request) -> Response:
    """`/d/{code}/cards.pdf`: the same as sheets to print and cut, two by four on A4."""
    room, seat = await entered(request, Audience.CLERK)
    first = whole(request.query_params.get("from", "")) or 1
    from server.documents.cards_pdf import cards_pdf  # noqa: PLC0415 - fonts and pictures: no start should wait for them

    cards = paper.printed(room, paper.unused(room, first, seat.site)[:MOST], parts(request).settings.public_url)
    if not cards:
        return RedirectResponse(f"/d/{room.code}/cards", 303)
    body = await asyncio.to_thread(cards_pdf, cards, str(room.dialogue.notice.title), demo=room.demo)
    headers = {"Content-Disposition": f'attachment; filename="phieu-{room.code}.pdf"', "Cache-Control": "no-store"}
    return Response(body, headers=headers, media_type="application/pdf")


async def opened(request: Request) -> Response:
    """`/d/{code}/card/{receipt}`: the question a card has become, or that it waits to be typed in."""
    room = await access.dialogue(request)
    receipt = request.path_params["receipt"].upper()
    if any(str(question.receipt).upper() == receipt for question in room.dialogue.questions.values()):
        return RedirectResponse(f"/r/{receipt}", 303)
    card = next((card for card in room.dialogue.cards.values() if str(card.receipt).upper() == receipt), None)
    if card is None:
        raise HTTPException(404)
    response = page(
        request, "cards/waiting.html", card=card, code=room.code, notice=room.dialogue.notice, demo=room.demo
    )
    response.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"})
    return response


def _sheet(request: Request, room: Room, seat: Seat, first: int, refused: str = "") -> Response:
    drawn = [(card, _code(request, room, card)) for card in paper.unused(room, first, seat.site)]
    response = page(
        request, "cards/sheet.html", 409 if refused else 200, cards=drawn, code=room.code, notice=room.dialogue.notice,
        demo=room.demo, refused=refused, most=MOST, sheet=SHEET, first=first, seat=seat,
        sites=linked(room.dialogue),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _code(request: Request, room: Room, card: Card) -> Markup:
    address = f"{parts(request).settings.public_url}/d/{room.code}/card/{card.receipt}"
    return qr(address, title=f"QR {card.receipt}", scale=3)
