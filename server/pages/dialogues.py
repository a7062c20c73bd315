"""The staff's own pages: all dialogues with the desks one may take, and the form for a new dialogue."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.commands import Describe
from live.dialogue import Dialogue
from live.notice import LIVE
from live.refusals import Refused
from live.rulebook import Moment
from live.seats import Audience, Seat
from live.template import arranged
from server import clock
from server.doors import access
from server.doors.csrf import checked_form
from server.doors.noting import form_refused
from server.pages import language_of, notice_form, page
from server.parts import parts
from server.rooms.room import Room
from server.rooms.turn import Accepted
from server.store.people import Staff
from server.store.problems import CodeTaken

DESKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("desk", ("moderator", "chair")),
    ("moderator", ("moderator",)),
    ("stage", ()),
    ("chair", ("chair",)),
    ("clerk", ("clerk",)),
    ("transcript", ("secretary",)),
    ("minutes", ("secretary", "chair")),
    ("agency", ("agency",)),
    ("sound", ("secretary", "moderator", "chair")),
)
"""The pages of a dialogue for staff, and whose they are; none named: anybody's on the staff."""


async def listed(request: Request) -> Response:
    """Every dialogue, what goes on first, then the latest, with a link to each desk that this person may take."""
    person = await access.somebody_of_staff(request)
    rows = sorted(await parts(request).journal.dialogues(), key=lambda row: row.state not in LIVE)
    return page(request, "staff/list.html", dialogues=rows, desks=desks_of(person), may_create=person.may("organiser"))


def desks_of(person: Staff) -> list[str]:
    return [name for name, roles in DESKS if not roles or person.may(*roles)]


async def form(request: Request) -> Response:
    """Empty; or, with `?from=CODE`, with the notice of that dialogue, without its day."""
    await access.somebody_of_staff(request, "organiser")
    pattern = await _pattern(request, request.query_params.get("from", ""))
    said = notice_form.EMPTY if pattern is None else notice_form.as_said(pattern.dialogue.notice) | {"starts_at": ""}
    return _form(request, said, pattern)


async def create(request: Request) -> Response:
    """A new draft under a fresh code; or the form again with what is wrong. Nothing is made of an unfit notice."""
    person = await access.somebody_of_staff(request, "organiser")
    fields = dict(await checked_form(request))
    pattern = await _pattern(request, str(fields.get("from", "")))
    said = notice_form.said_by(fields)
    describe = notice_form.described(said)
    if isinstance(describe, str):
        form_refused(request, describe)
        return _form(request, said, pattern, wrong=describe)
    seat = Seat(f"staff:{person.id}", Audience.MODERATOR, name=person.name)
    tried = Dialogue().decide(describe, seat, Moment(clock.now()))
    if isinstance(tried, Refused):
        form_refused(request, tried.code.value)
        return _form(request, said, pattern, refused=tried.say(language_of(request)))
    room = await _made(request, describe, seat)
    whole = pattern is None or await _arranged(room, pattern, seat)
    note = "" if pattern is None else f"?copied={pattern.code}" + ("" if whole else "&missing=1")
    return RedirectResponse(f"/d/{room.code}/desk{note}", 303)


async def _pattern(request: Request, code: str) -> Room | None:
    """The dialogue that the new one is made after. Raises HTTPException(404) for a code that is none."""
    if not code:
        return None
    room = await parts(request).rooms.get(code)
    if room is None:
        raise HTTPException(404)
    return room


def _form(
    request: Request, said: Mapping[str, str], pattern: Room | None, *, wrong: str = "", refused: str = ""
) -> Response:
    status = 422 if wrong or refused else 200
    return page(request, "staff/new.html", status, said=said, wrong=wrong, refused=refused, pattern=pattern)


async def _made(request: Request, describe: Describe, seat: Seat) -> Room:
    while True:
        with suppress(CodeTaken):
            made = await parts(request).rooms.create(clock.dialogue_code(), describe, seat)
            if isinstance(made, Room):
                return made
            raise HTTPException(503)  # tried above, so it is no refusal: the disk or the queue is full


async def _arranged(room: Room, pattern: Room, seat: Seat) -> bool:
    """Whether all that arranges `room` like its pattern was said; what could not be is as in any new dialogue."""
    answers = [
        await room.handle(command, replace(seat, audience=audience)) for audience, command in arranged(pattern.dialogue)
    ]
    return all(isinstance(answer, Accepted) for answer in answers)
