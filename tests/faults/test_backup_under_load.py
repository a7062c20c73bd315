"""A backup made while phones are at work, put back: one moment, in a new epoch; later receipts are missing by proof."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from live.questions import Question
from tests.faults.born import ROOT, Cradle
from tests.faults.hall import Hall

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(120)]


def doithoai(data_dir: Path, *words: str) -> None:
    given = os.environ | {"DOITHOAI_DATA_DIR": str(data_dir)}
    subprocess.run([sys.executable, "-m", "server", *words], cwd=ROOT, env=given, check=True, capture_output=True)


def test_a_backup_among_commands_is_restored_in_a_new_epoch(tmp_path: Path) -> None:
    hall = Hall.prepare(tmp_path / "data", phones=4)
    with Cradle(hall.data_dir) as server:
        server.born()
        threads = hall.busy_with(server, 10_000, random.Random(1))
        hall.until_acknowledged(20)
        sure = [told for phone in hall.phones for told in phone.asked if told.accepted]
        doithoai(hall.data_dir, "backup", str(tmp_path / "copy.db"))
        hall.until_acknowledged(hall.acknowledged + 40)
        server.kill()
        for thread in threads:
            thread.join()
        epochs, before = {phone.epoch for phone in hall.phones}, hall.check()
        doithoai(hall.data_dir, "restore", str(tmp_path / "copy.db"))
        there = {str(question.receipt): question.number for question in _restored(hall).values()}
        assert len(there) < len(before.questions), "nothing came after the backup: this tells too little"
        for told in sure:
            assert told.answer
            assert there[told.answer["receipt"]["code"]] == told.answer["receipt"]["number"]
        server.born()
        phone = hall.phones[0]
        phone.sent = [told for told in phone.sent if told in sure]
        phone.settle(server)
        assert phone.epoch not in epochs
        assert phone.page.n > 0


def _restored(hall: Hall) -> dict[int, Question]:
    phones, hall.phones = hall.phones, []  # what they were told after the backup is gone, and that is the point
    try:
        return dict(hall.check().questions)
    finally:
        hall.phones = phones
