"""The trial of a room, asked for by the secretary's capture page."""

from typing import Annotated

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from live.seats import Audience
from server.doors import access
from server.parts import parts
from server.rooms.ears import ear_name
from server.rooms.room_trial import begin, conclude, heard_since, measure, verdict


class Asked(msgspec.Struct):
    """Without `since`: begin. With it: measure what was heard from that sample on against the text."""

    text: Annotated[str, msgspec.Meta(max_length=4_000)] = ""
    since: Annotated[int, msgspec.Meta(ge=0)] | None = None


async def room_trial(request: Request) -> Response:
    """POST `/d/{code}/sound/{source}/trial`, while the source is recorded; 409 when it is not, or not yet heard."""
    room, seat = await access.dialogue(request), await access.seat(request, Audience.SECRETARY)
    here, source = parts(request), request.path_params["source"]
    if not access.origin_allowed(request):
        raise HTTPException(404)
    try:
        asked = msgspec.json.decode(await request.body(), type=Asked)
    except msgspec.MsgspecError as why:
        raise HTTPException(400) from why
    ear = next((one for one in here.listening.ears if one.name == ear_name(room.code, source)), None)
    if ear is None or not ear.connected or source not in room.dialogue.sources:
        return JSONResponse({"wants": "recording"}, 409)
    if asked.since is None:
        return JSONResponse({"since": await begin(here.listening, ear, seat)})
    lines = heard_since(room, source, asked.since)
    if not asked.text.split() or not lines:
        return JSONResponse({"wants": "words"}, 409)
    rate = measure(lines, asked.text)
    found = verdict(rate, here.settings.captions_good, here.settings.captions_poor)
    await conclude(here.listening, ear, seat, lines, rate, found)
    stopped = room.dialogue.captions_hidden and not room.dialogue.captions_hidden_by_trial
    return JSONResponse({"rate": round(rate, 3), "verdict": found.value, "stopped": stopped})
