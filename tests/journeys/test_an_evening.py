"""One whole evening, from the first form to the Word file of the minutes: a browser for everybody and real speech."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from live.entries import ClockStarted, OutcomeGiven, SegmentHeard
from live.states import Part
from server.rooms.ears import sound_directory
from tests.chromium import CHROMIUM, hearing
from tests.journeys.citizens import asked, is_told, joined
from tests.journeys.hall import FLAGS, Hall, opened, pressed, shown
from tests.journeys.speech import heard_by_vosk_alone, spoken
from tests.journeys.staff import dialogue_made, employ, signed_in
from tests.serving import Served
from tests.transcription.bare import bare_model
from tests.transcription.conftest import korean
from tests.waiting import until
from transcription.engine import CHUNK
from transcription.recordings import Recording

__all__ = ["korean"]  # a fixture, found by its name
pytestmark = [pytest.mark.browser, pytest.mark.vosk, pytest.mark.slow, pytest.mark.timeout(240)]

BRIDGE, WATER, GOLD, LIGHT = (
    "Bao giờ xã sửa xong cầu Ea Mô?",
    "Nuoc sach bao gio ve den buon Krong?",
    "Giá vàng ngày mai thế nào?",
    "Đèn đường ở thôn Đông bao giờ có?",
)
WATER_EDITED = "Nước sạch bao giờ về đến buôn Krông?"
CORRECTED = "Xin chào bà con. Hôm nay chúng tôi nói về đường và trường học."
BY_HAND = "Xã sẽ sửa xong cầu trước ngày ba mươi tháng sáu."
ORDER = """order => {
  const cards = [...document.querySelectorAll('#queue > li:not([data-ghost])')];
  return cards.map((card) => card.dataset.card).join() === order;
}"""


SAYS = "([fields, text]) => [...document.querySelectorAll(fields)].some((field) => field.defaultValue === text)"
RECORDED = """least => {
  const [minutes, seconds] = document.getElementById('have').textContent.split(':').map(Number);
  return minutes * 60 + seconds >= least;
}"""


@pytest.fixture
def served(tmp_path, korean):
    with Served(tmp_path / "house", model=str(korean)) as served:
        employ(served)
        yield served


@pytest.fixture
def microphone(playwright, hall, tmp_path):
    """The secretary's laptop beside the loudspeaker: a browser whose microphone hears the speech once."""
    flags = [*FLAGS, *hearing(spoken(tmp_path / "speech.wav"), once=True)]
    with playwright.chromium.launch(executable_path=CHROMIUM, args=flags) as browser:
        yield hall.desk("microphone", browser, permissions=["microphone"])


def at_work(hall: Hall, login: str):
    return signed_in(hall.desk(login), login)


def reviews(page) -> None:
    """Approve three, one with a correction, refuse one, and order the queue with keys, buttons and by hand."""
    page.locator("#q-1").get_by_role("button", name="Duyệt").click()
    page.locator("#queue #q-1").wait_for()
    page.locator("#q-2").get_by_role("link", name="Sửa…").click()
    page.get_by_label("Nội dung công khai").fill(WATER_EDITED)
    pressed(page, "Lưu bản sửa")
    page.locator("#q-2", has_text=WATER_EDITED).wait_for()
    page.locator("#q-2").get_by_role("button", name="Duyệt").click()
    page.locator("#queue #q-2").wait_for()
    page.locator("#q-3").get_by_role("link", name="Từ chối…").click()
    page.get_by_label("Lý do").first.select_option("off_topic")
    pressed(page, "Từ chối câu này")
    page.locator("#done #q-3").wait_for()
    page.locator("#q-4").get_by_role("button", name="Duyệt").click()
    page.wait_for_function(ORDER, arg="1,2,4")
    page.locator("#q-4").focus()
    page.locator("#q-4").get_by_role("button", name="Lên một chỗ").press("Enter")
    page.wait_for_function(ORDER, arg="1,4,2")
    page.locator("#q-2").focus()
    page.keyboard.press("t")
    page.wait_for_function(ORDER, arg="2,1,4")
    page.locator("#q-1").drag_to(page.locator("#q-2"), target_position={"x": 60, "y": 2})
    page.wait_for_function(ORDER, arg="1,2,4")


