import threading
from functools import partial

import pytest

from tests.waiting import until
from transcription.turns import Turns, cores_to_use


@pytest.mark.parametrize("places", [1, 2, 3])
def test_never_more_than_there_are_places_and_everybody_in_the_order_of_coming(places):
    turns = Turns(places)
    within: list[int] = []
    most: list[int] = []
    came: list[int] = []
    hold = [threading.Event() for _ in range(9)]

    def decode(number):
        with turns.turn():
            came.append(number)
            within.append(number)
            most.append(len(within))
            hold[number].wait(30)
            within.remove(number)

    def stands(arrived, waiting):
        return len(turns._waiting) == waiting and len(came) == arrived - waiting

    threads: list[threading.Thread] = []
    for number in range(9):
        threads.append(threading.Thread(target=decode, args=(number,)))
        threads[-1].start()
        until(partial(stands, number + 1, max(0, number + 1 - places)), "turn")
    for number, thread in enumerate(threads):
        hold[number].set()
        thread.join(30)
        until(partial(stands, 9, max(0, 8 - number - places)), "the next one")
    assert came == list(range(9))
    assert max(most) == places


def test_a_turn_that_fails_is_given_back():
    turns = Turns(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError
    assert turns._free == 1


def test_one_core_is_left_to_the_room(monkeypatch):
    for cores, used in [({0}, 1), ({0, 1}, 1), ({2, 3, 5, 7}, 3)]:
        monkeypatch.setattr("os.sched_getaffinity", lambda _, cores=cores: cores)
        assert cores_to_use() == used
