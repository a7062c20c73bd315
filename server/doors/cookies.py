"""Cookies: secrets of 43 letters, unreadable for scripts, bound to this host. A broken one is no cookie."""

import re

import structlog
from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.settings import Settings

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}\Z")
log = structlog.get_logger()


def full_name(settings: Settings, name: str) -> str:
    """Over TLS the prefix binds a cookie to exactly this host (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{name}" if settings.https else name


def secret(connection: HTTPConnection, settings: Settings, name: str) -> str | None:
    """The secret in a cookie of ours; what never was one is ignored, with a line in the log."""
    value = connection.cookies.get(full_name(settings, name))
    if value is None or _TOKEN.match(value):
        return value
    log.warning("cookie_broken", cookie=name, length=len(value))
    return None


def put(response: Response, settings: Settings, name: str, value: str, max_age: int | None = None) -> None:
    """Set a cookie for `max_age` seconds, or until the browser is closed."""
    response.set_cookie(
        full_name(settings, name),
        value,
        max_age=max_age,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, settings: Settings, name: str) -> None:
    response.delete_cookie(full_name(settings, name), path="/", secure=settings.https, httponly=True, samesite="lax")
