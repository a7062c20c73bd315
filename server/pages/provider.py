"""Staff sign in by the identity provider of the province: away to it, and back with who they are.

What it says opens an account that an organiser made and gave that name; it makes none, and gives no roles.
"""

from datetime import timedelta
from math import ceil
from urllib.parse import urlencode

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server import clock
from server.doors.limits import PROVIDER_ADDRESS, address
from server.doors.noting import form_refused
from server.doors.provider import NotVouched, Problem, Provider, Vouched
from server.pages import own_path
from server.pages.sign_in import begun, form
from server.parts import parts

log = structlog.get_logger()
GOES = "back"
"""In the session: the page that somebody wanted to open."""
_WAY = "_state_"
"""How Authlib's keys begin of what somebody who is on the way needs to come back; they end with the state."""
_STATUS = {Problem.AWAY: 503}


async def leave(request: Request) -> Response:
    """To the provider; `back` is kept until the way back."""
    back = own_path(request.query_params.get("back", ""), "/staff")
    provider = _provider(request)
    if wait := parts(request).limits.wait(PROVIDER_ADDRESS, address(request)):
        return _many(request, back, wait)
    try:
        answer = await provider.leave(request)
    except NotVouched as why:
        return _not_signed_in(request, back, why)
    request.session[GOES] = back
    return answer


async def returned(request: Request) -> Response:
    """Back from the provider: a session like that of a password, or the form with a sentence."""
    provider = _provider(request)
    back = own_path(str(request.session.get(GOES, "")), "/staff")
    ours = _began_here(request)
    if wait := parts(request).limits.wait(PROVIDER_ADDRESS, address(request)):
        return _many(request, back, wait)
    try:
        if request.query_params.get("error"):
            raise NotVouched(Problem.DENIED, "error")
        vouched = await provider.returned(request)
    except NotVouched as why:
        return _not_signed_in(request, back, why)
    finally:
        if ours:
            request.session.clear()  # used once, whatever came of it
    return await _opened(request, back, vouched)


async def _opened(request: Request, back: str, vouched: Vouched) -> Response:
    """The account for which the name was given; it opens for whoever came first by that name, and for nobody else."""
    here = parts(request)
    holder = await here.identities.holder(vouched.name)
    if holder is None:
        return _refused(request, back, "stranger", vouched.name)
    if holder.staff.disabled_at is not None:
        return _refused(request, back, "locked", vouched.name)
    if holder.subject != vouched.subject and not await here.identities.settle(vouched.name, vouched.subject):
        return _refused(request, back, "another", vouched.name)
    lasts = timedelta(hours=here.settings.session_hours)
    token = await here.people.begin_session(holder.staff.id, clock.now(), lasts)
    return begun(request, holder.staff.login, token, back)


def _began_here(request: Request) -> bool:
    """Whether this is the end of a way that began in this browser; any other page can send somebody to this address."""
    state = request.query_params.get("state", "")
    return bool(state) and any(way.startswith(_WAY) and way.endswith(f"_{state}") for way in request.session)


def _provider(request: Request) -> Provider:
    """Raises HTTPException(404) without the settings for one: then there is no such page."""
    provider = parts(request).provider
    if provider is None:
        raise HTTPException(404)
    return provider


def _not_signed_in(request: Request, back: str, why: NotVouched) -> Response:
    log.info("not_vouched", problem=why.problem.value, reason=why.reason)
    return _refused(request, back, why.problem.value, status=_STATUS.get(why.problem, 403))


def _many(request: Request, back: str, wait: float) -> Response:
    answer = _refused(request, back, "many", status=429, minutes=ceil(wait / 60))
    answer.headers["Retry-After"] = str(ceil(wait))
    return answer


def _refused(
    request: Request, back: str, problem: str, vouched: str = "", *, status: int = 403, minutes: int = 0
) -> Response:
    form_refused(request, problem)
    here = f"/sign-in?{urlencode({'back': back})}"
    return form(request, status, back=back, problem=problem, minutes=minutes, vouched=vouched, here=here)
