"""A started server searches its own program for garbage no more, and finds what comes later all the same."""

import subprocess
import sys

FROZEN = """
import gc
from server import interpreter

class Ring:
    pass

class Told:
    def __del__(self):
        print("gone")

interpreter.starting()
assert not gc.isenabled()
interpreter.started()
assert gc.isenabled() and gc.get_freeze_count() > 1_000
ring = Ring()
ring.itself, ring.told = ring, Told()
del ring
kept = [[] for _ in range({objects})]
print("end")
"""


def told(objects: int) -> list[str]:
    found = subprocess.run(
        [sys.executable, "-c", FROZEN.format(objects=objects)], check=True, capture_output=True, text=True
    )
    return found.stdout.split()


def test_garbage_that_comes_after_the_start_is_found():
    assert told(20_000) == ["gone", "end"]


def test_nothing_is_searched_for_a_handful_of_objects():
    assert told(1_000)[0] == "end"
