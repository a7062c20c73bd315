"""Whether a dialogue is being recorded now, for pages that are not live."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from live.looks import recorded
from server.doors import access


async def now(request: Request) -> Response:
    """`/d/{code}/recording`, for whoever may see the dialogue; asked by js/recorded.js."""
    room = await access.dialogue(request)
    return JSONResponse({"recording": recorded(room.dialogue)}, headers={"Cache-Control": "no-store"})
