"""Staff come and go: sign in with a password, sign out everywhere this session is open."""

import hmac
from datetime import timedelta
from math import ceil
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import clock
from server.doors import access, cookies
from server.doors.csrf import checked_form
from server.doors.identity import SignedIn, SignIn, device_mark
from server.doors.limits import address
from server.doors.noting import form_refused
from server.pages import own_path, page
from server.parts import parts
from server.settings import Settings

TEMPLATE = "doors/sign_in.html"
KNOWN_SECONDS = 180 * 24 * 3600
"""How long a device is remembered as one that signed in. It opens nothing: it only counts wrong tries apart."""


async def show(request: Request) -> Response:
    back = own_path(request.query_params.get("back", ""), "/staff")
    if await access.staff(request) is not None:
        return RedirectResponse(back, 303)
    return form(request, back=back, left=request.query_params.get("left") == "1")


def form(request: Request, status: int = 200, **said: Any) -> Response:
    """The page with the form, and with the button of the identity provider if there is one."""
    settings = parts(request).settings
    blank = {"login": "", "problem": "", "minutes": 0, "vouched": "", "left": False, "address": settings.public_url}
    return page(request, TEMPLATE, status, provider=offered(settings), **(blank | said))


def offered(settings: Settings) -> dict[str, Any]:
    """What pages know of the identity provider: whether there is one, its name, and what names people there."""
    return {"offered": bool(settings.oidc_issuer), "name": settings.oidc_name, "claim": settings.oidc_claim}


def begun(request: Request, login: str, token: str, back: str) -> Response:
    """To the page that was wanted, with a fresh session in this browser, which is known from now on."""
    settings = parts(request).settings
    response = RedirectResponse(back, 303)
    cookies.put(response, settings, "staff", token, settings.session_hours * 3600)
    cookies.put(response, settings, "device", device_mark(request.app.state.form_secret, login), KNOWN_SECONDS)
    return response


async def sign_in(request: Request) -> Response:
    """Begin a session; or the form again, which says that login and password do not fit, not which of them."""
    fields = await checked_form(request)
    login, back = str(fields.get("login", "")), own_path(str(fields.get("back", "")), "/staff")
    here = parts(request)
    door = SignIn(here.people, here.limits, timedelta(hours=here.settings.session_hours))
    mark = device_mark(request.app.state.form_secret, login)
    known = hmac.compare_digest(cookies.secret(request, here.settings, "device") or "", mark)
    password = str(fields.get("password", ""))
    result = await door.try_password(login, password, address(request), known_device=known)
    if isinstance(result, SignedIn):
        return begun(request, login, result.token, back)
    problem, status = ("many", 429) if result.wait else ("wrong", 422)
    form_refused(request, problem)
    answer = form(
        request, status, login=login, back=back, problem=problem, minutes=ceil(result.wait / 60),
        here=f"/sign-in?{urlencode({'back': back})}",
    )  # fmt: skip
    if result.wait:
        answer.headers["Retry-After"] = str(ceil(result.wait))
    return answer


async def sign_out(request: Request) -> Response:
    """End the session and close the live pages of this person at once."""
    await checked_form(request)
    here, person = parts(request), await access.staff(request)
    token = cookies.secret(request, here.settings, "staff")
    if token is not None:
        await here.people.end_session(token, clock.now())
    if person is not None:
        access.close_live_pages(here.rooms, person)
    # The provider's own session is not ours to end: on a shared computer somebody must know that it may be open.
    response = RedirectResponse("/" if here.provider is None else "/sign-in?left=1", 303)
    cookies.drop(response, here.settings, "staff")
    return response
