"""The trial of a room: what was heard of a known text decides about captions, and leaves no words in the transcript."""

import pytest

from live.captioning import captioned
from live.commands import Hear, HideCaptions
from live.states import RoomVerdict
from server.rooms.ears import MACHINE
from server.rooms.room import Room
from server.rooms.room_trial import verdict
from tests.cast import SECRETARY
from tests.server.doors.test_sound import Microphone
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, staff_cookie

GOOD, FAIR, POOR = RoomVerdict
TEXT = "một hai ba bốn năm sáu bảy tám chín mười"


@pytest.fixture
def cookie(served: Served, room: Room) -> str:
    return staff_cookie(served, "secretary")


@pytest.mark.parametrize(
    "rate, found",
    [
        (0.0, GOOD), (0.2, GOOD), (0.201, FAIR), (0.3, FAIR), (0.31, POOR), (2.5, POOR),
    ],
)  # fmt: skip
def test_the_limits_decide(rate: float, found: RoomVerdict) -> None:
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
    assert not found["stopped"], "no person has stopped captions"
    assert room.dialogue.trials["hall"].verdict is RoomVerdict(told[1])
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


def test_what_is_read_for_a_trial_is_on_no_caption_and_what_is_said_behind_it_is(
    served: Served, room: Room, cookie: str
) -> None:
    address = "/d/TEST01/sound/hall/trial"
    with Microphone(served, cookie) as microphone, browser(served, cookie) as secretary:
        microphone.start()
        microphone.send(0)
        since = secretary.post(address, json={}).json()["since"]
        served.run(room.handle(Hear("hall", 1, 1, since, 9_000, TEXT, TEXT), MACHINE))
        assert not captioned(room.dialogue)
        microphone.send(1_600)
        secretary.post(address, json={"since": since, "text": TEXT})
        served.run(room.handle(Hear("hall", 1, 2, 9_000, 9_100, "hết thử", "Hết thử."), MACHINE))
    assert [str(line.text) for line in captioned(room.dialogue)] == ["Hết thử."]


def test_a_good_trial_lifts_no_stop_that_a_person_made_and_says_so(served: Served, room: Room, cookie: str) -> None:
    address = "/d/TEST01/sound/hall/trial"
    served.run(room.handle(HideCaptions(), SECRETARY))
    with Microphone(served, cookie) as microphone, browser(served, cookie) as secretary:
        microphone.start()
        since = secretary.post(address, json={}).json()["since"]
        served.run(room.handle(Hear("hall", 1, 1, 0, 9_000, TEXT, TEXT), MACHINE))
        found = secretary.post(address, json={"since": since, "text": TEXT}).json()
    assert (found["verdict"], found["stopped"], room.dialogue.captions_hidden) == ("good", True, True)
