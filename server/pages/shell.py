"""What opens a citizen's page again without a network: the worker of the phone, and what its home screen shows.

Only phone pages and receipts are served so; `web/static/js/shell/` says what a phone keeps of them, and how long.
"""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from live.states import DialogueState
from server.doors import access
from server.doors.headers import of_a_copy
from server.parts import parts
from server.rooms.room import Room

WORKER = "/shell.js"
"""At the root, so that no header must widen what it may be asked to serve. Pages ask for /d/ and /r/ alone."""
PAPER = "#faf8f3"
"""The ground of the light pages (web/static/css/tokens.css), behind the icon until the page is there."""


async def worker(request: Request) -> Response:
    """The worker of this version; with DOITHOAI_SHELL=0 one that empties what phones keep and takes itself away."""
    here = parts(request)
    told = json.dumps({"version": here.render.version, "headers": of_a_copy()}, sort_keys=True)
    source = here.render.assets.content("js/shell/worker.js" if here.settings.shell else "js/shell/emptied.js")
    script = f"const shell={told};\n{source.decode()}"
    return Response(script, headers={"Cache-Control": "no-cache"}, media_type="text/javascript")


async def manifest(request: Request) -> Response:
    """`/d/{code}/manifest.webmanifest`: the dialogue on a home screen. Asked for without cookies, so in Vietnamese."""
    room = await access.dialogue(request)
    url = parts(request).render.assets.url
    told = {
        "id": f"/d/{room.code}",
        "start_url": f"/d/{room.code}",
        "scope": "/",
        "name": f"Đối Thoại: {room.dialogue.notice.title}",
        "short_name": "Đối Thoại",
        "lang": "vi",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": url("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": url("icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": url("icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": url("icon-whole-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    return JSONResponse(told, headers={"Cache-Control": "no-cache"}, media_type="application/manifest+json")


def keeps(request: Request, room: Room) -> bool:
    """Whether the phone may keep this page: nothing that a rehearsal wipes, and nothing on a machine of staff."""
    wiped = room.dialogue.state is DialogueState.REHEARSAL
    return parts(request).settings.shell and access.signed_in(request) is None and not wiped
