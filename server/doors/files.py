"""Sound and film files from staff, in pieces that a cut cannot undo."""

from typing import Annotated

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.doors import access
from server.doors.recorders import recorder
from server.parts import parts
from server.rooms.given_file import GivenFile
from transcription.problems import Problem


class Begun(msgspec.Struct):
    """What a page knows of the file before it sends any of it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    size: Annotated[int, msgspec.Meta(ge=0, le=1 << 50)]
    modified: Annotated[int, msgspec.Meta(ge=-(1 << 50), le=1 << 50)] = 0


async def begin(request: Request) -> Response:
    """POST `/d/{code}/sound/{source}/file`: name, size and date of a file; the answer says from where to send it."""
    room, seat = await access.dialogue(request), await recorder(request)
    _ours(request)
    source = request.path_params["source"]
    if not source.isidentifier() or len(source) > 40:
        raise HTTPException(404)
    try:
        begun = msgspec.json.decode(await request.body(), type=Begun)
    except msgspec.MsgspecError as why:
        raise HTTPException(400) from why
    try:
        given = await parts(request).given.begin(room, source, seat, begun.name, begun.size, begun.modified)
    except Problem as problem:
        return JSONResponse({"stage": "failed", "vi": problem.vi, "en": problem.en}, 409)
    return JSONResponse(given.told)


async def piece(request: Request) -> Response:
    """PUT `/d/{code}/file/{id}?at=0`: the next bytes. 409 with the same answer when they do not join what is here."""
    given = await _given(request)
    _ours(request)
    at = request.query_params.get("at", "")
    known = at.isascii() and at.isdigit() and len(at) < 16
    taken = known and await parts(request).given.take(given, int(at), await request.body())
    return JSONResponse(given.told, 200 if taken else 409)


async def state(request: Request) -> Response:
    """GET `/d/{code}/file/{id}`: how far it is."""
    return JSONResponse((await _given(request)).told)


async def cancel(request: Request) -> Response:
    """DELETE `/d/{code}/file/{id}`: stop, and forget the file."""
    given = await _given(request)
    _ours(request)
    await parts(request).given.cancel(given)
    return JSONResponse(given.told)


async def _given(request: Request) -> GivenFile:
    room = await access.dialogue(request)
    await recorder(request)
    given = parts(request).given.get(room.code, request.path_params["id"])
    if given is None:
        raise HTTPException(404)
    return given


def _ours(request: Request) -> None:
    if not access.origin_allowed(request) or not parts(request).listening.here:
        raise HTTPException(404)
