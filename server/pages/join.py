"""A citizen takes a seat: name, commune, and three separate consents that nobody ticked for them."""

import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.questions import NAME_LIMIT
from live.sites import joined_site
from live.texts import clean
from server import clock
from server.doors import access, cookies
from server.doors.csrf import checked_form
from server.doors.limits import JOIN_ADDRESS, address
from server.doors.noting import form_refused
from server.pages import own_path, page, whole
from server.pages.privacy import VERSION
from server.parts import parts
from server.rooms.room import Room
from server.store.people import Joining

LONGEST_CONTACT = 80
"""Characters of a telephone number or an e-mail address."""
KEPT_DAYS = 180
"""How long a device remembers its seat."""
FIELDS = (
    "name",
    "locality",
    "age",
    "guardian",
    "contact",
    "contact_consent",
    "publish_name",
    "recording_consent",
    "site",
)
_PHONE = re.compile(r"\+?\d{8,15}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


async def show(request: Request) -> Response:
    """The form; for somebody who has a seat, with what they said before."""
    room = await access.dialogue(request)
    token = cookies.secret(request, parts(request).settings, "seat")
    taken = None if token is None else await parts(request).people.seat(room.code, token)
    back = request.query_params.get("back", "")
    site = request.query_params.get("site", "")
    if taken is None:
        return _form(request, room, dict.fromkeys(FIELDS, "") | {"site": site}, back)
    joined = taken.joined
    said = {
        "name": joined.name,
        "locality": joined.locality,
        "contact": joined.contact or "",
        "contact_consent": "on" if joined.contact_consent else "",
        "publish_name": "on" if joined.publish_name else "",
        "recording_consent": "on" if joined.recording_consent else "",
        "site": site or str(joined.site or ""),
    }
    return _form(request, room, dict.fromkeys(FIELDS, "") | said, back, again=True)


async def from_a_site(request: Request) -> Response:
    """`/d/{code}/site/{site}`: the code on the wall of a linked site; who joins by it is counted there."""
    room = await access.dialogue(request)
    site = whole(request.path_params["site"]) or 0
    if not joined_site(room.dialogue, site):
        return RedirectResponse(f"/d/{room.code}", 303)  # a site that has left: its poster still leads in
    return RedirectResponse(f"/d/{room.code}/join?site={site}", 303)


async def join(request: Request) -> Response:
    """Take the seat, or change what it says; or the form again, with every letter kept and what is missing named."""
    room = await access.dialogue(request)
    fields = await checked_form(request)
    here = parts(request)
    if here.limits.wait(JOIN_ADDRESS, address(request)):
        raise HTTPException(429, headers={"Retry-After": "10"})
    said = {name: clean(str(fields.get(name, ""))) for name in FIELDS}
    back = str(fields.get("back", ""))
    problems = _problems(said)
    if problems:
        form_refused(request, " ".join(f"{name}:{kind}" for name, kind in problems.items()))
        return _form(request, room, said, back, problems=problems)
    token = cookies.secret(request, here.settings, "seat") or clock.secret()
    await here.people.take_seat(room.code, token, _joining(said), clock.now())
    response = RedirectResponse(own_path(back, f"/d/{room.code}"), 303)
    cookies.put(response, here.settings, "seat", token, KEPT_DAYS * 24 * 3600)
    return response


def _joining(said: Mapping[str, str]) -> Joining:
    """A child's name is never published and a child is not put on the air by their own tick (decision 0041)."""
    grown = said["age"] == "over"
    may_call = said["contact_consent"] == "on"
    return Joining(
        name=said["name"],
        locality=said["locality"],
        publish_name=grown and said["publish_name"] == "on",
        contact=said["contact"] if may_call else None,
        contact_consent=may_call,
        recording_consent=grown and said["recording_consent"] == "on",
        notice_version=VERSION,
        site=whole(said["site"]) or 0,
    )


def _problems(said: Mapping[str, str]) -> dict[str, str]:
    """What is missing or wrong, by field: "missing", "long", "shape"."""
    found = {}
    for name in ("name", "locality"):
        if not said[name] or len(said[name]) > NAME_LIMIT or "\n" in said[name]:
            found[name] = "missing" if not said[name] else "long" if len(said[name]) > NAME_LIMIT else "shape"
    if said["age"] not in {"over", "under"}:
        found["age"] = "missing"
    if said["age"] == "under" and said["guardian"] != "on":
        found["guardian"] = "missing"
    if said["contact_consent"] == "on" and not _reaches(said["contact"]):
        found["contact"] = "shape" if said["contact"] else "missing"
    return found


def _reaches(contact: str) -> bool:
    """Whether this looks like one telephone number or one e-mail address."""
    digits = re.sub(r"[\s.()-]", "", contact)
    return len(contact) <= LONGEST_CONTACT and bool(_PHONE.match(digits) or _EMAIL.match(contact))


def _form(
    request: Request,
    room: Room,
    said: Mapping[str, str],
    back: str,
    *,
    problems: Mapping[str, str] | None = None,
    again: bool = False,
) -> Response:
    response = page(
        request,
        "doors/join.html",
        422 if problems else 200,
        code=room.code,
        notice=room.dialogue.notice,
        demo=room.demo,
        said=said,
        back=own_path(back, ""),
        problems=problems or {},
        again=again,
        longest=NAME_LIMIT,
        version=VERSION,
        site=joined_site(room.dialogue, whole(said["site"]) or 0),
    )
    response.headers["Cache-Control"] = "no-store"  # a name and a telephone number may stand in it
    return response