def is_on_stage(page, number: int, text: str, asker: str, after: list[str]) -> None:
    """The hall reads the question, its asker as they agreed, the clock, and the two that come next."""
    page.locator(f"#stage[data-number='{number}']", has_text=text).wait_for()
    assert asker in page.locator("#stage").inner_text()
    page.wait_for_function("() => /^2:5\\d$/.test(document.querySelector('turn-clock [data-face]').textContent)")
    assert [text.strip() for text in page.locator("#next .question__text").all_text_contents()] == after


def is_spoken_and_heard(microphone, code: str, moderator, secretary, *screens) -> None:
    """The speech is recorded to its end; before that the answer begins, a line is written, the outcome is given."""
    capture = signed_in(microphone, "thuky")
    capture.goto(f"/d/{code}/sound")
    pressed(capture, "Bắt đầu thu")
    shown(capture, "Đang thu. Tiếng đã đến máy chủ và được ghi vào đĩa.")
    pressed(moderator, "Sang phần trả lời")
    writes_by_hand(secretary)
    capture.wait_for_function(RECORDED, arg=10)
    pressed(moderator, "Đã trả lời")
    for screen in screens:
        shown(screen, "Phiên đang được ghi âm")
        screen.locator("#captions .caption").nth(1).wait_for(timeout=60_000)
    capture.wait_for_function(RECORDED, arg=15)
    pressed(capture, "Dừng thu")
    shown(capture, "Đã dừng thu. Mọi tiếng đã thu đều ở trên máy chủ.")


def writes_by_hand(page) -> None:
    """The desk needs no recogniser: a line and Enter."""
    page.get_by_label("Vai người nói").select_option("chair")
    page.get_by_label("Lời nói").fill(BY_HAND)
    page.get_by_label("Lời nói").press("Enter")
    page.wait_for_function(SAYS, arg=["#lines textarea", BY_HAND])


def corrects(page) -> None:
    """The last line that was heard of the first question is typed anew."""
    heard = page.locator("#lines > li:has([data-play])", has_text="câu 1").last
    name = heard.get_attribute("id")
    heard.locator("textarea").fill(CORRECTED)
    heard.locator("textarea").press("Enter")
    page.wait_for_function(SAYS, arg=[f"#{name} textarea", CORRECTED])


def words_are_vosks_own(served: Served, korean: Path, code: str, folder: Path) -> None:
    """The journal holds, word by word, what Vosk alone writes for the samples on the disk."""
    recogniser = served.parts.listening._recogniser
    assert recogniser
    until(lambda: not recogniser._sources, "the sound to be heard to its end", 60)
    stream = served.run(served.parts.journal.stream(code))
    assert stream
    facts = [entry.fact for entry in served.run(served.parts.journal.entries(stream.id))]
    heard = [fact for fact in facts if isinstance(fact, SegmentHeard) and not fact.salvaged]
    answering = [fact.heard for fact in facts if isinstance(fact, ClockStarted) and fact.part is Part.ANSWERING]
    given = [fact.heard for fact in facts if isinstance(fact, OutcomeGiven)]
    cuts = [dict(samples)["hall"] for samples in (*answering, *given)]
    recording = Recording(sound_directory(served.settings.data_dir, code, "hall"))
    pcm = recording.read(0, recording.have)
    recording.close()
    assert heard
    assert len(cuts) == 2
    assert 0 < cuts[0] < cuts[1] < recording.have
    model, written = bare_model(korean, folder), [(str(fact.raw), list(fact.times)) for fact in heard]
    assert any(written == heard_by_vosk_alone(model, pcm, places) for places in cut_at(cuts)), written


def cut_at(wanted: list[int], begun: int = 0) -> Iterator[list[int]]:
    """Where the cuts may have been made: at the wanted samples; or, where sound beyond one was read already, at the end
    of one of the next whole chunks, which count from the cut before."""
    if not wanted:
        yield []
        return
    first, *others = wanted
    whole = (first - begun) // CHUNK
    for place in (first, *(begun + (whole + more) * CHUNK for more in range(1, 9))):
        for rest in cut_at(others, place):
            yield [place, *rest]


