"""The crowd while somebody watches: the table or the lines, Ctrl-C, the summary, the exit code."""

import asyncio
import resource
import secrets
import signal
from collections.abc import Coroutine
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from server.crowd.doors import Target
    from server.crowd.evening import Evening
    from server.crowd.plan import Plan

_SPARE_FILES = 64
_LINE_EVERY = 5.0


def enough_files(phones: int) -> bool:
    """Whether this process may hold a socket for each phone; the limit is raised as far as it goes."""
    need = phones + _SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < need:
        with suppress(ValueError, OSError):  # only root may go beyond the hard limit; what counts is read below
            resource.setrlimit(resource.RLIMIT_NOFILE, (need, max(need, hard)))
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < need <= hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (need, hard))
        soft = need
    return soft >= need


async def attended(target: "Target", code: str, plan: "Plan", staff: list[str], *, own: bool) -> int:
    """Run it before somebody's eyes. Returns 0, 1 when something was lost, 130 when it was stopped early."""
    from rich.console import Console

    from server.crowd.doors import CannotEnter
    from server.crowd.evening import Evening
    from server.crowd.ground import rested
    from server.crowd.shown import picture, refusals, verdict
    from server.crowd.stand import Stand

    if not enough_files(plan.phones):
        typer.echo(
            "Hệ điều hành không cho mở đủ kết nối: ulimit -n. / Too few open files allowed: ulimit -n.", err=True
        )
        return 1
    loop = asyncio.get_running_loop()
    run = f"kt{secrets.token_hex(3)}"
    stand = Stand(target, code, run, loop, Random(plan.seed))  # noqa: S311 - a schedule that can be repeated, no secret
    evening = Evening(stand, plan, staff)
    console = Console(highlight=False)
    try:
        stopped = not await _watched(console, evening, _whole(evening, own=own))
        if own:
            with suppress(CannotEnter):  # stopped before it was opened: there is nothing to pause
                await rested(evening)
        evening.reckon()
        evening.stage = evening.stage if stopped else "xong / done"
        console.print(picture(evening))
    finally:
        await evening.leave()
    for said in (*refusals(evening), *verdict(evening)):
        console.print(said, soft_wrap=True)
    if not evening.audited:
        stand.faults.unanswered = 0
    return 1 if stand.faults else 130 if stopped else 0


async def _whole(evening: "Evening", *, own: bool) -> None:
    """The evening from the opening of the dialogue to its rest."""
    from server.crowd.ground import opened

    if own:
        await opened(evening)
    await evening.run()
    await evening.finish()


async def _watched(console: "Console", evening: "Evening", work: Coroutine[object, object, None]) -> bool:
    """Show it while it goes on; whether it came to its end. Ctrl-C ends it, and the summary follows."""
    from rich.live import Live

    from server.crowd.shown import line, picture

    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError, RuntimeError):  # in a thread nobody presses Ctrl-C
        loop.add_signal_handler(signal.SIGINT, task.cancel)
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    if console.is_terminal:
        with Live(picture(evening), console=console, refresh_per_second=4, transient=True) as live:
            while not (await asyncio.wait([task], timeout=0.25))[0]:
                live.update(picture(evening))
    else:
        while not (await asyncio.wait([task], timeout=_LINE_EVERY))[0]:
            console.print(line(evening), soft_wrap=True)
    if task.cancelled():
        return False
    task.result()
    return True
