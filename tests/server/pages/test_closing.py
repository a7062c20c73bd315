"""Closing asks for a decision on each: the list, one decision for many, and what is left to a person's eyes."""

import re

import pytest

from live import commands as do
from live.refusals import Refused
from live.states import DialogueState, Outcome
from live.states import QuestionState as Q
from tests.cast import CLERK, MODERATOR
from tests.server.pages.forms import fields_on, keeping
from tests.visitors import staff_cookie

WRITTEN = {"what": "written_due", "agency": "Sở Xây dựng", "due": "2027-03-12", "sentence": ""}


def send(served, room, *commands, by=MODERATOR):
    for command in commands:
        assert not isinstance(served.run(room.handle(command, by)), Refused), command


@pytest.fixture
def closing(served, room):
    """One read and queued, one unread, one unread with a telephone number, one on the stage."""
    texts = ("Bao giờ sửa cầu?", "Bao giờ có nước?", "Gọi 0905 123 456 giúp tôi?", "Trường xa quá?")
    send(served, room, *(do.Ask(text) for text in texts), by=CLERK)
    send(served, room, do.Approve(4), do.CallNext(), do.Approve(1), do.MoveDialogue(DialogueState.CLOSING))
    return room


def decided(served, *numbers, role="moderator", login=None, **said):
    with keeping(served, staff_cookie(served, role, login=login)) as person:
        page = person.get("/d/TEST01/closing")
        assert page.status_code == 200
        data = {"csrf": fields_on(page.text)["csrf"], "question": [str(n) for n in numbers]}
        return person.post("/d/TEST01/closing", data=data | WRITTEN | said, follow_redirects=True)


def states(room):
    return [question.state for question in room.dialogue.questions.values()]


def test_the_list_has_everything_that_waits_and_a_tick_for_what_can_be_decided_here(served, closing):
    with keeping(served, staff_cookie(served, "moderator")) as person:
        page = person.get("/d/TEST01/closing").text
    assert re.findall(r'name="question" value="(\d)"', page) == ["1", "2"], "not the stage, not what may be private"
    for number in (1, 2, 3, 4):
        assert f"question={number}#work" in page
    assert "có thông tin riêng" in page


def test_many_get_one_decision_each_as_an_act_of_its_own(served, closing):
    page = decided(served, 1, 2)
    assert states(closing) == [Q.WRITTEN_DUE, Q.WRITTEN_DUE, Q.RECEIVED, Q.ON_STAGE]
    assert "Đã quyết định 2 câu." in page.text
    (seat,) = closing.dialogue.acts.keys() - {MODERATOR.id}
    assert [act.question for act in closing.dialogue.acts[seat]] == [1, 2, 2], "approved, then given its outcome"


def test_what_may_be_private_is_not_made_public_with_the_others(served, closing):
    page = decided(served, 2, 3)
    assert states(closing)[1:3] == [Q.WRITTEN_DUE, Q.RECEIVED]
    assert page.status_code == 409
    assert "Câu số 3:" in page.text
    assert "che chỗ ấy" in page.text
    assert 'value="Sở Xây dựng"' in page.text, "what was typed is still there"


def test_another_procedure_and_higher_up_need_no_date_and_a_written_answer_does(served, closing):
    assert "Hãy chọn cơ quan và ngày" in decided(served, 1, due="").text
    decided(served, 1, login="hai", what="forwarded_up", agency="UBND tỉnh", due="")
    decided(
        served, 2, login="ba", what="reroute", agency="Ban Tiếp công dân", sentence="Xin gửi đơn đến Ban Tiếp công dân."
    )
    assert states(closing)[:2] == [Q.FORWARDED_UP, Q.REROUTED]


def test_the_chair_decides_on_what_was_read_and_nobody_else_comes_in(served, closing):
    decided(served, 1, 2, role="chair")
    assert states(closing)[:2] == [Q.WRITTEN_DUE, Q.RECEIVED]
    for role in ("clerk", "secretary", "agency", "stage"):
        with keeping(served, staff_cookie(served, role, agency="Phòng Kinh tế" if role == "agency" else "")) as person:
            assert person.get("/d/TEST01/closing").status_code == 404


def test_when_all_is_decided_the_page_says_so(served, closing):
    send(served, closing, do.Withdraw(3), do.Withdraw(2), do.GiveOutcome(4, Outcome.ANSWERED))
    decided_page = decided(served, 1)
    assert "Mọi câu đã nhận đều có quyết định." in decided_page.text
    send(served, closing, do.MoveDialogue(DialogueState.CLOSED))


def test_what_the_hall_was_told_comes_next_is_decided_here_too_for_the_reason_on_the_page(served, closing):
    send(served, closing, do.PutOnDeck(1))
    with keeping(served, staff_cookie(served, "moderator")) as person:
        page = person.get("/d/TEST01/closing").text
    reason = fields_on(page)["reason"]
    assert "Hết giờ" in reason
    assert "lý do" in decided(served, 1, login="hai").text, "emptied by hand, it is asked for"
    assert states(closing)[0] is Q.ON_DECK
    decided(served, 1, login="ba", reason=reason)
    assert states(closing)[0] is Q.WRITTEN_DUE


def test_no_reason_is_asked_for_where_nothing_was_announced(served, closing):
    with keeping(served, staff_cookie(served, "moderator")) as person:
        assert "reason" not in fields_on(person.get("/d/TEST01/closing").text)
