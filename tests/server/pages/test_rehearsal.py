"""A rehearsal from end to end through the doors: staff play, phones look on, the opening finds nothing of it."""

from live import commands as do
from live.states import Channel, DialogueState, Outcome
from tests.cast import MODERATOR
from tests.server.pages.forms import keeping, send
from tests.visitors import Visitor, browser, citizen_cookie, open_dialogue, staff_cookie


def moved(client, to):
    """Press the button of the organiser's page."""
    answer = send(client, "/d/TEST01/desk", do="move", to=to.value)
    assert answer.status_code == 303


def test_a_rehearsal_is_played_by_staff_and_gone_when_the_dialogue_opens(served):
    room = open_dialogue(served, to=DialogueState.ANNOUNCED)
    hanh = citizen_cookie(served, "Hạnh")
    with keeping(served, staff_cookie(served, "organiser")) as organiser, Visitor(served, hanh) as phone:
        phone.next("caught_up")
        assert "ok" in phone.send("ask", text="Câu thật gửi trước")
        served.run(room.handle(do.PrintCard(), MODERATOR))
        moved(organiser, DialogueState.REHEARSAL)
        assert phone.send("ask", text="Câu lúc diễn tập")["code"] == "closed"

        with Visitor(served, staff_cookie(served, "clerk"), "clerk") as clerk:
            clerk.next("caught_up")
            answer = clerk.send("ask", text="Câu thử từ phiếu", channel=Channel.HALL_CARD.value, card=1)
        rehearsed = answer["receipt"]["code"]
        assert rehearsed != str(room.dialogue.cards[1].receipt), "the paper stays unused"
        for command in (do.Approve(2), do.CallNext(), do.GiveOutcome(2, Outcome.ANSWERED)):
            served.run(room.handle(command, MODERATOR))
        with browser(served) as anybody:
            assert anybody.get(f"/r/{rehearsed}").status_code == 200
            assert "Câu thử từ phiếu" in anybody.get("/d/TEST01").text
            assert "Câu hỏi số 2" in anybody.get("/d/TEST01/kiosk?look=2").text

            moved(organiser, DialogueState.READY)
            moved(organiser, DialogueState.OPEN)
            assert anybody.get(f"/r/{rehearsed}").status_code == 404
            assert "Câu thử từ phiếu" not in anybody.get("/d/TEST01").text
            assert "Không thấy" in anybody.get("/d/TEST01/kiosk?look=2").text
        assert [str(q.text) for q in room.dialogue.questions.values()] == ["Câu thật gửi trước"]
        assert room.dialogue.cards[1].question is None
        assert phone.send("ask", text="Câu thật thứ hai")["receipt"]["number"] == 2
