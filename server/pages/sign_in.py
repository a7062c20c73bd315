"""Staff come and go: sign in with a password, sign out everywhere this session is open."""

from datetime import timedelta
from math import ceil

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import clock
from server.doors import access, cookies
from server.doors.csrf import checked_form
from server.doors.identity import SignedIn, SignIn
from server.doors.limits import address
from server.pages import own_path, page
from server.parts import parts

TEMPLATE = "doors/sign_in.html"


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
    result = await door.try_password(login, str(fields.get("password", "")), address(request))
    if isinstance(result, SignedIn):
        response = RedirectResponse(back, 303)
        cookies.put(response, here.settings, "staff", result.token, int(lasts.total_seconds()))
        return response
    problem, status = ("many", 429) if result.wait else ("wrong", 422)
    answer = page(request, TEMPLATE, status, login=login, back=back, problem=problem, minutes=ceil(result.wait / 60))
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
        access.close_live_pages(request, person)
    response = RedirectResponse("/", 303)
    cookies.drop(response, here.settings, "staff")
    return response
