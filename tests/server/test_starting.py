"""What a start loads: after a kill all phones wait for it."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

HEAVY = {
    "alembic",
    "authlib",
    "av",
    "docx",
    "fpdf",
    "httpx2",
    "jiwer",
    "numpy",
    "PIL",
    "psycopg",
    "redis",
    "segno",
    "vosk",
}
LOADED = f"""
import sys
import server.cli
import server.app
print(*({HEAVY!r} & sys.modules.keys()))
"""


def loaded(program: str) -> list[str]:
    found = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return found.stdout.split()


def test_a_start_loads_no_library_that_the_first_page_does_not_need():
    assert loaded(LOADED) == []


@pytest.mark.parametrize("library", ["segno", "docx", "redis"])
def test_a_library_that_is_loaded_is_noticed(library):
    assert loaded(f"import {library}\n{LOADED}") == [library]
