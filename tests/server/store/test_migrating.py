"""A start that finds the tables as they should be goes straight on: a crashed server must be back in two seconds."""

import subprocess
import sys
from pathlib import Path

import pytest

STARTED = """
import asyncio, sys
import server.app
from server.store.database import Database

async def start() -> None:
    database = Database(sys.argv[1])
    await database.migrate()
    await database.close()

asyncio.run(start())
print("alembic" in sys.modules)
"""


def alembic_was_loaded(file: Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-c", STARTED, f"sqlite:///{file}"], capture_output=True, text=True, check=True
    )
    return done.stdout.strip() == "True"


@pytest.mark.slow
def test_only_tables_that_need_it_are_migrated(tmp_path: Path):
    file = tmp_path / "doithoai.db"
    assert alembic_was_loaded(file)
    assert not alembic_was_loaded(file)
