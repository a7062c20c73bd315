"""The order that everybody was told: whoever is called next is who the published words say, on every page at once."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live import hall
from live.backstage import proposal
from live.dialogue import Dialogue
from live.lineup import line
from live.looks import led_stage, queued_after_upcoming, upcoming
from live.mine import mine
from live.mixing import lane_of
from live.order import DECK_PLACES
from live.questions import Question
from live.refusals import Code, Refused
from live.seats import Audience, Seat
from live.states import Channel, DialogueState, Lane, Outcome
from live.views import view
from tests.cast import ANNOUNCED, CLERK, MODERATOR, OPENED, Evening, Step, play
from tests.live import evenings as some

PHONES = [Seat(f"seat-{name}", Audience.PHONE, name, "xã Ea Mô") for name in ("Hạnh", "Tuấn", "Bia")]
AT_A_SITE = [Seat(f"seat-{n}", Audience.PHONE, f"Người {n}", "xã", site=f"Điểm cầu {n}") for n in (1, 2)]
WHY = "Người hỏi phải về sớm"

shares = st.integers(0, 3)
rules = st.builds(
    do.DeclareMixing, shares, shares, shares, shares, st.booleans(), st.integers(0, 4), st.just("Theo quy chế")
).filter(lambda rule: rule.hall or rule.online or rule.site or rule.in_advance)
asked = st.tuples(
    st.sampled_from([*PHONES, *AT_A_SITE, CLERK]),
    st.sampled_from(["", "Đất đai", "Nước sạch"]),
    st.sampled_from([Channel.HALL_CARD, Channel.IN_ADVANCE, Channel.PHONE_CALL]),
)
numbers = st.integers(1, 7)
turns = st.one_of(
    st.builds(do.Place, numbers, st.none() | numbers, st.just(WHY)),
    st.builds(do.SetAside, numbers, st.just(WHY)),
    st.builds(do.PutOnDeck, numbers, st.just(WHY)),
    st.builds(do.TakeOffDeck, numbers, st.just(WHY)),
    st.builds(do.Withdraw, numbers, st.just(WHY)),
    st.builds(do.Call, numbers, st.none(), st.just(WHY)),
    st.builds(do.GiveOutcome, numbers, st.just(Outcome.FORWARDED_UP), st.just("UBND tỉnh"), reason=st.just(WHY)),
    st.builds(do.Reroute, numbers, st.just("Ban Tiếp công dân"), st.just("Xin gửi đơn."), st.just(WHY)),
    st.builds(do.ReturnToQueue, numbers, st.booleans(), st.just(WHY)),
    st.just(do.CallNext()),
)


def told(rule: do.DeclareMixing, questions: Sequence[tuple[Seat, str, Channel]]) -> Evening:
    """An open dialogue with this rule, all of these in its queue."""
    sites = do.SetSites("Điểm cầu 1\nĐiểm cầu 2")
    evening = play(*ANNOUNCED, rule, sites, do.MoveDialogue(DialogueState.OPEN), do.SetAsking(open=True, waiting=9))
    for n, (seat, topic, channel) in enumerate(questions, 1):
        evening.play((seat, do.Ask(f"Câu {n}", topic, channel, f"Ông {n}", "xã Ea Mô", read_back=True)), do.Approve(n))
    return evening


def whose_turn_it_was(dialogue: Dialogue) -> list[Question]:
    had = [q for q in dialogue.questions.values() if q.called_at and q.concluded]
    had.sort(key=lambda q: (str(q.called_at), q.number))
    return [*had, *([dialogue.questions[dialogue.turn.question]] if dialogue.turn else [])]


def by_the_words(dialogue: Dialogue, ahead: Sequence[int], left: Sequence[int]) -> int:
    """Who comes next when the sentences of `live/_mixing_rule.html` are read one after another, by hand as it were."""
    rule = dialogue.mixing
    assert rule is not None
    had = [*whose_turn_it_was(dialogue), *(dialogue.questions[n] for n in ahead)]
    part = [dialogue.questions[n] for n in left]
    shares = {lane: share for lane, share in rule.shares if share and any(lane_of(q) is lane for q in part)}
    if shares:
        lacks = {lane: Fraction(share, 1 + [lane_of(q) for q in had].count(lane)) for lane, share in shares.items()}
        due = next(lane for lane in Lane if lane in lacks and lacks[lane] == max(lacks.values()))
        part = [q for q in part if lane_of(q) is due]
        if due is Lane.SITE:
            calls = {str(q.site): sum(q.site == one.site for one in had) for q in part}
            part = [q for q in part if calls[str(q.site)] == min(calls.values())]
    before = [str(q.topic) for q in had]
    if rule.topic_run and before and before[-1]:
        run = next((n for n, topic in enumerate(reversed(before)) if topic != before[-1]), len(before))
        same, other = ([q for q in part if (str(q.topic) == before[-1]) is like] for like in (True, False))
        part = (same if run < rule.topic_run else other) or part
    if rule.first_time and len(ahead) >= 2:
        part = [q for q in part if not q.seat or q.seat not in {one.seat for one in had}] or part
    return part[0].number


def the_whole_line(dialogue: Dialogue) -> tuple[int, ...]:
    found, left = list(dialogue.deck), list(dialogue.queue)
    while left:
        found.append(by_the_words(dialogue, found, left))
        left.remove(found[-1])
    return tuple(found)


def numbers_in(dialogue: Dialogue, audience: Audience, region: str) -> tuple[int, ...]:
    (items,) = (r.items for r in view(dialogue, audience) if r.name == region)
    return tuple(int(item.key.removeprefix("q-")) for item in items)


def every_page_says_the_same(dialogue: Dialogue) -> None:
    order = line(dialogue)
    assert order == (the_whole_line(dialogue) if dialogue.mixing else (*dialogue.deck, *dialogue.queue))
    announced = order[:DECK_PLACES]
    assert upcoming(dialogue) == announced
    frozen = {Audience.STAGE} if dialogue.hall.frozen else set()  # it stands still on purpose
    for audience in {Audience.PHONE, Audience.STAGE, Audience.CHAIR} - frozen:
        assert numbers_in(dialogue, audience, "next") == announced
    assert numbers_in(dialogue, Audience.PHONE, "queue") == queued_after_upcoming(dialogue) == order[DECK_PLACES:]
    assert proposal(dialogue).number == next(iter(order[len(dialogue.deck) :]), None)
    ahead = hall.desk_board(dialogue).ahead
    assert (ahead.number if ahead else None) == next(iter(order), None)
    assert dialogue.turn or led_stage(dialogue).ahead == next(iter(order), None)
    for seat in dialogue.asked:
        for one in mine(dialogue, seat):
            assert one.place == (order.index(one.number) + 1 if one.number in order else None)


@given(rules, st.lists(asked, min_size=1, max_size=7), st.lists(turns, max_size=8))
def test_every_page_names_the_same_next_ones_and_they_are_those_of_the_published_words(rule, questions, commands):
    evening = told(rule, questions)
    every_page_says_the_same(evening.dialogue)
    for command in commands:
        order = line(evening.dialogue)
        answer = evening.send(command, MODERATOR)
        every_page_says_the_same(evening.dialogue)
        if isinstance(command, do.CallNext) and not isinstance(answer, Refused):
            turn = evening.dialogue.turn
            assert turn is not None
            assert (turn.question, *evening.dialogue.deck) == order[: 1 + DECK_PLACES]


@given(rules, st.lists(asked, min_size=1, max_size=7), st.lists(turns, max_size=6))
def test_when_nothing_else_happens_all_are_called_in_the_places_they_were_told(rule, questions, commands):
    evening = told(rule, questions)
    for command in commands:
        evening.send(command, MODERATOR)
    if evening.dialogue.turn:
        evening.play(do.GiveOutcome(evening.dialogue.turn.question, Outcome.ANSWERED))
    promised, called = line(evening.dialogue), []
    for _ in promised:
        evening.play(do.CallNext())
        assert evening.dialogue.turn is not None
        called.append(evening.dialogue.turn.question)
        evening.play(do.GiveOutcome(called[-1], Outcome.ANSWERED))
    assert tuple(called) == promised


@given(st.lists(st.tuples(some.seats, some.reading | some.ordering | some.flooring), max_size=12))
def test_pages_agree_on_any_evening_with_or_without_a_rule(pressed):
    evening = play(*OPENED, *(do.Ask(f"Câu {n}") for n in range(1, 4)), *(do.Approve(n) for n in range(1, 4)))
    for seat, command in pressed:
        evening.send(command, seat)
        every_page_says_the_same(evening.dialogue)


def one_lane(topics: str, most: int) -> Evening:
    return told(do.DeclareMixing(hall=1, topic_run=most), [(CLERK, topic, Channel.HALL_CARD) for topic in topics])


@pytest.mark.parametrize(
    "most, topics, called",
    [
        (1, "aabb", "abab"),
        (2, "aaabbb", "aabbab"),
        (3, "aaaaaab", "aaabaaa"),
        (3, "aaaaabbbbb", "aaabbbaabb"),
        (9, "aaaaaaaaaaab", "aaaaaaaaabaa"),
        (2, "aaaa", "aaaa"),
        (2, "ababab", "aabbab"),
    ],
)
def test_no_more_of_one_topic_follow_one_another_than_declared_while_there_is_another(most, topics, called):
    evening = one_lane(topics, most)
    promised = "".join(str(evening.dialogue.questions[n].topic) for n in line(evening.dialogue))
    assert promised == called


def test_the_count_of_a_topic_goes_on_through_those_who_were_called_long_ago():
    evening = one_lane("aaaaaab", 3)
    for number in (1, 2, 3):
        evening.play(do.CallNext(), do.GiveOutcome(number, Outcome.ANSWERED))
    evening.play(*(do.TakeOffDeck(number, WHY) for number in evening.dialogue.deck))
    assert evening.dialogue.queue == (4, 7, 5, 6)
    assert line(evening.dialogue) == (7, 4, 5, 6)


def test_calling_next_means_the_one_that_was_seen_there_and_says_who_it_is_now():
    evening = told(do.DeclareMixing(hall=1, online=1), [(CLERK, "", Channel.HALL_CARD)] * 2)
    answer = evening.send(do.CallNext(expect_next=2), MODERATOR)
    assert isinstance(answer, Refused)
    assert answer.code is Code.NEXT_CHANGED
    assert answer.row is not None
    assert answer.row.number == 1
    assert evening.refusal(do.CallNext(expect_next=1)) is None


FIVE = tuple(step for n in range(1, 6) for step in ((CLERK, do.Ask(f"Câu {n}")), do.Approve(n)))
STEPS: tuple[Step, ...] = (*OPENED, *FIVE)


@pytest.mark.parametrize(
    "meanwhile, command, gone",
    [
        (do.CallNext(), do.Place(5, before=1), 1),
        ((CLERK, do.Withdraw(2)), do.Place(5, before=2), 2),
        ((CLERK, do.Withdraw(5)), do.Place(5, before=2), 5),
        (do.PutOnDeck(1), do.Place(5, before=1), 1),
        ((CLERK, do.Withdraw(2)), do.Merge(5, into=2), 2),
    ],
)
def test_a_refused_move_names_the_question_that_is_no_longer_there(meanwhile, command, gone):
    answer = play(*STEPS, meanwhile).send(command, MODERATOR)
    assert isinstance(answer, Refused)
    assert answer.row is not None
    assert answer.row.number == gone


def test_who_taps_another_outcome_a_moment_later_sees_what_was_recorded():
    evening = play(*STEPS, do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED))
    answer = evening.send(do.GiveOutcome(1, Outcome.PARTLY_ANSWERED), MODERATOR)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.row and answer.row.number) == (Code.REASON_MISSING, 1)
