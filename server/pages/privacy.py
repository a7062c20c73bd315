"""The full notice on personal data (law 91/2025/QH15); the forms show its short layer and keep its version."""

from starlette.requests import Request
from starlette.responses import Response

from server.pages import page

VERSION = "2026-11.2"
"""Changes with every change of web/templates/doors/privacy.html or of the consents in the join form."""


async def show(request: Request) -> Response:
    return page(request, "doors/privacy.html", version=VERSION)
