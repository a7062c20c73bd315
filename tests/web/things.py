"""Every thing that the phone, the hall screen and the receipt can meet, taken from real histories of the cast."""

from collections.abc import Iterator
from datetime import timedelta

from live import captioning, looks
from live import commands as do
from live.mine import mine, own
from live.seats import Audience
from live.sights import Banner, Thing
from live.states import DialogueState, Outcome, Part, QuestionState, RefusalReason, Role
from live.views import Item, view
from tests.cast import AGENCY, BY_JUNE, HANH, OPENED, SECRETARY, TUAN, evening_in, play

HOSTILE = "<script>alert(\"1\")</script> & 'ngoặc'"


def items() -> Iterator[tuple[Audience, Item]]:
    """The items of both public pages through a question's whole life, and of those who speak instead of writing."""
    spoken = play(*OPENED, (HANH, do.RaiseHand("", HOSTILE)), do.Approve(1), do.CallSpeaker(HOSTILE, HOSTILE))
    for dialogue in (spoken.dialogue, *(evening_in(state).dialogue for state in QuestionState)):
        for audience in (Audience.PHONE, Audience.STAGE, Audience.PUBLIC):
            yield from ((audience, item) for region in view(dialogue, audience) for item in region.items)
        yield from ((Audience.PHONE, Item(f"mine-{own.number}", own)) for own in mine(dialogue, HANH.id))


def owned() -> Iterator[tuple[Audience, Item]]:
    """What is one's own: added to, refused, appealed; and what an agency was given to prepare."""
    evening = play(*OPENED, (HANH, do.Ask("Bao giờ sửa cầu?")), do.AddToQuestion(1, HOSTILE))
    evening.play(do.Assign(1, AGENCY.agency, BY_JUNE), (AGENCY, do.PrepareNote(1, HOSTILE)))
    yield from ((Audience.AGENCY, Item(one.key, one)) for one in own(evening.dialogue, AGENCY))
    yield from owed()
    for step in (do.Refuse(1, RefusalReason.OTHER, HOSTILE), do.Appeal(1, HOSTILE)):
        evening.play(step)
        yield from ((Audience.PHONE, Item(one.key, one)) for one in mine(evening.dialogue, HANH.id))


def owed() -> Iterator[tuple[Audience, Item]]:
    """An answer owed in writing, before and after it was sent: on its agency's desk, for everybody, for its asker."""
    evening = play(*OPENED, (HANH, do.Ask(HOSTILE)), do.Assign(1, AGENCY.agency, BY_JUNE), do.Approve(1))
    evening.play((AGENCY, do.PrepareNote(1, HOSTILE)))
    evening.play(do.GiveOutcome(1, Outcome.WRITTEN_DUE, agency=AGENCY.agency, due=BY_JUNE, note=HOSTILE))
    for step in (None, (AGENCY, do.ReportAnswer(1, HOSTILE, "https://eamo.example/12"))):
        dialogue = evening.play(*([step] if step else [])).dialogue
        yield from ((Audience.AGENCY, Item(one.key, one)) for one in own(dialogue, AGENCY))
        yield from ((Audience.PHONE, Item(one.key, one)) for one in mine(dialogue, HANH.id))
        regions = (region for region in view(dialogue, Audience.PUBLIC) if region.name == "answers")
        yield from ((Audience.PUBLIC, item) for region in regions for item in region.items)


def floor() -> Iterator[Thing]:
    """The stage with its clock standing, running, paused and over."""
    evening = play(*OPENED, (TUAN, do.Ask(HOSTILE)), do.Approve(1), do.CallNext())
    yield looks.stage(evening.dialogue)
    evening.play(do.StartClock(Part.ASKING), timedelta(seconds=5))
    yield looks.stage(evening.dialogue)
    evening.play(do.StopClock())
    yield looks.stage(evening.dialogue)
    evening.play(do.StartClock(Part.ANSWERING), timedelta(hours=1), do.StopClock())
    yield looks.stage(evening.dialogue)


def captions() -> Iterator[Item]:
    evening = play(*OPENED, *((SECRETARY, do.WriteLine(HOSTILE, role)) for role in Role))
    yield from (Item(f"caption-{line.id}", captioning.caption(line)) for line in captioning.captioned(evening.dialogue))


def banners() -> Iterator[Banner]:
    for state in DialogueState:
        for recording in (False, True):
            yield Banner(state, recording, captions_hidden=recording, asking=not recording)
