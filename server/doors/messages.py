"""Text messages, handed in by an SMS gateway of the province: `POST /d/{code}/message`, with the dialogue's secret.

The gateway sends what we answer back to the sender: plain text, the receipt or the sentence why not. Its id of the
message is the op, so whatever it hands in twice is one question, with one answer.
"""

import hashlib
import hmac
import re

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from live.commands import Ask
from live.refusals import Refused
from live.seats import Audience, Seat
from server import clock
from server.doors import access
from server.doors.csrf import form_of
from server.doors.noting import noted
from server.parts import parts
from server.rooms.room import FULL_MS, Room
from server.rooms.turn import Accepted, Answer, Busy
from server.store.people import Joining

LONGEST_ID = 200
"""Characters of a gateway's id of a message."""
UNREADABLE = "\ufffd"
"""Stands where the bytes of a form were no letters of UTF-8."""
_NUMBER = re.compile(r"\+?[0-9]{3,15}\Z")
_BLANKS = re.compile(r"[\s.()-]+")
_AT_HOME = re.compile(r"(?:\+84|0084|84|0)([1-9][0-9]{7,9})\Z")
"""A number of the country's own, as gateways write it: with the prefix for abroad, for the land, or without a plus."""
INCOMPLETE = (
    "Cổng tin nhắn cần gửi ba trường from (số điện thoại), id (mã tin nhắn, tối đa 200 ký tự) và text. Chưa nhận gì. / "
    "A gateway sends three fields: from (a number), id (of the message, up to 200 characters) and text. Nothing taken."
)
GARBLED = (
    "Chữ của tin nhắn không phải UTF-8 nên không đọc được. Chưa nhận gì; hãy sửa bảng mã của cổng rồi gửi lại. / "
    "The words are not in UTF-8 and cannot be read. Nothing taken; mend the gateway's encoding and send again."
)
BUSY = "Hệ thống đang bận, tin nhắn chưa được nhận. Xin gửi lại sau một phút."
log = structlog.get_logger()


async def message(request: Request) -> Response:
    """Take one message. 200 with the receipt, 409 with the sentence why not, 400 for what is no message, 503: again."""
    room = await access.dialogue(request)
    await _let_in(request, room)
    body = await request.body()
    fields = {key: value for key, value in (await form_of(request)).items() if isinstance(value, str)}
    number, known_as, text = _number(fields.get("from", "")), fields.get("id", ""), fields.get("text", "")
    if not number or not 0 < len(known_as) <= LONGEST_ID:
        log.info("message_incomplete", dialogue=room.code)
        return PlainTextResponse(INCOMPLETE, 400)
    if UNREADABLE in text or not _in_utf8(request, body):
        log.info("message_garbled", dialogue=room.code)
        return PlainTextResponse(GARBLED, 400)
    seat = await _seat(request, room, number)
    answer = await _taken(request, room, seat, Ask(text=text), known_as)
    if isinstance(answer, Busy):
        return PlainTextResponse(BUSY, 503, {"Retry-After": "60"})
    if isinstance(answer, Refused):
        return PlainTextResponse(answer.say("vi"), 409)
    return PlainTextResponse(_receipt(answer, parts(request).settings.public_url))


def _in_utf8(request: Request, body: bytes) -> bool:
    """Whether nothing had to be guessed: escaped forms are ASCII, and bytes as they are must be letters of UTF-8."""
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return body.isascii()
    try:
        return bool(body.decode())
    except UnicodeDecodeError:
        return False


def _number(said: str) -> str:
    """The sender's number, written one way: who is known by it is one sender. Empty when it is none."""
    number = _BLANKS.sub("", said)
    if own := _AT_HOME.match(number):
        return f"+84{own[1]}"
    return number if _NUMBER.match(number) else ""


async def _let_in(request: Request, room: Room) -> None:
    """Raises HTTPException(404) for whoever has not the secret: as if nothing were here."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not await parts(request).gateways.opens(room.code, secret.strip()):
        raise HTTPException(404)


async def _seat(request: Request, room: Room, number: str) -> Seat:
    """The sender's, the same for each message of theirs; the number lies with it as other contacts do."""
    people = parts(request).people
    token = hmac.digest(request.app.state.form_secret.encode(), f"message from {number}".encode(), "sha256").hex()
    while (taken := await people.seat(room.code, token)) is None:
        await people.take_seat(room.code, token, Joining("", "", contact=number, contact_consent=True), clock.now())
    return Seat(taken.id, Audience.PHONE, by_message=True)


async def _taken(request: Request, room: Room, seat: Seat, ask: Ask, known_as: str) -> Answer:
    if room.full:
        return Busy(FULL_MS)
    if wait := parts(request).limits.command(room.code, seat):
        return Busy(int(wait * 1000))
    op = f"message {hashlib.sha256(known_as.encode()).hexdigest()}"
    return noted(await room.handle(ask, seat, op), room, seat, "ask")


def _receipt(answer: Accepted, public_url: str) -> str:
    got = answer.receipt or {}
    return (
        f"Đã nhận câu hỏi số {got['number']}. Mã phiếu {got['code']}. Xem câu hỏi ra sao: {public_url}{got['url']} "
        "hoặc đọc số này cho cán bộ nhập câu hỏi."
    )
