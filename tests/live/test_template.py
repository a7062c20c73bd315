"""A dialogue made after another one is arranged like it, and knows nothing of what was asked or said there."""

from live import commands as do
from live.dialogue import Dialogue
from live.seats import Audience
from live.sites import clerk_site, linked
from live.states import DialogueState, Lane, Reasoned
from live.template import arranged
from live.texts import Sealed
from tests.cast import ANNOUNCED, DESCRIBED, HANH, MODERATOR, SECRETARY, Evening, play

SEATS = {Audience.MODERATOR: MODERATOR, Audience.SECRETARY: SECRETARY}
REASONS = "Đã trả lời rồi | Xin xem câu trước.\nNgoài địa bàn"
PATTERN = (
    do.SetReasons(REASONS),
    do.SetReasons("Gửi trùng | Xin đợi các câu đã gửi.", of=Reasoned.SUSPENSION),
    do.DeclareMixing(hall=2, online=1, site=1, first_time=True, topic_run=3),
    do.ShowSupports(on=True),
    do.SetAsking(open=False, waiting=5),
    do.ScaleStage(120),
    do.SetGlossary("Ea Mô = ê a mô, i a mô\nBa Tơ", 0),
    do.SetSites("Điểm cầu đã thôi\nĐiểm cầu Ea Tul"),
    do.SetSites("Điểm cầu Ea Tul"),
    do.SeatClerk("staff:7", 2),
)


def copied(pattern: Dialogue) -> Evening:
    return play(DESCRIBED, *((SEATS[audience], command) for audience, command in arranged(pattern)))


def arrangement(dialogue: Dialogue) -> tuple[object, ...]:
    sites = [str(site.name) for site in linked(dialogue)]
    return (
        dialogue.reasons, dialogue.suspension_reasons, dialogue.mixing, dialogue.supports_shown, dialogue.hall,
        dialogue.glossary.terms, sites,
        clerk_site(dialogue, "staff:7"), dialogue.asking.waiting,
    )  # fmt: skip


def test_a_copy_is_arranged_like_its_pattern():
    pattern = play(*ANNOUNCED, (HANH, do.Ask("Bao giờ sửa cầu?")), do.Approve(1), *PATTERN).dialogue
    copy = copied(pattern).dialogue
    assert copy.asking.open, "that phones may not ask just now is no setting"
    assert arrangement(copy) == arrangement(pattern)
    assert copy.mixing is not None
    assert dict(copy.mixing.shares)[Lane.HALL] == 2
    assert [(site.number, site.name) for site in linked(copy)] == [(1, Sealed("Điểm cầu Ea Tul"))]


def test_nothing_that_was_asked_said_or_promised_is_copied():
    pattern = play(*ANNOUNCED, (HANH, do.Ask("Bao giờ sửa cầu?")), do.Approve(1), do.PrintCard(), *PATTERN).dialogue
    copy = copied(pattern).dialogue
    bare = play(DESCRIBED).dialogue
    for kept in ("questions", "asked", "queue", "lines", "commitments", "minutes", "cards", "messages", "state"):
        assert getattr(copy, kept) == getattr(bare, kept), kept


def test_a_copy_of_a_copy_is_the_same_and_of_nothing_is_nothing():
    pattern = play(*ANNOUNCED, *PATTERN).dialogue
    once = copied(pattern).dialogue
    assert arrangement(copied(once).dialogue) == arrangement(once)
    assert list(arranged(play(DESCRIBED).dialogue)) == []


def test_what_a_rehearsal_changed_is_not_copied():
    rehearsed = play(*ANNOUNCED, do.MoveDialogue(DialogueState.REHEARSAL), do.SetSites("Điểm cầu thử")).dialogue
    assert list(arranged(rehearsed)) == []
