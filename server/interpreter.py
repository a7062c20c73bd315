"""How Python itself is set for a server: when it looks for garbage, and how soon a thread gets its turn.

What is no longer used goes at once. Only objects that refer to each other need a search, which stops every thread:
through the 130,000 of the program alone for 90 to 250 ms, in the middle of somebody's answer (decision 0236).
"""

import asyncio
import gc
import sys

EVERY = 60.0
"""Seconds between two searches through all that came after the start."""
YOUNG, MIDDLE, OLD = 5_000, 5, 200
"""New objects until the newest are searched, which takes a millisecond; such searches until older ones are as well; and
those until everything is, for a flood that cannot wait for the minute."""
TURN = 0.001
"""Seconds that the event loop may keep the interpreter while a commit waits for it, at each of its statements."""


def starting() -> None:
    """Nothing is garbage yet: a tenth of the time of a start would be searching."""
    gc.disable()


def started() -> None:
    """Never search again what is there now: it stays until the end."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    gc.enable()
    sys.setswitchinterval(TURN)


async def search_now_and_then() -> None:
    """Search through everything younger than the start, for as long as the server runs."""
    while True:
        await asyncio.sleep(EVERY)
        gc.collect()
