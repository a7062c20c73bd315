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
from server.pages.sign_in import offered
from server.parts import parts
from server.store.identities import LONGEST_IDENTITY, IdentityTaken
from server.store.people import ROLES, LoginTaken, Staff

LONGEST = LONGEST_WORDS | {"identity": LONGEST_IDENTITY}
NOTHING = {"login": "", "name": "", "agency": "", "identity": ""}
"""What was typed, before anything was."""


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
    if asked == "identity" and parts(request).provider is not None:
        return await _identity(request, person, login, plain_login(str(fields.get("identity", ""))))
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
    changed = await _known(request, login)
    access.close_live_pages(parts(request).rooms, changed)
    return await _page(request, made=(login, password)) if password else _row(changed)


async def _identity(request: Request, person: Staff, login: str, identity: str) -> Response:
    """By which name at the identity provider the account opens. Another name ends what the old one began."""
    here, changed, said = parts(request), await _known(request, login), {"identity": identity}
    if len(identity) > LONGEST_IDENTITY:
        return await _page(request, problem="identity long", long="identity", said=NOTHING | said)
    try:
        another = await here.identities.give(changed.id, identity)
    except IdentityTaken:
        return await _page(request, problem="identity", said=NOTHING | said)
    if another:
        await here.people.end_sessions(login, clock.now())
        access.close_live_pages(here.rooms, changed)
    return RedirectResponse("/sign-in", 303) if another and changed.id == person.id else _row(changed)


def _row(changed: Staff) -> Response:
    """The page again, at the row that changed: there the keyboard goes on."""
    return RedirectResponse(f"/staff/people#person-{changed.id}", 303)


async def _known(request: Request, login: str) -> Staff:
    """Raises HTTPException(400) when nobody has this login: no form of ours names such a one."""
    for one in await parts(request).people.all_staff():
        if one.login == login:
            return one
    raise HTTPException(400)


async def _page(
    request: Request,
    *,
    problem: str = "",
    long: str = "",
    said: dict[str, str] | None = None,
    roles_said: frozenset[str] = frozenset(),
    made: tuple[str, str] | None = None,
) -> Response:
    here = parts(request)
    if problem:
        form_refused(request, f"{problem} {long}".strip())
    answer = page(
        request,
        "staff/people.html",
        422 if problem else 200,
        people=await here.people.all_staff(),
        identities={} if here.provider is None else await here.identities.names(),
        provider=offered(here.settings),
        roles=ROLES,
        problem=problem,
        long=long,
        longest=LONGEST.get(long, 0),
        said=said or NOTHING,
        roles_said=roles_said,
        made=made,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
