"""Who has which question open: told to moderators by name while their lines last, and nothing else."""

import pytest

from live import commands as do
from live.seats import Audience, Seat
from server.doors.feed_line import FeedLine
from server.rooms.fanout import Fanout
from server.rooms.listeners import Listener
from server.rooms.looking import Looking
from server.rooms.render import Render
from server.rooms.signals import Signals
from tests.cast import HANH, MODERATOR, OPENED, SECOND_MODERATOR, play


@pytest.fixture(scope="module")
def render():
    return Render()


@pytest.fixture
def told(render):
    """The room's word on who looks, and the signals it goes out by."""
    fanout = Fanout("TEST01", "e", render, play(*OPENED, do.Ask("Một?"), do.Ask("Hai?")).dialogue)
    signals = Signals(fanout, lambda _seconds, _work: None)
    return Looking(signals, fanout), signals


def page(seat: Seat) -> Listener:
    return Listener(FeedLine("e"), seat, "vi")


def now(signals: Signals, audience: Audience = Audience.MODERATOR):
    return signals.current(audience).get("looking")


def test_it_is_told_by_name_until_it_is_closed_or_the_line_ends(told):
    looking, signals = told
    lan, son = page(MODERATOR), page(SECOND_MODERATOR)
    looking.at(lan, 1)
    looking.at(son, 1)
    assert now(signals) == {"1": [MODERATOR.name, SECOND_MODERATOR.name]}
    looking.at(lan, 2)
    assert now(signals) == {"1": [SECOND_MODERATOR.name], "2": [MODERATOR.name]}
    looking.at(lan, None)
    looking.left(son)
    looking.left(son)
    assert now(signals) == {}


@pytest.mark.parametrize("said", [3, 0, -1, True, "1", [1], {"1": 1}, 10**30, 1.0, None], ids=str)
def test_what_is_no_question_means_that_none_is_open(told, said):
    looking, signals = told
    looking.at(page(MODERATOR), said)
    assert not now(signals)


def test_only_a_moderator_looks_and_only_moderators_hear_of_it(told):
    looking, signals = told
    looking.at(page(HANH), 1)
    assert not now(signals)
    looking.at(page(MODERATOR), 1)
    assert [audience for audience in Audience if now(signals, audience)] == [Audience.MODERATOR]
    assert MODERATOR.id not in repr(now(signals))


def test_what_other_servers_say_lies_beside_it_and_goes_with_them(told):
    looking, signals = told
    looking.at(page(MODERATOR), 1)
    looking.hear({"1": [SECOND_MODERATOR.name]})
    assert now(signals) == {"1": [MODERATOR.name, SECOND_MODERATOR.name]}
    assert looking.here() == {"1": [MODERATOR.name]}, "what was heard is not told on"
    looking.hear({})
    assert now(signals) == {"1": [MODERATOR.name]}
