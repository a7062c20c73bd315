"""Ops that come again, in one life of the server and in the next, played on the room's state machine, always the same.

`python -m tests.faults.one_return`. The seeds of one_law.py would find it too, when they happen to draw it.
"""

from live import commands as do
from tests.cast import HANH, TUAN
from tests.server.rooms.crashing import Stop
from tests.server.rooms.test_room_laws import AnyCrash

if __name__ == "__main__":
    machine = AnyCrash()
    machine.begin()
    machine.many_ask_at_once(crowd=[(HANH, True), (TUAN, False)])
    machine.moderators_press(pressed=[do.Approve(1)], hasty=False)
    for life in (1, 2):
        if life == 2:
            machine.the_server_crashes(crowd=[(HANH, False)], stop=Stop.NOWHERE, turns=0)
        for place in range(len(machine.sent)):
            machine.an_op_comes_again(place=place)
        machine.an_op_comes_with_another_body(place=0)
        machine.the_journal_tells_the_room()
        machine.what_was_answered_is_there_once()
    machine.teardown()
