"""The minutes as a proof, from the first edit to publication, in a real browser against a real server."""

from datetime import date

import pytest

from live import commands as do
from live.minutes import blocks
from live.states import DialogueState, MinutesState, Outcome
from tests.cast import SECRETARY
from tests.web.visits import shown, visitor, while_it_runs

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def ended(house):
    """A dialogue that has ended with one answer and one promise."""
    house.send(do.Ask("Bao giờ sửa đường thôn Đông?", name="Người Hỏi Ẩn", locality="thôn Đông"), by=house.clerk)
    house.send(do.Approve(1), do.CallNext())
    house.send(do.WriteLine("Sửa xong trong tháng 12."), by=SECRETARY)
    house.send(do.NoteCommitment("Sửa đường", "Phòng Kinh tế", date(2020, 12, 31), 1), by=SECRETARY)
    house.send(do.GiveOutcome(1, Outcome.ANSWERED), do.MoveDialogue(DialogueState.CLOSING))
    house.send(do.MoveDialogue(DialogueState.CLOSED))
    house.send(do.WriteLine("Lời chào chưa gắn câu nào."), by=SECRETARY)
    return house


def block(house, key):
    return next(block for block in blocks(house.room.dialogue) if block.key == key)


def test_a_block_is_saved_by_itself_and_what_is_typed_elsewhere_stays(browser, ended):
    with visitor(browser, ended, ended.staff("thuky", "secretary"), **DESK) as context:
        page = context.new_page()
        page.goto(f"/d/{ended.code}/minutes")
        shown(page, "1 dòng lời ghi chưa gắn với câu hỏi nào")
        assert page.locator("#unanswered").get_by_role("link", name="1", exact=True).is_visible()
        page.get_by_role("textbox", name="Kết luận của chủ tọa").fill("Chủ tọa kết luận.")
        page.get_by_role("textbox", name="Địa điểm").fill("Hội trường B")
        shown(page, "Còn 2 mục chưa lưu.")
        page.locator("#block-place").get_by_role("button", name="Lưu mục này").click()
        shown(page, "Còn 1 mục chưa lưu.")
        assert str(block(ended, "place").text) == "Hội trường B"
        assert page.get_by_role("textbox", name="Kết luận của chủ tọa").input_value() == "Chủ tọa kết luận."
        page.get_by_role("textbox", name="Địa điểm").fill("Hội trường C")
        page.locator("#block-place").get_by_role("button", name="Lưu mục này").click()
        page.wait_for_function("() => document.querySelectorAll('.growing[data-typed]').length === 1")
        assert str(block(ended, "place").text) == "Hội trường C"


def test_a_save_over_somebody_elses_is_told_and_then_done_knowingly(browser, ended):
    with visitor(browser, ended, ended.staff("thuky", "secretary"), **DESK) as context:
        page = context.new_page()
        page.goto(f"/d/{ended.code}/minutes")
        ended.send(do.EditMinutes("place", "Hội trường của người khác", 0), by=SECRETARY)
        page.get_by_role("textbox", name="Địa điểm").fill("Hội trường của tôi")
        save = page.locator("#block-place").get_by_role("button", name="Lưu mục này")
        save.click()
        shown(page, "bản hiện tại là: “Hội trường của người khác”")
        page.wait_for_function("() => document.querySelector('#block-place [name=revision]').value === '1'")
        save.click()
        page.wait_for_function("() => document.querySelectorAll('.growing[data-typed]').length === 0")
        assert str(block(ended, "place").text) == "Hội trường của tôi"


@pytest.mark.parametrize("sent", ["Hội trường B", ""])
def test_what_is_typed_while_a_block_is_being_saved_stays_and_is_saved_with_the_next_press(browser, ended, sent):
    with visitor(browser, ended, ended.staff("thuky", "secretary"), **DESK) as context:
        page, held = context.new_page(), []

        def hold(route):
            held.append(route)

        page.route("**/do/edit_minutes", hold)
        page.goto(f"/d/{ended.code}/minutes")
        field = page.get_by_role("textbox", name="Địa điểm")
        save = page.locator("#block-place").get_by_role("button", name="Lưu mục này")
        field.fill(sent)
        save.click()
        while_it_runs(page, lambda: held, "the block to be on its way")
        field.fill("Hội trường B, tầng hai")
        save.click()
        held.pop().continue_()
        while_it_runs(page, lambda: held, "the second press to follow the first")
        assert str(block(ended, "place").text) == sent
        assert field.input_value() == "Hội trường B, tầng hai"
        held.pop().continue_()
        page.wait_for_function("() => document.querySelectorAll('.growing[data-typed]').length === 0")
        assert str(block(ended, "place").text) == "Hội trường B, tầng hai"
        assert field.input_value() == "Hội trường B, tầng hai"


