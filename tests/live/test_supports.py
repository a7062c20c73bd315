"""How many support a question advises the moderator; everybody sees it only where the dialogue says so."""

from dataclasses import replace

from live import commands as do
from live.dialogue import replay
from live.entries import DialogueDescribed
from live.seats import Audience
from live.sights import PublicCard
from live.states import QuestionState as Q
from live.views import view
from tests.cast import DESCRIBED, OPENED, Evening, evening_in, play


def shown(evening: Evening) -> list[bool]:
    things = [item.thing for region in view(evening.dialogue, Audience.PHONE) for item in region.items]
    return [thing.supports_shown for thing in things if isinstance(thing, PublicCard)]


def test_they_are_shown_to_all_only_while_the_dialogue_says_so():
    evening = evening_in(Q.QUEUED)
    for on in (False, True, False):
        assert shown(evening.play(do.ShowSupports(on))) == [on]


def test_a_new_dialogue_hides_them_and_an_older_journal_is_as_it_was():
    evening = play(*OPENED, do.Ask("Bao giờ?"), do.Approve(1))
    assert not evening.dialogue.supports_shown, "nobody has said that everybody may see them"
    older = [
        replace(entry, fact=replace(entry.fact, hides_supports=False))
        if isinstance(entry.fact, DialogueDescribed)
        else entry
        for entry in evening.entries
    ]
    assert replay(older).supports_shown


def test_a_corrected_notice_says_nothing_of_them():
    evening = play(*OPENED, do.ShowSupports(), replace(DESCRIBED, title="Tên khác"))
    assert evening.dialogue.supports_shown
    assert not play(*OPENED, replace(DESCRIBED, title="Tên khác")).dialogue.supports_shown
