"""How contenders take turns: each once a round, in another order, so that the machine's moods hit all alike."""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

from bench._cores import TOO_BUSY, busy_with_others, open_many_files

T = TypeVar("T")
ROUNDS = 5
BUSY = 5.0
"""Per cent of both cores taken by other work above which a run says that it is no measurement."""


def options(about: str, pages: int, quick: int) -> argparse.Namespace:
    """What a script may be told: how many pages, how many rounds, whom only."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="few pages, one round: to see that it runs")
    parser.add_argument("--pages", type=int, default=0, help=f"listeners (else {pages:,}, with --quick {quick})")
    parser.add_argument("--rounds", type=int, default=0, help=f"rounds (else {ROUNDS}, with --quick 1)")
    parser.add_argument("--only", default="", help="contenders whose names hold one of these words, apart by commas")
    chosen = parser.parse_args()
    chosen.quick = chosen.quick or bool(os.environ.get("BENCH_QUICK"))
    chosen.pages = chosen.pages or (quick if chosen.quick else pages)
    chosen.rounds = chosen.rounds or (1 if chosen.quick else ROUNDS)
    chosen.files = open_many_files()
    chosen.others = busy_with_others()
    return chosen


def turns(contenders: Sequence[T], rounds: int) -> Iterator[T]:
    """Everybody once a round, in an order that differs each round and is the same each time the script runs."""
    dice = Random(2026)  # noqa: S311 - an order that can be repeated, no secret
    for _ in range(rounds):
        yield from dice.sample(contenders, len(contenders))


def wanted(contenders: Sequence[T], only: str, name: Callable[[T], str]) -> list[T]:
    words = [word.strip().lower() for word in only.split(",") if word.strip()]
    return [one for one in contenders if not words or any(word in name(one).lower() for word in words)]


def settings_told(chosen: argparse.Namespace) -> str:
    """What the kernel allowed, for the reader of a figure."""
    somaxconn = Path("/proc/sys/net/core/somaxconn").read_text(encoding="ascii").strip()
    return f"Open files {chosen.files:,}, somaxconn {somaxconn}, 8 source addresses; others took {chosen.others:.0f} %."


def honest(chosen: argparse.Namespace, measuring: Sequence[float]) -> str:
    """Whether this was a measurement at all."""
    if chosen.others > BUSY:
        return f"VOID as a figure: other work took {chosen.others:.0f} % of the cores just before. Run it alone."
    if max(measuring, default=0) > TOO_BUSY:
        return f"VOID: the measuring side was {max(measuring):.0f} % busy, above {TOO_BUSY} %: it measured itself."
    return f"The measuring core was at most {max(measuring, default=0):.0f} % busy."
