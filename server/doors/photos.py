"""Photos go in beside a question of one's own, and come out to those who may see them; to others none is there.

A clerk puts one beside what was entered at a desk: the paper itself, or what somebody brought to show.
"""

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from live.commands import AttachPhoto
from live.photos import photo_for, unattachable
from live.questions import Question
from live.refusals import Code, Refused, refuse
from live.seats import Audience, Seat
from server import clock
from server.doors import access, rehearsing, wire
from server.doors.limits import PHOTO
from server.doors.noting import noted
from server.pages import language_of, own_path, page, whole
from server.parts import parts
from server.photos.redrawing import LARGEST_MB, Redrawn
from server.rooms.room import Room
from server.rooms.turn import Accepted, Answer, Busy

LARGEST_BODY = 40_000_000
"""Bytes of a form that are read at all: well above what is taken, so that a large photo is refused in words."""


async def give(request: Request) -> Response:
    """POST `/d/{code}/photo/{question}`, a form with a file `photo`: beside a question of one's own.

    With `?as=clerk` from a clerk's seat, beside one that was entered at a desk; with `?as=rehearsal` from a phone of
    the rehearsal that is going on.
    """
    if not access.origin_allowed(request):
        raise HTTPException(404)
    room, question = await _question(request)
    seat = await access.seat_of_page(request, room, request.query_params.get("as", Audience.PHONE.value))
    at_desk = seat.audience is Audience.CLERK
    answer: Answer | None = unattachable(room.dialogue, question, seat, at_desk=at_desk)
    if answer is None and (wait := parts(request).limits.wait(PHOTO, f"{room.code} {seat.id}")):
        answer = Busy(int(wait * 1000))
    back = ""
    if answer is None:
        async with request.form(max_files=1, max_fields=10) as form:
            back, given = str(form.get("back", "")), form.get("photo")
            if isinstance(given, UploadFile) and (given.size or 0) <= LARGEST_MB * 1_000_000:
                answer = await _taken(request, room, question, seat, given)
            else:
                answer = refuse(Code.PHOTO_TOO_LARGE, limit=LARGEST_MB) if given else refuse(Code.NOT_A_PHOTO)
    page_of_seat = f"/d/{room.code}/clerk" if at_desk else f"/d/{room.code}#my-questions"
    return _answered(request, room, answer, own_path(back, page_of_seat))


async def show(request: Request) -> Response:
    """GET `/d/{code}/photo/{question}`, with `?small=1` the little one: for whoever may see it now."""
    room, question = await _question(request)
    digest = next((found for seat in await _seats(request, room) if (found := photo_for(question, seat))), "")
    small = "small" in request.query_params
    mark = f'"{digest[:24]}{"-small" if small else ""}"'
    if digest and request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"ETag": mark})
    picture = await parts(request).photos.find(room.stream.id, digest, small=small) if digest else None
    if picture is None:
        raise HTTPException(404)
    # Asked for anew each time, however often it was seen: what is hidden now must not come out of a cache.
    headers = {"ETag": mark, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    return Response(picture, headers=headers, media_type="image/jpeg")


async def _question(request: Request) -> tuple[Room, Question]:
    room = await access.dialogue(request)
    question = room.dialogue.questions.get(whole(request.path_params["question"]) or 0)
    if question is None:
        raise HTTPException(404)
    return room, question


async def _seats(request: Request, room: Room) -> list[Seat]:
    """From where this browser may look: as a citizen, as one who rehearses, as staff who read, and as a clerk."""
    person = await access.staff(request)
    seats = [await access.seat(request, Audience.PHONE), rehearsing.seat(request, room)]
    if person is not None and person.may(Audience.MODERATOR, Audience.CHAIR):
        seats.append(Seat(f"staff:{person.id}", Audience.MODERATOR))
    if person is not None and person.may(Audience.CLERK):
        seats.append(await access.seat(request, Audience.CLERK))
    return seats


async def _taken(request: Request, room: Room, question: Question, seat: Seat, file: UploadFile) -> Answer:
    here = parts(request)
    redrawn = await here.redrawing.redraw(file.read)
    if not isinstance(redrawn, Redrawn):
        return noted(redrawn, room, seat, "attach_photo")
    digest = await here.photos.keep(room.stream.id, redrawn.large, redrawn.small, clock.now())
    command = AttachPhoto(question.number, digest, at_desk=seat.audience is Audience.CLERK)
    attached = await room.handle(command, Seat(seat.id, Audience.MACHINE, rehearsing=seat.rehearsing))
    if isinstance(attached, Refused):  # closed meanwhile, say: what no entry names is not kept
        await here.photos.let_go(room.stream.id, digest)
    return noted(attached, room, seat, "attach_photo")


def _answered(request: Request, room: Room, answer: Answer, back: str) -> Response:
    language = language_of(request)
    status = 200 if isinstance(answer, Accepted) else 409 if isinstance(answer, Refused) else 503
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(wire.answer(None, answer, language), status)
    if isinstance(answer, Accepted):
        return RedirectResponse(back, 303)
    say = answer.say(language) if isinstance(answer, Refused) else None
    return page(request, "phone/photo_refused.html", status, say=say, code=room.code, back=back, here=back)
