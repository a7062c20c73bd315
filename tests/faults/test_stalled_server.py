"""A server that stands still for some seconds: nobody is cut, and everything is answered."""

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.faults.born import Cradle
from tests.faults.hall import Hall
from tests.faults.phones import Told

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
