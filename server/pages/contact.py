"""How to reach somebody whose answer is owed in writing: for those who see to it, and never without an entry."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from live.contacts import reaches
from live.seats import Audience
from server.doors import access
from server.pages import page, whole
from server.parts import parts

DESKS = (Audience.MODERATOR, Audience.CHAIR, Audience.SECRETARY, Audience.AGENCY)


async def show(request: Request) -> Response:
    """`/d/{code}/contact/{number}`. The contact itself is on it once this member of staff has opened it by name."""
    room = await access.dialogue(request)
    person = await access.somebody_of_staff(request, *DESKS)
    seat = await access.seat(request, next(desk for desk in DESKS if person.may(desk)))
    question = room.dialogue.questions.get(whole(request.path_params["number"]) or 0)
    if question is None or not reaches(question, seat):
        raise HTTPException(404)
    asker = question.asker_seat
    left = await parts(request).people.contact(room.code, asker) if asker else None
    opened = seat.id in question.dossier.contact_seats
    response = page(
        request, "contact/show.html", code=room.code, notice=room.dialogue.notice, demo=room.demo, question=question,
        audience=seat.audience, left=left is not None, contact=left if opened else None,
        openings=question.dossier.contact_openings,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
