"""A slip for somebody without a phone: the number of what a clerk has just typed in, and where to follow it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from live.seats import Audience
from live.sites import not_here
from server.pages import page, whole
from server.pages.live import entered
from server.pages.qr import qr
from server.parts import parts


async def show(request: Request) -> Response:
    """`/d/{code}/slip/{number}`, for clerks; those of a linked site print for their own."""
    room, seat = await entered(request, Audience.CLERK)
    question = room.dialogue.questions.get(whole(request.path_params["number"]) or 0)
    # Whoever asked from a phone holds the receipt already, and nobody else shall.
    if question is None or not question.entered_by or not_here(question, seat):
        raise HTTPException(404)
    address = f"{parts(request).settings.public_url}/r/{question.receipt}"
    return page(
        request, "kiosk/slip.html", code=room.code, notice=room.dialogue.notice, demo=room.demo, question=question,
        qr=qr(address, title=f"QR {question.receipt}", scale=4), address=address.partition("://")[2],
    )  # fmt: skip
