"""Static files. Their address holds the version of the tree, so a browser may keep them for ever."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from server.rooms.assets import Assets

_FOR_EVER = "public, max-age=31536000, immutable"


def static(assets: Assets) -> Callable[[Request], Awaitable[Response]]:
    """Serve the files that were there at the start, and only those. An old version gets the present file, unkept."""

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        try:
            assets.url(name)
        except LookupError as why:
            raise HTTPException(404) from why
        kept = request.path_params["version"] == assets.version
        return FileResponse(assets.root / name, headers={"Cache-Control": _FOR_EVER if kept else "no-cache"})

    return file
