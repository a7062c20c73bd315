"""The trial of a room: what was heard of a known text decides about captions, and leaves no words in the transcript."""

import pytest

from live.commands import Hear
from server.rooms.ears import MACHINE
from server.rooms.room import Room
from server.rooms.room_trial import Verdict, verdict
from tests.server.doors.test_sound import Microphone
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, staff_cookie

TEXT = "một hai ba bốn năm sáu bảy tám chín mười"


@pytest.fixture
def cookie(served: Served, room: Room) -> str:
    return staff_cookie(served, "secretary")


@pytest.mark.parametrize(
    "rate, found",
    [
        (0.0, Verdict.GOOD), (0.2, Verdict.GOOD), (0.201, Verdict.FAIR), (0.3, Verdict.FAIR), (0.31, Verdict.POOR),
        (2.5, Verdict.POOR),
    ],
)  # fmt: skip
def test_the_limits_decide(rate: float, found: Verdict) -> None:
    assert verdict(rate, 20, 30) is found


@pytest.mark.parametrize(
    "heard, told",
    [
        (TEXT, (0.0, "good", False)),
        (TEXT.replace("ba", "bà").replace("bốn", "bổn"), (0.2, "good", False)),
        (TEXT.replace("mười", ""), (0.1, "good", False)),
        ("một hai ba bốn năm sáu bảy không không không", (0.3, "fair", False)),
        ("một hai ba bốn", (0.6, "poor", True)),
    ],
)
def test_what_was_heard_is_measured_struck_and_acted_upon(
    served: Served, room: Room, cookie: str, heard: str, told: tuple[float, str, bool]
) -> None:
    address = "/d/TEST01/sound/hall/trial"
    with Microphone(served, cookie) as microphone, browser(served, cookie) as secretary:
        microphone.start()
        served.run(room.handle(Hear("hall", 1, 1, 0, 1_000, "trước đó", "trước đó"), MACHINE))
        microphone.send(0)
        since = secretary.post(address, json={}).json()["since"]
        assert since == 1_600
        assert secretary.post(address, json={"since": since, "text": TEXT}).json() == {"wants": "words"}
        served.run(room.handle(Hear("hall", 1, 2, 1_600, 9_000, heard, heard), MACHINE))
        found = secretary.post(address, json={"since": since, "text": TEXT.upper() + "."}).json()
    assert (found["rate"], found["verdict"], room.dialogue.captions_hidden) == told
    before, trial = room.dialogue.lines.values()
    assert (before.struck, trial.struck) == (False, True)


def test_without_a_recording_nothing_is_tried(served: Served, cookie: str) -> None:
    with browser(served, cookie) as secretary:
        answer = secretary.post("/d/TEST01/sound/hall/trial", json={})
        assert (answer.status_code, answer.json()) == (409, {"wants": "recording"})


def test_only_the_secretary_tries_a_room(served: Served, room: Room) -> None:
    for cookie in ("", citizen_cookie(served, "Bà Sáu"), staff_cookie(served, "clerk")):
        with browser(served, cookie) as stranger:
            assert stranger.post("/d/TEST01/sound/hall/trial", json={}).status_code == 404
