"""An organiser's page of the staff, for an evening under way: add somebody, lock out, give a new password."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.texts import clean
from server import clock
from server.doors import access
from server.doors.csrf import checked_form
from server.doors.identity import LONGEST_WORDS, hash_password, over_long, plain_login
from server.doors.noting import form_refused
from server.pages import page
from server.parts import parts
from server.store.people import ROLES, LoginTaken


async def show(request: Request) -> Response:
    await access.somebody_of_staff(request, "organiser")
    return await _page(request)


async def change(request: Request) -> Response:
    """`do` = add, passwd, disable or enable. A made-up password is on the answer only, and nowhere else."""
    person = await access.somebody_of_staff(request, "organiser")
    fields = await checked_form(request)
    asked, login = fields.get("do"), plain_login(str(fields.get("login", "")))
    if asked == "add":
        return await _add(request, login, fields)
    if asked not in {"passwd", "disable", "enable"}:
        raise HTTPException(400)
    if login == person.login:
        return await _page(request, problem="self")
    return await _alter(request, str(asked), login)


async def _add(request: Request, login: str, fields: FormData) -> Response:
    name, roles = clean(str(fields.get("name", ""))), frozenset(map(str, fields.getlist("role")))
    agency = clean(str(fields.get("agency", "")))
    said = {"login": login, "name": name, "agency": agency}
    if not login or not name or not roles or not roles <= set(ROLES):
        return await _page(request, problem="missing", said=said, roles_said=roles)
    if long := over_long(**said):
        return await _page(request, problem="long", long=long, said=said, roles_said=roles)
    if "agency" in roles and not agency:
        return await _page(request, problem="agency", said=said, roles_said=roles)
    password = clock.password()
    hashed = await hash_password(password)
    try:
        await parts(request).people.add_staff(login, name, hashed, roles, clock.now(), agency)
    except LoginTaken:
        return await _page(request, problem="taken", said=said, roles_said=roles)
    return await _page(request, made=(login, password))


async def _alter(request: Request, asked: str, login: str) -> Response:
    """Change an account; its owner's sessions end, and the live pages opened with them."""
    people, password = parts(request).people, ""
    if asked == "passwd":
        password = clock.password()
        found = await people.set_password(login, await hash_password(password), clock.now())
    elif asked == "disable":
        found = await people.disable(login, clock.now())
    else:
        found = await people.enable(login, clock.now())
    if not found:
        raise HTTPException(400)
    (changed,) = [one for one in await people.all_staff() if one.login == login]
    access.close_live_pages(parts(request).rooms, changed)
    return await _page(request, made=(login, password)) if password else RedirectResponse("/staff/people", 303)


async def _page(
    request: Request,
    *,
    problem: str = "",
    long: str = "",
    said: dict[str, str] | None = None,
    roles_said: frozenset[str] = frozenset(),
    made: tuple[str, str] | None = None,
) -> Response:
    if problem:
        form_refused(request, f"{problem} {long}".strip())
    answer = page(
        request,
        "staff/people.html",
        422 if problem else 200,
        people=await parts(request).people.all_staff(),
        roles=ROLES,
        problem=problem,
        long=long,
        longest=LONGEST_WORDS.get(long, 0),
        said=said or {"login": "", "name": "", "agency": ""},
        roles_said=roles_said,
        made=made,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
