"""What a sign-in by the identity provider needs on its way there and back: a signed cookie of ten minutes."""

import hmac

from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from server.doors import cookies
from server.parts import parts

COOKIE = "provider"
LASTS = 600
"""Seconds for which somebody may be at the provider: to find a password, or wait for a code."""


class OnTheWay:
    """For a route: `request.session`, in a cookie of this browser's own. Alone it opens nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        settings = parts(connection).settings
        key = hmac.digest(connection.app.state.form_secret.encode(), b"on the way to the provider", "sha256").hex()
        name = cookies.full_name(settings, COOKIE)
        kept = SessionMiddleware(self.app, key, name, LASTS, same_site="lax", https_only=settings.https)
        await kept(scope, receive, send)
