"""The staff's own pages: all dialogues with the desks one may take, and the form for a new dialogue."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.dialogue import Dialogue
from live.refusals import Refused
from live.rulebook import Moment
from live.seats import Audience, Seat
from server import clock
from server.doors import access
from server.doors.csrf import checked_form
from server.pages import language_of, notice_form, page
from server.parts import parts
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
    """Every dialogue, the latest first, with a link to each desk that this person may take."""
    person = await access.somebody_of_staff(request)
    rows = await parts(request).journal.dialogues()
    return page(request, "staff/list.html", dialogues=rows, desks=desks_of(person), may_create=person.may("organiser"))


def desks_of(person: Staff) -> list[str]:
    return [name for name, roles in DESKS if not roles or person.may(*roles)]


async def form(request: Request) -> Response:
    await access.somebody_of_staff(request, "organiser")
    return page(request, "staff/new.html", said=notice_form.EMPTY, wrong="", refused="")


async def create(request: Request) -> Response:
    """A new draft under a fresh code; or the form again with what is wrong. Nothing is made of an unfit notice."""
    person = await access.somebody_of_staff(request, "organiser")
    said = notice_form.said_by(dict(await checked_form(request)))
    describe = notice_form.described(said)
    if isinstance(describe, str):
        return page(request, "staff/new.html", 422, said=said, wrong=describe, refused="")
    seat = Seat(f"staff:{person.id}", Audience.MODERATOR, name=person.name)
    tried = Dialogue().decide(describe, seat, Moment(clock.now()))
    if isinstance(tried, Refused):
        return page(request, "staff/new.html", 422, said=said, wrong="", refused=tried.say(language_of(request)))
    while True:
        code = clock.dialogue_code()
        try:
            await parts(request).rooms.create(code, describe, seat)
        except CodeTaken:
            continue
        return RedirectResponse(f"/d/{code}/desk", 303)
