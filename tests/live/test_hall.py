"""The hall screen: overlays, size, and standing still without showing what was taken back."""

import pytest

from live import commands as do
from live.hall import HallBoard
from live.looks import stage
from live.refusals import Code
from live.seats import Audience
from live.sights import Caption, PublicCard, Stage
from live.states import Outcome, Overlay, Part, TurnState
from live.states import QuestionState as Q
from live.views import view
from tests.cast import HANH, OPENED, SECRETARY, TUAN, Evening, evening_in, play

THREE = (*OPENED, *(step for n in range(1, 4) for step in (do.Ask(f"Câu {n}"), do.Approve(n))), do.CallNext())


def hall(evening: Evening) -> tuple[Stage, list[int], list[str], HallBoard]:
    things = [i.thing for r in view(evening.dialogue, Audience.STAGE) for i in r.items]
    (board,) = [thing for thing in things if isinstance(thing, HallBoard)]
    (shown,) = [thing for thing in things if isinstance(thing, Stage)]
    cards = [thing.number for thing in things if isinstance(thing, PublicCard)]
    return shown, cards, [thing.text for thing in things if isinstance(thing, Caption)], board


def test_an_overlay_lies_over_the_screen_until_it_is_taken_away():
    evening = play(*OPENED, do.ShowOverlay(Overlay.MESSAGE, "Giải lao đến 9 giờ"))
    assert hall(evening)[3] == HallBoard(Overlay.MESSAGE, "Giải lao đến 9 giờ", 100, frozen=False, waiting=0)
    assert hall(evening.play(do.HideOverlay()))[3] == HallBoard(None, "", 100, frozen=False, waiting=0)
    assert evening.send(do.HideOverlay()) == ()


@pytest.mark.parametrize(
    "command, refused",
    [
        (do.ShowOverlay(Overlay.MESSAGE), Code.EMPTY),
        (do.ShowOverlay(Overlay.BREAK), None),
        (do.ShowOverlay(Overlay.QR), None),
        (do.ShowOverlay(Overlay.MESSAGE, "x" * 201), Code.TOO_LONG),
        (do.ScaleStage(59), Code.NOT_UNDERSTOOD),
        (do.ScaleStage(161), Code.NOT_UNDERSTOOD),
        (do.ScaleStage(130), None),
    ],
)
def test_what_cannot_be_read_from_the_last_row_is_refused(command, refused):
    assert play(*OPENED).refusal(command) is refused


def test_a_frozen_screen_keeps_its_question_and_counts_what_waits():
    evening = play(*THREE, do.FreezeStage(), do.GiveOutcome(1, Outcome.ANSWERED), do.CallNext())
    shown, cards, _, board = hall(evening)
    assert (shown.number, shown.clock, cards, board.frozen, board.waiting) == (1, None, [2, 3], True, 0)
    evening.play(do.Ask("Câu mới"), do.Approve(4))
    assert hall(evening)[3].waiting == 1
    evening.play(do.ThawStage())
    assert (hall(evening)[0], hall(evening)[1]) == (stage(evening.dialogue), [3, 4])
    assert evening.send(do.ThawStage()) == ()


def test_the_clock_of_a_frozen_question_goes_on_while_it_has_the_floor():
    evening = play(*THREE, do.FreezeStage(), do.StartClock(Part.ASKING))
    assert hall(evening)[0] == stage(evening.dialogue)
    assert hall(evening)[0].turn is TurnState.SPEAKING


def test_what_is_taken_back_leaves_a_frozen_screen_at_once():
    evening = play(*THREE, (SECRETARY, do.WriteLine("Số của tôi là 0912")), do.FreezeStage())
    evening.play(do.Edit(1, "Câu […]", 1, redacted=True), do.TakeOffDeck(3, "Có số điện thoại"), do.Reopen(3))
    evening.play(do.StrikeLine(max(evening.dialogue.lines), 1))
    shown, cards, captions, _ = hall(evening)
    assert (shown.text, cards, captions) == ("Câu […]", [2], [])


def test_a_question_returned_and_withdrawn_is_gone_from_a_frozen_screen():
    evening = evening_in(Q.ON_STAGE).play(do.FreezeStage(), do.ReturnToQueue(1), do.Withdraw(1))
    assert hall(evening)[0] == Stage()


def ahead(evening: Evening, audience: Audience) -> Stage | None:
    (board,) = [i.thing for r in view(evening.dialogue, audience) for i in r.items if isinstance(i.thing, HallBoard)]
    return board.ahead


def test_who_leads_sees_before_pressing_exactly_what_the_hall_will_see():
    evening = play(*OPENED, (HANH, do.Ask("Có tên")), (TUAN, do.Ask("Không tên")), do.Approve(2), do.Approve(1))
    for expected in (2, 1):
        promised = ahead(evening, Audience.MODERATOR)
        assert promised == ahead(evening, Audience.CHAIR)
        assert promised is not None
        assert promised.number == expected
        assert ahead(evening, Audience.STAGE) is None, "the hall screen does not know what is only meant"
        shown = hall(evening.play(do.CallNext()))[0]
        assert (shown.number, shown.asker, shown.topic, shown.text, shown.site) == (
            promised.number, promised.asker, promised.topic, promised.text, promised.site,
        )  # fmt: skip
        evening.play(do.GiveOutcome(expected, Outcome.ANSWERED))
    assert ahead(evening, Audience.MODERATOR) is None
