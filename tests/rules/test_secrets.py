"""No secret on a page of somebody who may not have it: an evening full of marked words, every page, every visitor.

`live/` has the same law for what it shows, tests/server for what goes down the wire; this one reads what GET answers.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.routing import Route

from live import commands as do
from live.seats import Audience, Seat
from live.states import Desk, RefusalReason, Role
from server import clock
from server.rooms.room import Room
from server.rooms.turn import Accepted
from server.store.people import Joining
from tests.cast import MACHINE
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, open_dialogue, staff_cookie

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

AGENCY, OTHER_AGENCY = "Phòng Kinh tế", "Sở Xây dựng"
ROLES = ("moderator", "chair", "secretary", "clerk", "stage", "organiser")
QUESTIONS = range(1, 5)
NOT_WALKED = {
    "/static/{version}/{name:path}": "files of ours, the same for all",
    "/healthz": "for monitors, without content",
    "/readyz": "for monitors, without content",
    "/metrics": "numbers for monitors, and for this machine alone",
    "/d/{code}/feed": "never ends: the same frames as the socket's, tried in tests/server/rooms",
    "/d/{code}/sound/{source}.wav": "sound: tests/server/doors say who may hear it",
    "/d/{code}/file/{id}": "how far a given file is, for who gave it",
    "/d/{code}/photo/{question}": "a picture: tests/server/doors say who may see it",
    "/d/{code}/minutes.docx": "the words of the page, packed",
    "/d/{code}/record.docx": "the words of the page, packed",
    "/d/{code}/cards.pdf": "numbers of blank cards",
    "/d/{code}/rehearsal/{key}": "the phone page, in a rehearsal: tests/server/pages/test_rehearsal_phones",
    "/r/{receipt}": "whoever has a receipt may read it: the secret is the address",
    "/r/{receipt}/check": "whoever has a receipt may read it: the secret is the address",
    "/d/{code}/card/{receipt}": "whoever has a receipt may read it: the secret is the address",
    "/d/{code}/readings.json": "how far second readings are, in numbers",
}
"""What GET answers and this law does not read, and why."""

READS = frozenset({"moderator", "organiser"})
LEADS = READS | {"chair"}
MAY: dict[str, frozenset[str]] = {
    "hotenkin": LEADS | {"asker"},  # a name whose bearer did not agree to be named
    "lienhekin": frozenset({"asker"}),  # the contact for a written answer: on the form where it was given
    "chuaduyet": LEADS | {"asker"},  # a question nobody has read; whoever leads closes with it
    "bituchoi": READS | {"asker"},  # a question that was refused, and the sentence why
    "bangocche": frozenset({"asker"}),  # an original taken out of view: staff open it by name, which is an entry
    "ghichurieng": LEADS,
    "nhanrieng": LEADS,
    "bosungkin": LEADS | {"asker"},
    "chuanbikin": LEADS | {"agency"},
    "tinnhanban": LEADS,
    "dagachbo": frozenset({"secretary", "organiser"}),
}
"""Each marked word, and who may find it on a page. A citizen finds their own; an organiser may take every desk."""


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("secrets")) as served:
        yield served


def done(served: Served, room: Room, seat: Seat, *commands: do.Command) -> None:
    for command in commands:
        answer = served.run(room.handle(command, seat))
        assert isinstance(answer, Accepted), f"{command} was refused: {answer}"


@pytest.fixture(scope="module")
def visitors(served: Served) -> dict[str, str]:
    """The cookies of everybody who comes, after an evening has left its secrets."""
    room = open_dialogue(served)
    cookies = {role: staff_cookie(served, role) for role in ROLES}
    cookies["agency"] = staff_cookie(served, "agency", agency=AGENCY)
    cookies["other agency"] = staff_cookie(served, "agency", login="khac", agency=OTHER_AGENCY)
    token, joining = clock.secret(), Joining("Lò Văn hotenkin", "xã Ea Mô", contact="lienhekin", contact_consent=True)
    served.run(served.parts.people.take_seat("TEST01", token, joining, clock.now()))
    cookies |= {"asker": f"seat={token}", "citizen": citizen_cookie(served, "Trần Thị Khác"), "stranger": ""}
    taken = served.run(served.parts.people.seat("TEST01", token))
    assert taken is not None
    an_evening(served, room, Seat(taken.id, Audience.PHONE, joining.name, joining.locality))
    return cookies


def an_evening(served: Served, room: Room, asker: Seat) -> None:
    moderator = Seat("staff:moderator", Audience.MODERATOR, "Cán bộ kiểm duyệt")
    secretary = Seat("staff:secretary", Audience.SECRETARY, "Cán bộ thư ký")
    agency = Seat("staff:agency", Audience.AGENCY, "Cán bộ", agency=AGENCY)
    ask = [do.Ask(f"Câu hỏi {word}?") for word in ("chuaduyet", "bituchoi", "bangocche", "công khai")]
    done(served, room, asker, *ask[:3])
    done(served, room, moderator, do.Refuse(2, RefusalReason.OTHER, "Vì lẽ bituchoi."))
    done(served, room, asker, ask[3])
    done(served, room, asker, do.AddToQuestion(1, "Thêm bosungkin."))
    done(
        served,
        room,
        moderator,
        do.Edit(3, "Câu hỏi đã che", revision_of(room, 3), redacted=True),
        do.NoteOn(4, "ghichurieng"),
        do.Label(4, "nhanrieng"),
        do.Assign(4, AGENCY, date(2030, 6, 30)),
        do.Approve(3),
        do.Approve(4),
        do.SendMessage("tinnhanban", Desk.CHAIR),
        do.CallNext(),
    )
    done(served, room, agency, do.PrepareNote(4, "chuanbikin"))
    done(served, room, secretary, do.StartRecording("hall"), do.WriteLine("Lời dagachbo.", Role.CHAIR))
    done(served, room, MACHINE, do.Hear("hall", 1, 1, 0, 100, "loi nghe duoc", "Lời nghe được."))
    (struck,) = [line for line in room.dialogue.lines.values() if "dagachbo" in str(line.text)]
    done(served, room, secretary, do.StrikeLine(struck.id, struck.revision))


def revision_of(room: Room, number: int) -> int:
    return room.dialogue.questions[number].revision


def routes(served: Served) -> set[str]:
    return {route.path for route in served.app.routes if isinstance(route, Route) and "GET" in (route.methods or ())}


def addresses(served: Served) -> list[str]:
    """Every page with everything that it can be asked to show."""
    fill = {"code": ("TEST01",), "site": ("1",), "number": QUESTIONS, "kind": ("txt", "srt", "vtt")}
    found = ["/d/KHONGCO"]
    for path in sorted(routes(served) - NOT_WALKED.keys()):
        name = next((name for name in fill if f"{{{name}}}" in path and name != "code"), "code")
        found += [path.replace("{code}", "TEST01").replace(f"{{{name}}}", str(value)) for value in fill[name]]
    for number in QUESTIONS:
        found += [f"/d/TEST01/moderator?question={number}", f"/d/TEST01/kiosk?look={number}"]
    room = served.run(served.parts.rooms.get("TEST01"))
    return found + [f"/d/TEST01/transcript?line={number}" for number in (room.dialogue.lines if room else ())]


@pytest.fixture(scope="module")
def pages(served: Served, visitors: dict[str, str]) -> dict[tuple[str, str], str]:
    """What each visitor gets at each address."""
    found: dict[tuple[str, str], str] = {}
    for who, cookie in visitors.items():
        with browser(served, cookie) as window:
            found |= {(who, address): window.get(address).text for address in addresses(served)}
    return found


def test_every_page_is_walked_or_has_its_reason(served):
    assert NOT_WALKED.keys() <= routes(served)
    assert not [address for address in addresses(served) if "{" in address]


def test_each_secret_is_on_the_pages_of_those_who_may_have_it_and_of_nobody_else(pages):
    has = [(word, who, address) for (who, address), page in pages.items() for word in MAY if word in page]
    assert [one for one in has if one[1] not in MAY[one[0]]] == []
    assert {
        word for word, _, _ in has
    } == MAY.keys()  # each is somewhere: a law of words that nobody sees holds nothing


def test_no_page_tells_whose_seat_it_is_or_hands_out_a_session(pages, visitors):
    tokens = [cookie.partition("=")[2] for cookie in visitors.values() if cookie]
    assert [where for where, page in pages.items() if any(token in page for token in tokens)] == []
