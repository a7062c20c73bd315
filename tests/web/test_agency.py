"""An agency reports on its own promise in a real browser, and sees those of others without buttons."""

import pytest

from live import commands as do
from live.states import CommitmentState, DialogueState, Outcome
from tests.cast import BY_JUNE, SECRETARY
from tests.web.visits import opened, visitor

pytestmark = pytest.mark.browser


def test_an_agency_begins_and_reports_without_leaving_its_page(browser, house):
    for number, agency in enumerate(("Phòng Kinh tế", "Sở Xây dựng"), 1):
        house.send(do.NoteCommitment(f"Việc thứ {number}", agency, BY_JUNE), by=SECRETARY)
        for to in (CommitmentState.READ_BACK, CommitmentState.IN_MINUTES):
            house.send(do.MoveCommitment(number, to), by=SECRETARY)
    with visitor(browser, house, house.staff("coquan", "agency", agency="phòng kinh tế")) as context:
        page = opened(context, f"/d/{house.code}/agency")
        own, everybodys = page.locator("#mine > li"), page.locator("#commitments > li")
        assert (own.count(), everybodys.count()) == (1, 2)
        assert everybodys.locator("form").count() == 0
        own.get_by_role("button", name="Bắt đầu thực hiện").click()
        own.get_by_text("Báo kết quả").first.click()
        own.locator("textarea").fill("Đã đổ xong mố cầu.")
        own.get_by_label("Địa chỉ trang có bằng chứng").fill("https://eamo.example/cau")
        own.get_by_role("button", name="Báo kết quả").click()
        everybodys.get_by_text("Đã đổ xong mố cầu.").wait_for()
        own.get_by_text("Đã đổ xong mố cầu.").first.wait_for()
        assert everybodys.get_by_role("link", name="eamo.example").get_attribute("rel") == "noopener nofollow"
        page.wait_for_function("() => !document.querySelector('#mine form')")
    promise = house.room.dialogue.commitments[1]
    assert (promise.state, str(promise.note)) == (CommitmentState.EVIDENCE_GIVEN, "Đã đổ xong mố cầu.")


def test_after_the_evening_the_page_has_what_is_still_owed_and_no_more(browser, house):
    house.send(do.Ask("Bao giờ có nước?"), by=house.clerk)
    house.send(do.Approve(1), do.Assign(1, "Phòng Kinh tế", BY_JUNE))
    house.send(do.MoveDialogue(DialogueState.CLOSING))
    with visitor(browser, house, house.staff("coquan", "agency", agency="Phòng Kinh tế")) as context:
        page = opened(context, f"/d/{house.code}/agency")
        page.locator("#stage-title").wait_for()
        assert page.locator("#mine-task-1 textarea").count() == 1
        house.send(do.GiveOutcome(1, Outcome.WRITTEN_DUE, "Phòng Kinh tế", BY_JUNE))
        house.send(do.MoveDialogue(DialogueState.CLOSED))
        page.locator("#stage-title").wait_for(state="hidden")
        page.locator("#mine-answer-1").wait_for()
        assert page.locator("#mine-task-1 textarea").count() == 0, "the chair reads no more notes"
