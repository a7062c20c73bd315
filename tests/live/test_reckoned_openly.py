"""What everybody may read of the sum: refused questions by reason and number, and never a word of theirs."""

from live import commands as do
from live.compose import compose
from live.reckoning import reckon, sums
from live.refused_openly import RefusedNumber, refused_openly
from live.seats import Audience
from live.sights import ReckoningCard
from live.states import DialogueState, RefusalReason
from live.views import view
from tests.cast import HANH, OPENED, TUAN, Evening, play

OWN = "Đã trả lời rồi"
SENTENCE = "Xin xem câu số 1."


def refused_three() -> Evening:
    evening = play(*OPENED, do.Ask("[riêng 1]"), do.Ask("[riêng 2]"), do.Ask("[riêng 3]"), (TUAN, do.Ask("Bốn?")))
    for number in (1, 2):
        evening.play(do.Refuse(number, RefusalReason.OFF_TOPIC, "[riêng] ngoài chủ đề"))
    return evening.play(do.SetReasons(OWN), do.Refuse(3, RefusalReason.OTHER, SENTENCE, OWN))


def test_the_reasons_add_up_to_the_refused_the_most_first():
    whole = reckon(refused_three().dialogue)
    assert [(g.reason, g.words, g.count) for g in whole.grounds] == [
        (RefusalReason.OFF_TOPIC, "", 2),
        (RefusalReason.OTHER, OWN, 1),
    ]
    assert sum(ground.count for ground in whole.grounds) == whole.refused == 3


def test_their_numbers_and_reasons_are_public_and_their_words_are_not():
    evening = refused_three()
    assert refused_openly(evening.dialogue) == (
        RefusedNumber(1, RefusalReason.OFF_TOPIC, ""),
        RefusedNumber(2, RefusalReason.OFF_TOPIC, ""),
        RefusedNumber(3, RefusalReason.OTHER, OWN),
    )
    seen = repr(view(evening.dialogue, Audience.PUBLIC))
    assert "[riêng" not in seen
    assert SENTENCE not in seen, "the sentence is for the asker: it may tell what was asked"


def test_read_again_after_an_appeal_it_is_refused_no_more():
    evening = refused_three().play((HANH, do.Appeal(1, "Xin đọc lại")))
    assert [one.number for one in refused_openly(evening.dialogue)] == [2, 3]
    assert sum(ground.count for ground in reckon(evening.dialogue).grounds) == 2


def test_the_minutes_count_the_refused_by_reason():
    (counts,) = [block for block in compose(refused_three().dialogue) if block.key == "counts"]
    assert f"từ chối có lý do: 3 (ngoài chủ đề: 2; {OWN}: 1);" in str(counts.text)
    (none,) = [block for block in compose(play(*OPENED, do.Ask("Một?")).dialogue) if block.key == "counts"]
    assert "từ chối có lý do: 0;" in str(none.text)


def test_the_sum_in_short_adds_up_and_only_a_closing_dialogue_asks_for_decisions():
    evening = refused_three()
    assert sums(evening.dialogue) == {"received": 4, "waiting": 1, "settled": 3}
    assert [card.closing for card in cards(evening)] == [False]
    assert [card.closing for card in cards(evening.play(do.MoveDialogue(DialogueState.CLOSING)))] == [True]


def cards(evening: Evening) -> list[ReckoningCard]:
    things = [item.thing for region in view(evening.dialogue, Audience.PUBLIC) for item in region.items]
    return [thing for thing in things if isinstance(thing, ReckoningCard)]
