"""The only place in the tests that sleeps: everybody else says what they wait for (tests/rules/test_waiting.py)."""

import asyncio
import time
from collections.abc import Callable

_STEP = 0.01  # seconds between two looks: short beside anything worth waiting for


def until(true_now: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Look until `true_now()` holds; for things in another process or thread. Fails naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not true_now():
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain for: {what}"
        time.sleep(_STEP)


async def until_async(true_now: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """The same for things that happen in this event loop."""
    deadline = time.monotonic() + seconds
    while not true_now():
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain for: {what}"
        await asyncio.sleep(_STEP)
