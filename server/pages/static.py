"""Static files. Their address holds the version of the tree, so a browser may keep them for ever."""

import mimetypes
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.rooms.assets import Assets

_FOR_EVER = "public, max-age=31536000, immutable"
_TEXT = ("text/", "image/svg")
"""Kinds that become smaller; fonts are packed already."""


def static(assets: Assets) -> Callable[[Request], Awaitable[Response]]:
    """Serve the files that were there at the start, and only those. An old version gets the present file, unkept."""

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        try:
            content = assets.content(name)
        except LookupError as why:
            raise HTTPException(404) from why
        kept = request.path_params["version"] == assets.version
        headers = {"Cache-Control": _FOR_EVER if kept else "no-cache", "Vary": "Accept-Encoding"}
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith(_TEXT) and "gzip" in request.headers.get("accept-encoding", ""):
            content = assets.packed(name)
            headers["Content-Encoding"] = "gzip"
        return Response(content, headers=headers, media_type=kind)

    return file
