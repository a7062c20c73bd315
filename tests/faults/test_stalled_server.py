"""A server that stands still for some seconds, and phones that do: nobody else is cut, and everything is answered."""

import os
import random
import signal
import threading
from pathlib import Path

import pytest

from tests.faults.born import Cradle
from tests.faults.hall import Hall
from tests.faults.phones import Phone, Told

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(120)]

STALL = 3.0


def test_a_stall_of_three_seconds_cuts_no_line_and_loses_no_command(tmp_path: Path) -> None:
    hall = Hall.prepare(tmp_path / "data", phones=8)
    with Cradle(hall.data_dir) as server:
        server.born()
        phones = hall.phones[:-1]
        lines = [phone.connect(server).__enter__() for phone in phones]
        for phone, line in zip(phones, lines, strict=True):
            phone._say(line, phone._next())
        assert server.pid is not None
        os.kill(server.pid, signal.SIGSTOP)
        stalled = [Told(f"stalled-{phone.place}", {"do": "ask", "text": f"Câu {phone.place}"}) for phone in phones]
        asking = [
            threading.Thread(target=phone._say, args=(line, told))
            for phone, line, told in zip(phones, lines, stalled, strict=True)
        ]
        for thread in asking:
            thread.start()
        threading.Event().wait(STALL)  # nothing to look for: the server must do nothing
        os.kill(server.pid, signal.SIGCONT)
        for thread in asking:
            thread.join()
        assert all(told.accepted for told in stalled)
        for line in lines:
            line.close()
        server.kill()
    assert len(hall.check().questions) == 2 * len(phones)


def test_phones_that_stop_reading_or_vanish_delay_nobody(tmp_path: Path) -> None:
    """Two of twenty never read; the work of the others goes on, and they too are right when they come back."""
    hall = Hall.prepare(tmp_path / "data", phones=6)
    with Cradle(hall.data_dir) as server:
        server.born()
        silent = [Phone(90 + place, hall.phones[0].cookie) for place in range(2)]
        lines = [phone.connect(server).__enter__() for phone in silent]
        for thread in hall.busy_with(server, 30, random.Random(3)):
            thread.join()
        assert all(told.answer for phone in hall.phones for told in phone.sent), "somebody waited in vain"
        for line in lines:
            line.socket.close()
        hall.converge(server)
        server.kill()
    hall.check()
