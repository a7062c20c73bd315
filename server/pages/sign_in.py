"""Staff come and go: sign in with a password, sign out everywhere this session is open."""

import hmac
from datetime import timedelta
from math import ceil
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

TEMPLATE = "doors/sign_in.html"
KNOWN_SECONDS = 180 * 24 * 3600
"""How long a device is remembered as one that signed in. It opens nothing: it only counts wrong tries apart."""


async def show(request: Request) -> Response:
    back = own_path(request.query_params.get("back", ""), "/staff")
    if await access.staff(request) is not None:
        return RedirectResponse(back, 303)
    return page(request, TEMPLATE, login="", back=back, problem="", minutes=0)


async def sign_in(request: Request) -> Response:
    """Begin a session; or the form again, which says that login and password do not fit, not which of them."""
    fields = await checked_form(request)
    login, back = str(fields.get("login", "")), own_path(str(fields.get("back", "")), "/staff")
    here = parts(request)
    lasts = timedelta(hours=here.settings.session_hours)
    door = SignIn(here.people, here.limits, lasts)
    mark = device_mark(request.app.state.form_secret, login)
    known = hmac.compare_digest(cookies.secret(request, here.settings, "device") or "", mark)
    password = str(fields.get("password", ""))
    result = await door.try_password(login, password, address(request), known_device=known)
    if isinstance(result, SignedIn):
        response = RedirectResponse(back, 303)
        cookies.put(response, here.settings, "staff", result.token, int(lasts.total_seconds()))
        cookies.put(response, here.settings, "device", mark, KNOWN_SECONDS)
        return response
    problem, status = ("many", 429) if result.wait else ("wrong", 422)
    form_refused(request, problem)
    answer = page(
        request, TEMPLATE, status, login=login, back=back, problem=problem, minutes=ceil(result.wait / 60),
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
    response = RedirectResponse("/", 303)
    cookies.drop(response, here.settings, "staff")
    return response
