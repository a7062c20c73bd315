"""Speaking from a phone when something is in the way: the network, the browser, a moderator, or no wish to."""

import pytest

from live import commands as do
from live.remote_voice import REMOTE_VOICE
from live.states import Outcome, RemoteMicrophone
from server.rooms.ears import sound_directory
from tests.journeys.for_everybody import AXE, LET_GO, findings
from tests.waiting import until
from tests.web.sounding import Line, Made, microphone_of, noise_file
from tests.web.visits import count, opened, shown, visitor, while_it_runs
from transcription.recordings import Recording

pytestmark = pytest.mark.browser
DENIED = """
const denied = async () => { throw new DOMException("", "NotAllowedError"); };
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = denied;
"""


@pytest.fixture
def called(house, hanh):
    """She has raised her hand, is called and invited to speak from her phone."""
    house.send(do.RaiseHand("", "Giếng nhiễm mặn"), by=hanh[0])
    house.send(do.Approve(1), do.CallNext(), do.OpenMicrophone(1))
    return hanh


@pytest.fixture
def telephone(browser, house, called, tmp_path):
    """Her phone, into which noise goes."""
    with (
        microphone_of(browser, noise_file(tmp_path)) as chromium,
        visitor(chromium, house, called[1], permissions=["microphone"]) as context,
    ):
        yield context


def speaks(page):
    page.get_by_label("Tôi đồng ý truyền").check()
    page.get_by_role("button", name="Nói từ điện thoại này").click()
    page.locator("#my-microphone[data-on-air]").wait_for()


def have(house):
    return house.parts.rooms.heard.get(house.code, {}).get(REMOTE_VOICE, 0)


def on_disk(house):
    recording = Recording(sound_directory(house.settings.data_dir, house.code, REMOTE_VOICE))
    return recording.read(0, recording.have)


def stopped(house):
    until(lambda: not house.room.dialogue.sources[REMOTE_VOICE].recording, "the recording to be over")


def test_a_cut_of_the_network_is_said_and_costs_not_one_sample(telephone, house):
    made, line = Made(telephone), Line(telephone)
    page = opened(telephone, f"/d/{house.code}")
    speaks(page)
    shown(page, "loa hội trường chưa bật")
    while_it_runs(page, lambda: have(house) > 16_000, "a second of sound")
    line.cut()
    shown(page, "Mất mạng: hội trường chưa nghe được.")
    cut = len(made.pcm)
    while_it_runs(page, lambda: len(made.pcm) > cut + 48_000, "a second and a half without a network")
    line.mend()
    shown(page, "Tiếng đã đến máy chủ và được ghi")
    page.get_by_role("button", name="Thôi nói").click()
    shown(page, "Mọi lời bạn nói đều đã đến máy chủ.")
    stopped(house)
    assert on_disk(house) == made.pcm
    assert house.room.dialogue.sources[REMOTE_VOICE].gaps == ()


def test_what_was_not_sent_when_it_was_closed_stays_on_the_phone_and_goes_first_when_it_is_opened_again(
    telephone, house
):
    made, line = Made(telephone), Line(telephone)
    page = opened(telephone, f"/d/{house.code}")
    speaks(page)
    while_it_runs(page, lambda: have(house) > 16_000, "a second of sound")
    line.cut()
    cut = len(made.pcm)
    while_it_runs(page, lambda: len(made.pcm) > cut + 96_000, "three seconds without a network")
    house.send(do.CloseMicrophone(1))
    shown(page, "Micrô của điện thoại này đã đóng.")
    line.mend()
    shown(page, "giây lời nói chưa đến máy chủ")
    assert len(on_disk(house)) < len(made.pcm)
    house.send(do.OpenMicrophone(1))
    shown(page, "Mọi lời bạn nói đều đã đến máy chủ.")
    stopped(house)
    assert on_disk(house) == made.pcm


def test_an_outcome_in_the_middle_of_a_word_ends_it_and_the_page_says_so(telephone, house):
    page = opened(telephone, f"/d/{house.code}")
    speaks(page)
    until(lambda: have(house) > 16_000, "a second of sound")
    house.send(do.GiveOutcome(1, Outcome.ANSWERED))
    shown(page, "Điện thoại này không thu tiếng nữa.")
    count(page, "#my-microphone", 0)
    stopped(house)
    assert page.get_by_role("link", name="Câu của tôi 1").is_visible()


def test_a_browser_that_gives_no_microphone_says_what_to_do_and_nobody_waits_for_her(telephone, house):
    telephone.add_init_script(DENIED)
    page = opened(telephone, f"/d/{house.code}")
    page.get_by_label("Tôi đồng ý truyền").check()
    page.get_by_role("button", name="Nói từ điện thoại này").click()
    shown(page, "Trình duyệt chưa cho dùng micrô.")
    assert house.room.dialogue.turn.microphone is RemoteMicrophone.OFFERED


def test_whoever_would_rather_not_is_told_the_other_ways_and_may_think_again(telephone, house):
    wide = {"viewport": {"width": 1440, "height": 900}}
    with visitor(telephone.browser, house, house.staff("lan", "moderator"), **wide) as desk:
        moderator = opened(desk, f"/d/{house.code}/moderator")
        shown(moderator, "Chưa có màn hình nào phát tiếng")
        page = opened(telephone, f"/d/{house.code}")
        page.get_by_role("button", name="Không, tôi nói cách khác").click()
        shown(page, "Xin nói ở micrô của hội trường hay điểm cầu")
        shown(moderator, "Người hỏi không nói từ điện thoại.")
        page.get_by_text("Tôi đổi ý").click()
        speaks(page)
        shown(moderator, "Đang nói từ điện thoại")


def test_a_screen_is_switched_on_by_a_key_and_says_when_its_line_is_lost(browser, house, called):
    wide = {"viewport": {"width": 1440, "height": 900}}
    with (
        visitor(browser, house, house.staff("man", "stage"), **wide) as hall,
        visitor(browser, house, house.staff("lan", "moderator"), **wide) as desk,
    ):
        line = Line(hall)
        stage, moderator = opened(hall, f"/d/{house.code}/stage"), opened(desk, f"/d/{house.code}/moderator")
        shown(stage, "Chưa bật tiếng từ điện thoại")
        shown(moderator, "Hội trường: chưa bật tiếng")
        stage.keyboard.press("b")
        shown(moderator, "Hội trường: đang nghe")
        line.cut()
        shown(stage, "Mất tiếng từ điện thoại")
        shown(moderator, "Chưa có màn hình nào phát tiếng")
        line.mend()
        shown(stage, "Đang nghe điện thoại")
        shown(moderator, "Hội trường: đang nghe")


def test_the_invitation_is_for_everybody(browser, house, called):
    with visitor(browser, house, called[1]) as phone:
        page = opened(phone, f"/d/{house.code}")
        shown(page, "Bạn đang được mời nói")
        page.evaluate(AXE)
        page.evaluate(LET_GO)
        assert findings(page) == []
        page.get_by_role("button", name="Không, tôi nói cách khác").focus()
        page.keyboard.press("Enter")
        shown(page, "Bạn chọn không nói từ điện thoại này.")
        assert findings(page) == []
