"""The desk of one dialogue: its notice, and its life from draft to archive, moved by people and never by the clock."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.commands import Command, MoveDialogue
from live.notice import BACKWARD, ways
from live.publishing import overdue
from live.refusals import Refused
from live.seats import Audience, Seat
from live.states import DialogueState
from live.texts import clean
from server import clock
from server.doors import access, rehearsing
from server.doors.csrf import checked_form
from server.doors.noting import form_refused, noted
from server.naming import snake
from server.pages import language_of, notice_form, page, rehearsal
from server.pages.dialogues import desks_of
from server.pages.qr import qr
from server.pages.sound import kept
from server.parts import parts
from server.rooms.room import Room
from server.rooms.turn import Accepted

S = DialogueState
NEXT = {
    S.DRAFT: S.ANNOUNCED,
    S.ANNOUNCED: S.OPEN,
    S.REHEARSAL: S.READY,
    S.READY: S.OPEN,
    S.PAUSED: S.OPEN,
    S.CLOSING: S.CLOSED,
    S.MINUTES_SIGNED: S.PUBLISHED,
    S.PUBLISHED: S.FOLLOWING_UP,
    S.FOLLOWING_UP: S.ARCHIVED,
}
"""The usual next step, which is the biggest button; from CLOSED it is signing, on the page of the minutes.

None while the evening goes on: what ends it must not be what the eye meets first.
"""
CODE_LIMIT = 40
"""Characters of a dialogue's code; the name of the pattern comes back in the address."""


async def show(request: Request) -> Response:
    room = await access.dialogue(request)
    await _seat(request)
    return await _page(request, room, notice_form.as_said(room.dialogue.notice))


async def change(request: Request) -> Response:
    """Correct the notice (`do` = describe) or move the dialogue along (`do` = move)."""
    room = await access.dialogue(request)
    seat = await _seat(request)
    fields = await checked_form(request)
    said = notice_form.as_said(room.dialogue.notice)
    if fields.get("do") == "describe":
        said = notice_form.said_by(dict(fields))
    command = _command(fields, said)
    if isinstance(command, str):
        form_refused(request, command)
        return await _page(request, room, said, wrong=command)
    answer = noted(await room.handle(command, seat), room, seat, snake(type(command)))
    if isinstance(answer, Accepted):
        done = "moved" if isinstance(command, MoveDialogue) else "saved"
        return RedirectResponse(f"/d/{room.code}/desk?done={done}", 303)
    if isinstance(answer, Refused):
        return await _page(request, room, said, refused=answer.say(language_of(request)))
    raise HTTPException(503, headers={"Retry-After": "1"})


def _command(fields: FormData, said: Mapping[str, str]) -> Command | str:
    if fields.get("do") == "describe":
        return notice_form.described(said)
    to = {state.value: state for state in DialogueState}.get(str(fields.get("to", "")))
    if to is None:
        raise HTTPException(400)
    return MoveDialogue(to, str(fields.get("reason", "")))


async def _seat(request: Request) -> Seat:
    """The seat of whoever may move dialogues: the moderator's, else the chair's."""
    person = await access.somebody_of_staff(request, "moderator", "chair")
    audience = Audience.MODERATOR if person.may("moderator") else Audience.CHAIR
    return Seat(f"staff:{person.id}", audience, name=person.name)


async def _page(
    request: Request, room: Room, said: Mapping[str, str], *, wrong: str = "", refused: str = ""
) -> Response:
    person = await access.somebody_of_staff(request)
    state = room.dialogue.state
    key = rehearsing.key(request, room)
    link = rehearsal.address(request, room.code, key) if key else ""
    moves = sorted(ways(room.dialogue), key=lambda to: (to is not NEXT.get(state), list(S).index(to)))
    waiting = sum(question.waiting for question in room.dialogue.questions.values())
    late = {S.PUBLISHED} if overdue(room.dialogue, clock.now()) else set()
    explained = late | {to for to in moves if (state, to) in BACKWARD}
    return page(
        request,
        "staff/desk.html",
        422 if wrong or refused else 200,
        code=room.code,
        disk=parts(request).listening.disk() if parts(request).settings.sound else None,
        kept=await kept(parts(request)),
        demo=room.demo,
        notice=room.dialogue.notice,
        state=state.value,
        moves=[to.value for to in moves if to not in explained],
        with_reason=[to.value for to in moves if to in explained],
        next="" if waiting and state is S.CLOSING else NEXT.get(state, ""),
        waiting=waiting,
        desks=desks_of(person),
        said=said,
        wrong=wrong,
        refused=refused,
        done=request.query_params.get("done", ""),
        copied=clean(request.query_params.get("copied", ""))[:CODE_LIMIT],
        missing=bool(request.query_params.get("missing")),
        rehearsal=link,
        rehearsal_qr=qr(link, title=f"QR {room.code}") if link else "",
    )
