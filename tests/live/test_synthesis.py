"""The table of what was asked: grouped by topic, counted by sender, without names and without what nobody has read."""

from hypothesis import given

from live import commands as do
from live.states import Outcome
from live.states import QuestionState as Q
from live.synthesis import synthesis, unread
from tests.cast import AGENCY, BY_JUNE, CLERK, HANH, OPENED, REFUSED, TUAN, play
from tests.live import evenings as some

ASKED = (
    (HANH, do.Ask("Nước đục", "Nước sạch")),
    (TUAN, do.Ask("Sổ đỏ bao giờ có?", "Đất đai")),
    (CLERK, do.Ask("Cầu hỏng")),
    (HANH, do.Ask("Sổ đỏ chậm", "Đất đai")),
    (TUAN, do.Ask("Đất ruộng?", "Đất đai")),
)


def test_topics_stand_as_in_the_notice_and_what_most_sent_first():
    evening = play(*OPENED, *ASKED, *(do.Approve(n) for n in (1, 2, 3, 5)), do.Merge(4, into=2))
    found = synthesis(evening.dialogue)
    assert [(topic.name, [row.number for row in topic.rows]) for topic in found] == [
        ("Đất đai", [2, 5]),
        ("Nước sạch", [1]),
        ("", [3]),
    ]
    assert (found[0].senders, found[0].rows[0].senders, found[0].rows[0].merged) == (3, 2, (4,))


def test_it_says_who_answers_what_is_ready_and_how_it_stands():
    evening = play(*OPENED, *ASKED[:1], do.Approve(1), do.Assign(1, AGENCY.agency, BY_JUNE))
    evening.play((AGENCY, do.PrepareNote(1, "Đã bố trí vốn")), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    (row,) = synthesis(evening.dialogue)[0].rows
    assert (row.agency, row.due, row.prepared, row.state) == (AGENCY.agency, BY_JUNE, "Đã bố trí vốn", Q.ANSWERED)
    assert HANH.name not in str(synthesis(evening.dialogue))


def test_what_nobody_has_read_and_what_was_refused_is_not_in_it():
    evening = play(*OPENED, *ASKED[:2], REFUSED)
    assert synthesis(evening.dialogue) == ()
    assert unread(evening.dialogue) == 1


@given(some.presses(some.reading))
def test_every_opinion_that_goes_to_the_floor_is_counted_once(pressed):
    evening = play(*OPENED, *ASKED)
    for seat, command in pressed:
        evening.send(command, seat)
    left_out = {Q.RECEIVED, Q.IN_REVIEW, Q.REFUSED, Q.WITHDRAWN}
    questions = evening.dialogue.questions
    leads = {n: questions[q.merged_into] if q.merged_into else q for n, q in questions.items()}
    assert sum(topic.senders for topic in synthesis(evening.dialogue)) == sum(
        lead.state not in left_out for lead in leads.values()
    )
