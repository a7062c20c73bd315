"""The declared rule of taking turns: what it proposes, who may depart from it, and how a mistaken call is undone."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live.backstage import Proposal
from live.entries import Fact, QuestionCalled, QuestionPlaced, QuestionPutOnDeck
from live.lineup import following
from live.mixing import LANES
from live.refusals import Code, Refused
from live.seats import Audience
from live.sights import MixingRule, PublicCard
from live.states import Channel, DialogueState, Lane, Outcome
from live.states import QuestionState as Q
from live.views import view
from tests.cast import ANNOUNCED, CLERK, CLOSED, HANH, OPENED, TUAN, Evening, Step, evening_in, play

FAIR = do.DeclareMixing(hall=1, online=1)
HALL, ONLINE, SITE, BEFORE = Channel.HALL_CARD, Channel.ONLINE, Channel.SITE, Channel.IN_ADVANCE


def queued(*channels: Channel, topics: str = "") -> list[Step]:
    """Questions in the queue, each from another person; `topics` gives each a topic of one letter."""
    steps: list[Step] = []
    for number, channel in enumerate(channels, 1):
        topic = topics[number - 1] if topics else ""
        steps.append((CLERK, do.Ask(f"Câu {number}", topic, channel, f"Ông {number}", "xã Ea Mô", read_back=True)))
        steps.append(do.Approve(number))
    return steps


def called(evening: Evening, count: int) -> list[int]:
    """The next `count` questions, called and answered one after another."""
    found = []
    for _ in range(count):
        evening.play(do.CallNext())
        assert evening.dialogue.turn is not None
        found.append(evening.dialogue.turn.question)
        evening.play(do.GiveOutcome(found[-1], Outcome.ANSWERED))
    return found


def places(evening: Evening) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    dialogue = evening.dialogue
    aside = tuple(q.number for q in dialogue.questions.values() if q.state is Q.APPROVED)
    return dialogue.deck, dialogue.queue, aside


@pytest.mark.parametrize(
    "rule, channels, topics, order",
    [
        (None, [HALL, HALL, ONLINE, ONLINE], "", [1, 2, 3, 4]),
        (FAIR, [HALL, HALL, ONLINE, ONLINE], "", [1, 3, 2, 4]),
        (do.DeclareMixing(hall=2, online=1), [ONLINE, ONLINE, HALL, HALL, HALL], "", [3, 4, 1, 5, 2]),
        (do.DeclareMixing(online=1), [HALL, ONLINE, SITE, ONLINE], "", [2, 4, 1, 3]),
        (do.DeclareMixing(1, 1, 1, 1), [BEFORE, SITE, ONLINE, HALL], "", [4, 3, 2, 1]),
        (do.DeclareMixing(online=1, topic_run=2), [ONLINE] * 5, "abaab", [1, 3, 2, 5, 4]),
        (do.DeclareMixing(online=1, topic_run=1), [ONLINE] * 4, "aabb", [1, 3, 2, 4]),
    ],
)
def test_the_rule_says_who_is_called(rule, channels, topics, order):
    evening = play(
        *ANNOUNCED, *([rule] if rule else []), do.MoveDialogue(DialogueState.OPEN), *queued(*channels, topics=topics)
    )
    assert called(evening, len(order)) == order


@given(
    st.fixed_dictionaries({lane.value: st.integers(0, 4) for lane in Lane}).filter(lambda shares: any(shares.values())),
    st.integers(1, 12),
)
def test_no_lane_that_waits_falls_a_whole_question_behind_its_share(shares, calls):
    channels = [HALL, ONLINE, SITE, BEFORE]
    evening = play(*OPENED, *queued(*(channel for channel in channels for _ in range(calls))))
    evening.play(do.DeclareMixing(**shares, reason="Theo quy chế"))
    had = [LANES[evening.dialogue.questions[number].channel] for number in called(evening, calls)]
    for lane in Lane:
        assert had.count(lane) >= calls * shares[lane.value] // sum(shares.values())


def test_who_asks_for_the_first_time_is_pulled_forward_but_never_above_place_three():
    asked = [(HANH, do.Ask("Một")), (HANH, do.Ask("Hai")), (HANH, do.Ask("Ba")), (TUAN, do.Ask("Bốn"))]
    rule = do.DeclareMixing(online=1, first_time=True)
    evening = play(*ANNOUNCED, rule, do.MoveDialogue(DialogueState.OPEN), *asked, *(do.Approve(n) for n in range(1, 5)))
    assert following(evening.dialogue, (), evening.dialogue.queue) == 1
    assert following(evening.dialogue, (1,), (2, 3, 4)) == 2
    assert following(evening.dialogue, (1, 2), (3, 4)) == 4
    assert places(evening.play(do.CallNext()))[0] == (2, 4)


def test_a_rule_is_changed_freely_before_the_opening_and_with_a_reason_after_it():
    evening = play(*ANNOUNCED, FAIR, do.DeclareMixing(hall=2, online=1), do.DeclareMixing())
    assert evening.dialogue.mixing is None
    evening.play(FAIR, do.MoveDialogue(DialogueState.OPEN))
    assert evening.refusal(do.DeclareMixing(hall=3, online=1)) is Code.REASON_MISSING
    assert evening.send(FAIR) == (), "it is so already"
    assert evening.refusal(do.DeclareMixing(hall=3, online=1, reason="Hội trường đông")) is None
    assert evening.refusal(do.DeclareMixing(hall=10)) is Code.NOT_UNDERSTOOD
    assert evening.play(*CLOSED).refusal(do.DeclareMixing(hall=1, reason="Muộn")) is Code.WRONG_STATE


@pytest.mark.parametrize("audience", [Audience.PHONE, Audience.PUBLIC, Audience.MODERATOR, Audience.CHAIR])
def test_everybody_reads_the_rule_before_the_opening(audience):
    evening = play(*ANNOUNCED, FAIR)
    things = [i.thing for r in view(evening.dialogue, audience) for i in r.items]
    shares = ((Lane.HALL, 1), (Lane.ONLINE, 1), (Lane.SITE, 0), (Lane.IN_ADVANCE, 0))
    assert MixingRule(shares, first_time=False, topic_run=0) in things
    assert (Proposal(None, "", None) in things) is (audience in {Audience.MODERATOR, Audience.CHAIR})


LINE: tuple[Step, ...] = (*OPENED, *queued(HALL, HALL, ONLINE, ONLINE))
RULED: tuple[Step, ...] = (*ANNOUNCED, FAIR, do.MoveDialogue(DialogueState.OPEN), *queued(HALL, HALL, ONLINE, ONLINE))


@pytest.mark.parametrize(
    "steps, command, departs",
    [
        (RULED, do.Place(2, before=1), True),
        (RULED, do.Place(1), True),
        (RULED, do.Place(4), False),
        (RULED, do.PutOnDeck(1), False),
        (RULED, do.PutOnDeck(2), True),
        ((*RULED, do.PutOnDeck(1)), do.PutOnDeck(3), False),
        ((*RULED, do.PutOnDeck(1)), do.TakeOffDeck(1), True),
        (RULED, do.Call(1), False),
        (RULED, do.Call(3), True),
        ((*RULED, do.PutOnDeck(1)), do.Call(1), False),
        (LINE, do.Place(2, before=1), False),
        (LINE, do.PutOnDeck(3), False),
        (LINE, do.Call(3), False),
        ((*LINE, do.PutOnDeck(1)), do.TakeOffDeck(1), True),
        ((*LINE, do.PutOnDeck(1)), do.Call(1), False),
        ((*LINE, do.PutOnDeck(1)), do.Call(3), True),
    ],
)
def test_who_departs_from_the_announced_order_says_why(steps, command, departs):
    evening = play(*steps)
    assert evening.refusal(command) is (Code.DEPARTS if departs else None)
    if departs:
        (fact, *_) = told(play(*steps).send(dataclasses.replace(command, reason="Người hỏi phải về sớm")))
        assert str(getattr(fact, "reason", "")) == "Người hỏi phải về sớm"


def told(answer: object) -> tuple[Fact, ...]:
    assert not isinstance(answer, Refused)
    assert isinstance(answer, tuple)
    return answer


moves = st.lists(
    st.one_of(
        st.builds(do.PutOnDeck, st.integers(1, 6), st.just("Vì thế")),
        st.builds(do.Place, st.integers(1, 6), st.none() | st.integers(1, 6), st.just("Vì thế")),
        st.builds(do.SetAside, st.integers(1, 6), st.just("Vì thế")),
    ),
    max_size=6,
)


@given(moves, st.booleans(), st.none() | st.integers(1, 6), st.booleans())
def test_a_mistaken_call_taken_back_leaves_every_place_as_it_was(moves, ruled, number, asked_meanwhile):
    evening = play(*OPENED, *queued(HALL, ONLINE, SITE, HALL, ONLINE, BEFORE))
    for command in (do.DeclareMixing(1, 1, reason="Theo quy chế"), *moves) if ruled else moves:
        evening.send(command)
    before = places(evening)
    called = evening.send(do.CallNext() if number is None else do.Call(number, None, "Vì thế"))
    if isinstance(called, Refused):
        return
    assert evening.dialogue.turn is not None
    if asked_meanwhile:
        evening.play((TUAN, do.Ask("Câu mới")), do.Approve(7))
    evening.play(do.ReturnToQueue(evening.dialogue.turn.question, reason="Mời nhầm"))
    deck, queue, aside = before
    assert places(evening) == (deck, (*queue, 7) if asked_meanwhile else queue, aside)


def test_where_others_were_moved_meanwhile_it_comes_before_those_who_followed_it():
    evening = play(*LINE, do.CallNext())
    assert places(evening)[:2] == ((2, 3), (4,))
    evening.play(do.TakeOffDeck(2, "Vì thế"), do.Place(2), do.ReturnToQueue(1))
    assert places(evening)[:2] == ((1, 3), (4, 2))


def test_every_departure_in_a_journal_has_its_reason():
    evening = play(*RULED, do.Call(3, None, "Người hỏi phải về sớm"), do.GiveOutcome(3, Outcome.ANSWERED))
    called(evening, 3)
    kinds = (QuestionCalled, QuestionPlaced, QuestionPutOnDeck)
    reasons = [str(e.fact.reason) for e in evening.entries if isinstance(e.fact, kinds) and e.fact.reason]
    assert reasons == ["Người hỏi phải về sớm"]


def test_supports_are_shown_to_all_only_while_the_dialogue_says_so():
    evening = evening_in(Q.QUEUED).play(do.ShowSupports(on=False))
    cards = [
        i.thing for r in view(evening.dialogue, Audience.PHONE) for i in r.items if isinstance(i.thing, PublicCard)
    ]
    assert [card.supports_shown for card in cards] == [False]
    assert evening.send(do.ShowSupports(on=False)) == ()


def test_somebody_at_the_microphone_is_named_later_and_a_phone_names_itself():
    evening = play(
        *OPENED, (CLERK, do.Ask("Đường hỏng", channel=Channel.HALL_MIC, read_back=True)), do.Approve(1), do.CallNext()
    )
    evening.play((CLERK, do.NameSpeaker(1, "Ông Y Nguyên", "buôn Krông", publish_name=True)))
    question = evening.dialogue.questions[1]
    assert (str(question.name), str(question.locality), question.publish_name) == ("Ông Y Nguyên", "buôn Krông", True)
    assert evening.refusal(do.NameSpeaker(1, " ")) is Code.EMPTY
    assert evening_in(Q.QUEUED).refusal(do.NameSpeaker(1, "Người khác")) is Code.WRONG_STATE