@pytest.mark.parametrize("script", [True, False])
def test_a_block_is_emptied_and_brought_back(browser, ended, script):
    with visitor(browser, ended, ended.staff("thuky", "secretary"), java_script_enabled=script, **DESK) as context:
        page = context.new_page()
        page.goto(f"/d/{ended.code}/minutes")
        composed = page.get_by_role("textbox", name="Phát biểu ngoài các câu hỏi").input_value()
        assert "Lời chào chưa gắn câu nào." in composed
        if script:
            page.get_by_role("textbox", name="Kết luận của chủ tọa").fill("Chưa lưu.")
        page.get_by_role("textbox", name="Phát biểu ngoài các câu hỏi").fill("")
        page.locator("#block-remarks").get_by_role("button", name="Lưu mục này").click()
        back = page.locator("#block-remarks").get_by_role("button", name="Về bản soạn sẵn")
        back.wait_for()
        assert page.get_by_role("textbox", name="Phát biểu ngoài các câu hỏi").input_value() == ""
        assert str(block(ended, "remarks").text) == ""
        back.click()
        back.wait_for(state="detached")
        assert page.get_by_role("textbox", name="Phát biểu ngoài các câu hỏi").input_value() == composed
        if script:
            assert page.get_by_role("textbox", name="Kết luận của chủ tọa").input_value() == "Chưa lưu.", (
                "typed elsewhere, and lost"
            )


@pytest.mark.parametrize("script", [True, False])
def test_the_way_from_draft_to_publication_is_one_button_at_a_time(browser, ended, script):
    both = ended.staff("chung", "secretary", "chair")
    with (
        visitor(browser, ended, both, java_script_enabled=script, **DESK) as staff,
        visitor(browser, ended) as stranger,
    ):
        page = staff.new_page()
        public = stranger.new_page()
        record = f"{ended.url}/d/{ended.code}/record"
        assert stranger.request.get(record).status == 404
        page.goto(f"/d/{ended.code}/record")
        assert "Bản xem trước" in page.content()
        page.goto(f"/d/{ended.code}/minutes")
        for step in ("Các cơ quan đã soát xong", "Chủ tọa duyệt"):
            page.get_by_role("button", name=step).click()
        assert "Số, ký hiệu" in page.locator("#blanks").inner_text()
        page.get_by_role("button", name="Ký với tư cách thư ký").click()
        assert not ended.room.dialogue.minutes.signatures, "asked first whether the blanks may stay"
        page.get_by_label("và vẫn ký").first.check()
        page.get_by_role("button", name="Ký với tư cách thư ký").click()
        page.get_by_role("button", name="Ký với tư cách chủ tọa").click()
        assert ended.room.dialogue.minutes.state is MinutesState.SIGNED
        assert page.locator("textarea[name=text]").count() == 0
        page.get_by_role("button", name="Công bố biên bản").click()
        assert stranger.request.get(record).status == 200
        public.goto(record)
        words = public.content()
        assert "Bao giờ sửa đường thôn Đông?" in words
        assert "Sửa xong trong tháng 12." in words
        assert "Trả lời:</b> <span>…… (chưa ghi được lời của người trả lời)" in words
        assert "Người Hỏi Ẩn" not in words
        public.goto("/commitments?show=overdue")
        assert "Sửa đường" in public.content()
        assert "quá hạn" in public.content()


def test_on_paper_the_minutes_are_words_without_buttons(browser, ended):
    with visitor(browser, ended, ended.staff("thuky", "secretary"), **DESK) as context:
        page = context.new_page()
        page.goto(f"/d/{ended.code}/minutes")
        page.emulate_media(media="print")
        assert page.get_by_role("button", name="Tải bản Word").count() == 0
        assert page.locator(".minutes__side").is_hidden()
        assert page.locator("#block-place .growing__copy").is_visible()
        assert page.locator("#block-place textarea").is_hidden()
