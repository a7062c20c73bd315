"""A hand raised at home is called and speaks from its phone: heard in the hall, recorded, written down, and cut."""

import array

import pytest

from live.entries import SegmentHeard
from live.remote_voice import REMOTE_VOICE
from live.states import Role
from server.rooms.ears import sound_directory
from tests.chromium import CHROMIUM, hearing
from tests.journeys.citizens import is_told, joined
from tests.journeys.hall import FLAGS, opened, pressed, shown
from tests.journeys.speech import spoken
from tests.journeys.staff import dialogue_made, employ, signed_in
from tests.serving import Served
from tests.transcription.conftest import korean
from tests.waiting import until
from transcription.recordings import Recording

__all__ = ["korean"]  # a fixture, found by its name
pytestmark = [pytest.mark.browser, pytest.mark.vosk, pytest.mark.slow, pytest.mark.timeout(240)]

EARS = """
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...rest) {
  if (to instanceof AudioDestinationNode) {
    window.ears ??= new AnalyserNode(this.context);
    connect.call(this, window.ears);
  }
  return connect.call(this, to, ...rest);
};
window.loudness = () => {
  const heard = new Float32Array(2_048);
  window.ears?.getFloatTimeDomainData(heard);
  return Math.sqrt(heard.reduce((sum, one) => sum + one * one, 0) / heard.length);
};
"""
"""Hears what a page sends to its loudspeaker."""
SOUNDS = "() => window.loudness() > 0.01"
STILL = "() => window.loudness() === 0"


@pytest.fixture
def served(tmp_path, korean):
    with Served(tmp_path / "house", model=str(korean)) as served:
        employ(served)
        yield served


@pytest.fixture
def telephone(playwright, hall, tmp_path):
    """A telephone into which somebody speaks, again and again."""
    flags = [*FLAGS, *hearing(spoken(tmp_path / "speech.wav"))]
    with playwright.chromium.launch(executable_path=CHROMIUM, args=flags) as browser:
        small = {"viewport": {"width": 360, "height": 740}}
        yield hall.desk("telephone", browser, permissions=["microphone"], **small)


def is_called(phone, moderator) -> None:
    """A hand goes up at home and comes to the stage."""
    phone.get_by_text("Giơ tay xin nói").click()
    phone.get_by_label("Vài chữ về điều muốn nói").fill("Giếng nhiễm mặn")
    pressed(phone, "Giơ tay")
    moderator.locator("#q-1").get_by_role("button", name="Duyệt").click()
    is_told(phone, 1, "Đã duyệt, đứng thứ 1 trong hàng chờ.")
    pressed(moderator, "Mời câu tiếp theo")
    is_told(phone, 1, "Đến lượt")


def is_loud(served: Served, code: str) -> bool:
    """Whether more than silence of it lies on the disk."""
    recording = Recording(sound_directory(served.settings.data_dir, code, REMOTE_VOICE))
    samples = array.array("h", recording.read(0, recording.have))
    recording.close()
    return recording.have > 16_000 and max(samples) > 3_000


def recorded(served: Served, code: str) -> int:
    return served.parts.rooms.heard[code].get(REMOTE_VOICE, 0)


def segments(served: Served, code: str) -> list[SegmentHeard]:
    stream = served.run(served.parts.journal.stream(code))
    assert stream
    entries = served.run(served.parts.journal.entries(stream.id))
    return [one.fact for one in entries if isinstance(one.fact, SegmentHeard) and one.fact.source == REMOTE_VOICE]


def agrees(phone, moderator, stage) -> None:
    """The invitation, the hall that is not ready at first, and a consent that nobody has ticked beforehand."""
    pressed(moderator, "Cho nói từ điện thoại")
    shown(moderator, "Hội trường: chưa bật tiếng")
    shown(phone, "Bạn đang được mời nói")
    assert phone.locator("#my-microphone input:checked").count() == 0
    pressed(phone, "Nói từ điện thoại này")
    assert phone.locator("#my-microphone input:invalid").count() == 1, "unticked, nothing goes out"
    stage.get_by_role("button", name="Bật tiếng").click()
    shown(moderator, "Hội trường: đang nghe")
    phone.get_by_label("Tôi đồng ý truyền").check()
    pressed(phone, "Nói từ điện thoại này")


def is_heard(served: Served, code: str, phone, moderator, stage) -> None:
    """In the hall, on the disk, after a pause of the speaker's own again, and as words of the draft."""
    shown(phone, "Hội trường đang nghe bạn.")
    shown(moderator, "Đang nói từ điện thoại")
    stage.wait_for_function(SOUNDS)
    shown(stage, "Đang nói từ điện thoại")
    until(lambda: is_loud(served, code), "the voice to be on the disk")
    pressed(phone, "Thôi nói")
    shown(phone, "Mọi lời bạn nói đều đã đến máy chủ.")
    stage.wait_for_function(STILL)
    pressed(phone, "Nói từ điện thoại này")
    stage.wait_for_function(SOUNDS)
    until(lambda: bool(segments(served, code)), "words to be heard", 90)


def is_cut(served: Served, code: str, phone, moderator, stage) -> None:
    """By one press: the hall is still, the phone says why, and no sample is added."""
    pressed(moderator, "Tắt tiếng điện thoại")
    shown(phone, "Micrô của điện thoại này đã đóng.")
    stage.wait_for_function(STILL)
    room = served.run(served.parts.rooms.get(code))
    assert room
    until(lambda: not room.dialogue.sources[REMOTE_VOICE].recording, "the recording to be said over")
    said = recorded(served, code)
    pressed(moderator, "Đã trả lời")
    phone.locator("#my-microphone").wait_for(state="detached")
    assert recorded(served, code) == said


def test_from_the_raised_hand_to_the_loudspeaker_and_the_draft(hall, served, telephone):
    moderator = signed_in(hall.desk("kiemduyet"), "kiemduyet")
    organiser = signed_in(hall.desk("organiser"), "tochuc")
    code = dialogue_made(organiser)
    moderator.goto(f"/d/{code}/moderator")
    organiser.context.add_init_script(EARS)
    stage = opened(organiser.context, f"/d/{code}/stage")
    phone = joined(telephone, code, "Trần Thị Hạnh", "xã Ea Mô")
    is_called(phone, moderator)
    agrees(phone, moderator, stage)
    is_heard(served, code, phone, moderator, stage)
    is_cut(served, code, phone, moderator, stage)
    for heard in segments(served, code):
        assert (heard.question, heard.role, str(heard.speaker)) == (1, Role.CITIZEN, "Trần Thị Hạnh")
