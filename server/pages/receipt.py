"""What became of one question, in plain words, for whoever holds its receipt; and the proof that it is in the log."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.entries import QuestionReceived
from live.mine import my_question
from live.notice import LIVE
from live.questions import REVIEWABLE, Question
from live.seats import Audience, Seat
from live.states import DialogueState
from live.suspensions import my_suspension
from server import clock, keys
from server.doors import cookies
from server.doors.similar import for_asker
from server.pages import page, shell
from server.pages.commitments import Promise, promises_of
from server.parts import Parts, parts
from server.rooms.room import Room
from server.store.journal import Proof

TYPES_IN = LIVE | {DialogueState.ANNOUNCED, DialogueState.READY}
"""When a paper card may still wait for a clerk."""


async def show(request: Request) -> Response:
    """`/r/{receipt}`."""
    found = await _found(request)
    if found:
        return await _drawn(request, *found, None)
    return await _card(request) or _unknown(request)


async def check(request: Request) -> Response:
    """`/r/{receipt}/check`: the same page with the proof, computed now from what lies on disk."""
    found = await _found(request)
    if not found:
        return _unknown(request)
    room, question = found
    proof, holds = await _proof(parts(request), room, question)
    return await _drawn(request, room, question, proof, holds=holds)


async def _found(request: Request) -> tuple[Room, Question] | None:
    here = parts(request)
    found = await here.journal.receipt(request.path_params["receipt"].strip().upper())
    room = await here.rooms.get(found[0].code) if found else None
    question = room.dialogue.questions.get(found[1]) if room and found else None
    return (room, question) if room and question else None


async def _card(request: Request) -> Response | None:
    """To the page of the paper card with this receipt that waits to be typed in; None where there is none."""
    here, code = parts(request), request.path_params["receipt"].strip().upper()
    for row in await here.journal.dialogues():
        room = await here.rooms.get(row.code) if row.state in TYPES_IN else None
        if room and any(str(card.receipt).upper() == code for card in room.dialogue.cards.values()):
            return RedirectResponse(f"/d/{room.code}/card/{code}", 303)
    return None


def _unknown(request: Request) -> Response:
    """Mistyped, or a paper card of a dialogue that is over: what to do about either."""
    typed = request.path_params["receipt"].strip().upper()[:40]
    response = page(request, "receipt/unknown.html", 404, typed=typed)
    response.headers.update({"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
    return response


async def _drawn(
    request: Request, room: Room, question: Question, proof: Proof | None, *, holds: bool = False
) -> Response:
    seat = await _seat(request, room)
    own = bool(seat.id) and question.seat == seat.id
    into = room.dialogue.questions.get(question.merged_into) if question.merged_into else None
    response = page(
        request, "receipt/show.html", one=my_question(room.dialogue, question), question=question,
        code=room.code, notice=room.dialogue.notice, demo=room.demo, proof=proof, holds=holds,
        own=own, op=clock.secret(), supported=await room.supported_by(seat.id) if own else (),
        found=await for_asker(request, room, seat, str(question.text)) if own and question.state in REVIEWABLE else [],
        into=my_question(room.dialogue, into) if into and into.public else None,
        suspension=my_suspension(room.dialogue, question.seat),
        promises=_promised(room, {question.number, question.merged_into}),
        shell=proof is None and shell.keeps(request, room),
    )  # fmt: skip
    # The address is the only key to it: it must not travel in a Referer, nor stay in a cache or an index.
    response.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"})
    return response


def _promised(room: Room, numbers: set[int | None]) -> list[Promise]:
    """What was promised about the question and read back to the hall: no draft of a promise goes out of the desk."""
    promises = promises_of(room.dialogue, room.code, clock.now())
    return [one for one in promises if one.card.read_back and one.card.question in numbers - {None}]


async def _seat(request: Request, room: Room) -> Seat:
    """Who this very browser is in the dialogue: whoever asked may take back, add and appeal from here."""
    token = cookies.secret(request, parts(request).settings, "seat")
    seat = await parts(request).people.seat(room.code, token) if token else None
    return Seat(seat.id if seat else "", Audience.PHONE)


async def _proof(here: Parts, room: Room, question: Question) -> tuple[Proof, bool]:
    for entry in await here.journal.entries(room.stream.id):
        # By receipt and not by number: a number of a rehearsal is given again afterwards.
        if isinstance(entry.fact, QuestionReceived) and entry.fact.receipt == question.receipt:
            proof = await here.journal.proof(room.stream.id, entry.n)
            return proof, proof.holds(keys.signing_key(here.settings).public_key())
    raise HTTPException(404)