def gives_outcomes(page, tuan) -> None:
    """Every question has an outcome before the dialogue can close, and its asker is told."""
    for number, outcome in ((2, "Trả lời một phần"), (4, "Đã trả lời")):
        pressed(page, "Mời câu tiếp theo")
        page.locator(f"#stage[data-number='{number}']").wait_for()
        pressed(page, outcome)
        page.locator(f"#done #q-{number}").wait_for()
    is_told(tuan, 2, "Đã được trả lời một phần tại phiên.")


def closes(page, code: str) -> None:
    page.goto(f"/d/{code}/desk")
    for step in ("Chuyển sang kết thúc", "Kết thúc phiên"):
        pressed(page, step)
    shown(page, "Bước tiếp theo là ký biên bản")


def is_signed_and_published(secretary, chair, code: str, folder: Path) -> Path:
    """The minutes go from hand to hand; the answer is the Word file as the browser saved it."""
    for page in (secretary, chair):
        page.goto(f"/d/{code}/minutes")
    pressed(secretary, "Các cơ quan đã soát xong")
    chair.reload()
    pressed(chair, "Chủ tọa duyệt")
    secretary.reload()
    secretary.get_by_label("và vẫn ký").check()
    pressed(secretary, "Ký với tư cách thư ký")
    chair.reload()
    pressed(chair, "Ký với tư cách chủ tọa")
    secretary.reload()
    pressed(secretary, "Công bố biên bản")
    shown(secretary, "Xem trang công khai")
    with secretary.expect_download() as download:
        secretary.get_by_role("link", name="Tải bản Word").click()
    download.value.save_as(folder / "minutes.docx")
    return folder / "minutes.docx"


def says_what_was_said(word_file: Path) -> None:
    """The question as it was asked in public, the corrected words, the outcome; no name without consent."""
    written = "\n".join(paragraph.text for paragraph in docx.Document(str(word_file)).paragraphs)
    for text in (BRIDGE, WATER_EDITED, LIGHT, CORRECTED, BY_HAND, "Trần Thị Hạnh, xã Ea Mô", "Đã trả lời tại chỗ."):
        assert text in written, text
    assert "Y Tuấn" not in written
    assert WATER not in written


def test_from_the_first_form_to_the_downloaded_minutes(hall: Hall, served, korean, microphone, tmp_path):
    organiser = signed_in(hall.desk("organiser"), "tochuc")
    code = dialogue_made(organiser)
    moderator, secretary, chair = (at_work(hall, login) for login in ("kiemduyet", "thuky", "chutoa"))
    moderator.goto(f"/d/{code}/moderator")
    secretary.goto(f"/d/{code}/transcript")
    hanh = joined(hall.phone("hanh"), code, "Trần Thị Hạnh", "xã Ea Mô", named=True)
    tuan = joined(hall.phone("tuan"), code, "Y Tuấn Niê", "buôn Krông")
    for number, (phone, text) in enumerate(((hanh, BRIDGE), (tuan, WATER), (tuan, GOLD), (hanh, LIGHT)), 1):
        asked(phone, number, text)
        moderator.locator(f"#review #q-{number}", has_text=text).wait_for()
    reviews(moderator)
    is_told(tuan, 2, "Đã duyệt, đứng thứ 2 trong hàng chờ.")
    is_told(tuan, 3, "Không đưa ra phiên. Lý do: nội dung ngoài chủ đề của phiên.")

    stage = opened(organiser.context, f"/d/{code}/stage")
    pressed(moderator, "Mời câu tiếp theo")
    pressed(moderator, "Bắt đầu tính giờ hỏi")
    is_on_stage(stage, 1, BRIDGE, "Trần Thị Hạnh, xã Ea Mô", [WATER_EDITED, LIGHT])
    is_told(hanh, 1, "Đang được trả lời.")

    is_spoken_and_heard(microphone, code, moderator, secretary, hanh, stage)
    is_told(hanh, 1, "Đã được trả lời tại phiên.")
    words_are_vosks_own(served, korean, code, tmp_path / "bare")
    corrects(secretary)
    gives_outcomes(moderator, tuan)
    closes(organiser, code)
    shown(hanh, "Phiên đã kết thúc.")

    says_what_was_said(is_signed_and_published(secretary, chair, code, tmp_path))
    stranger = hall.phone("stranger").new_page()
    stranger.goto(f"/d/{code}/record")
    for text in (BRIDGE, WATER_EDITED, CORRECTED):
        shown(stranger, text)
    assert "Y Tuấn" not in stranger.content()
