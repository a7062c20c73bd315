"""One crash between an answer and its commit, played on the room's state machine, always the same.

`python -m tests.faults.one_crash`: the seeds of one_law.py would find it too, but an answer that races its commit makes
a run that Hypothesis cannot repeat, and then it is not a law that fails.
"""

from live import commands as do
from tests.cast import HANH, MODERATOR, TUAN
from tests.server.rooms.crashing import Stop
from tests.server.rooms.test_room_laws import AnyCrash

if __name__ == "__main__":
    machine = AnyCrash()
    machine.begin()
    # Refused and without an op, so that it writes nothing: when it is answered, all before it is on disk.
    machine.run(machine.house.room.handle(do.Approve(10_000), MODERATOR))
    machine.the_server_crashes(crowd=[(HANH, False), (TUAN, False)], stop=Stop.BEFORE_COMMIT, turns=40)
    machine.what_was_answered_is_there_once()
    machine.the_journal_tells_the_room()
    machine.every_page_is_the_page_now()
    machine.teardown()
