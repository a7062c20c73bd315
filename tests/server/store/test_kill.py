"""A server that is killed at any moment has kept every deed it acknowledged, each exactly once."""

import asyncio
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from live.entries import QuestionReceived
from server.store.database import Database
from server.store.journal import Journal
from server.store.verifying import verify

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(240)]
ROOT = Path(__file__).resolve().parents[3]
CHILD = [sys.executable, "-m", "tests.server.store.writing_child"]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SECRET = KEY.private_bytes_raw().hex()
ROUNDS = 20


def killed_after(url, lines):
    """Start a writer, kill -9 it when it has said so many lines, and give all that it acknowledged."""
    words = [*CHILD, url, SECRET, "1000000"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        said += child.stdout.readlines()
    assert child.returncode == -9
    return [line.split()[1] for line in said if line.startswith("ok ") and line.endswith("\n")]


async def kept(url):
    """The entries on disk, after checking them; and what the ops would be answered."""
    database = Database(url)
    journal = Journal(database, KEY)
    stream = await journal.stream("DUONG-03")
    assert stream is not None
    entries = await journal.entries(stream.id)
    answers = await journal.answers(stream.id, [("seat-man", f"op-{entry.n}") for entry in entries])
    verdicts = await database.read(lambda connection: verify(connection, KEY.public_key()))
    await database.close()
    assert [verdict.flaw for verdict in verdicts] == [None]
    return entries, answers


def test_no_acknowledged_deed_is_lost_or_doubled_by_kill_9(tmp_path):
    url, dice, acknowledged = f"sqlite:///{tmp_path}/a.db", random.Random(3), []
    for _ in range(ROUNDS):
        acknowledged += killed_after(url, lines=dice.randrange(1, 60))
        entries, answers = asyncio.run(kept(url))
        assert [entry.n for entry in entries] == list(range(1, len(entries) + 1))
        numbers = Counter(entry.fact.question for entry in entries if isinstance(entry.fact, QuestionReceived))
        assert set(numbers.values()) == {1}
        assert {f"op-{number}" for number in numbers} == {op for _, op in answers}
        assert set(acknowledged) <= {op for _, op in answers}
    assert len(acknowledged) == len(set(acknowledged)) > ROUNDS
