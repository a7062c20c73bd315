"""Forms outside /do carry a signed token that only a page of ours, shown to this very browser, could have.

A random `visit` cookie names the browser; the token signs its digest with the time. `/do` needs none: there the exact
Origin check and the SameSite cookie stand alone, because its forms are drawn once for many people.
"""

import hashlib

from itsdangerous import BadSignature, URLSafeTimedSerializer
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from server import clock
from server.doors import cookies
from server.doors.access import origin_allowed
from server.parts import parts

VISIT = "visit"
LASTS = 24 * 3600
"""Seconds for which an open page may still be sent."""
FIELD_BYTES = 1 << 20
"""The longest field of a form: as much as a whole request may bring, so that an overlong text is refused in words."""


def visit(request: Request) -> str:
    """The secret that names this browser; a fresh one when it has none yet."""
    known: str | None = getattr(request.state, VISIT, None)
    if known is None:
        known = cookies.secret(request, parts(request).settings, VISIT) or clock.secret()
        request.state.visit = known
    return known


def token(request: Request) -> str:
    """What a form puts into its hidden field `csrf`."""
    return _serializer(request).dumps(_digest(visit(request)))


async def checked_form(request: Request) -> FormData:
    """The fields of a form that one of our pages sent. Raises HTTPException(403) for any other."""
    if not origin_allowed(request):
        raise HTTPException(403)
    fields = await form_of(request)
    try:
        named = _serializer(request).loads(str(fields.get("csrf", "")), max_age=LASTS)
    except BadSignature as why:
        raise HTTPException(403) from why
    if named != _digest(visit(request)):
        raise HTTPException(403)
    return fields


async def form_of(request: Request) -> FormData:
    """The fields of a form, in UTF-8 as our pages send them. Raises HTTPException(400) for what no page of ours sends.

    Another charset would let a sender choose the codec that reads the fields, and some make texts that nobody can
    write down again (unicode_escape: lone surrogates).
    """
    _, asked = parse_options_header(request.headers.get("content-type", ""))
    if asked.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise HTTPException(400)
    return await request.form(max_files=0, max_fields=100, max_part_size=FIELD_BYTES)


def _serializer(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.app.state.form_secret, salt="form")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
