"""A server that is killed, or stopped with a goodbye, under a crowd that acts: nothing acknowledged is gone."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.served_apart import ServedApart, free_port
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]


def _crowd(served: ServedApart, data_dir: Path, log: Path) -> "subprocess.Popen[bytes]":
    words = "--phones 30 --seconds 10 --asks 6 --supports 6 --leads 1 --patience 60"
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "server", "crowd", "--url", served.url, *words.split()],
            env=os.environ | {"DOITHOAI_DATA_DIR": str(data_dir)}, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_crowd_loses_nothing_when_the_server_goes_and_comes_again(tmp_path: Path, how: signal.Signals) -> None:
    log = tmp_path / "crowd.log"
    port = free_port()
    with ServedApart(tmp_path, port) as served:
        crowd = _crowd(served, tmp_path, log)
        running = re.compile(r"running: open=3\d.* changes=[1-9]")
        until(lambda: running.search(log.read_text()) or crowd.poll() is not None, "the crowd to act", 60)
        served.process.send_signal(how)
        served.process.wait(30)
    with ServedApart(tmp_path, port):
        crowd.wait(120)
    told = log.read_text()
    assert crowd.returncode == 0, told
    cut = re.search(r"cut, well +(\d+)", told)
    assert cut, told
    assert (int(cut[1]) > 0) is (how is signal.SIGKILL), "who is told to go is not cut off"
    assert "ĐẠT, không mất gì" in told
