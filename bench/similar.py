"""Similar questions among 5,000: how long the one who types waits, and how long the rest of the server is held up.

Questions are those of the demo, retold: places, numbers and words changed, marks left out in some. Run by path:
.venv/bin/python bench/similar.py
"""

import asyncio
import json
import random
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import Line, share, show, spread
from live.questions import Question
from live.states import Channel
from live.texts import NOTHING, Sealed
from server.similar.finder import Finder
from server.similar.folding import fold

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS, SEARCHES = 5_000, 1_000
FOUND_WITHIN, HELD_UP = 50.0, 10.0
"""Targets: milliseconds at the 99th percentile, and the most that the event loop may stand still."""
PLACES = ["Ea Mô", "Bình Sơn", "Krông", "Đông", "Trường Giang", "Nghĩa Lộ", "Cẩm Thành", "số 3", "số 7", "Vạn Tường"]


def retold(text: str, dice: random.Random) -> str:
    """Another person's telling of the same: a tenth of the words gone, a place named, some without marks."""
    told = " ".join(word for word in text.split() if dice.random() > 0.1)
    told = f"{told} Ở thôn {dice.choice(PLACES)}, {dice.randint(2, 400)} hộ."
    return fold(told) if dice.random() < 0.25 else told


def questions() -> Mapping[int, Question]:
    dice = random.Random(2026)  # noqa: S311 - questions that can be made again, no secret
    lines = (ROOT / "server" / "demo" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    at = datetime(2026, 3, 5, tzinfo=UTC)
    one = Question(0, "", "", Channel.ONLINE, NOTHING, NOTHING, False, NOTHING, NOTHING, NOTHING, NOTHING, at, at)
    return {n: replace(one, number=n, text=Sealed(retold(dice.choice(texts), dice))) for n in range(1, QUESTIONS + 1)}


async def watched(stands: list[float]) -> None:
    """Writes down how much later than asked the loop came round."""
    while True:
        before = perf_counter()
        await asyncio.sleep(0.001)
        stands.append((perf_counter() - before - 0.001) * 1000)


async def measured() -> tuple[float, list[float], list[float]]:
    room: Any = SimpleNamespace(code="BENCH1", dialogue=SimpleNamespace(questions=questions()))
    dice = random.Random(7)  # noqa: S311 - searches that can be made again, no secret
    finder, stands, took = Finder(), list[float](), list[float]()
    watch = asyncio.create_task(watched(stands))
    await asyncio.sleep(0.1)
    before = perf_counter()
    await finder.near(room, "bao giờ sửa đường thôn", lambda _: True)
    first = (perf_counter() - before) * 1000
    for _ in range(SEARCHES):
        typed = retold(str(room.dialogue.questions[dice.randint(1, QUESTIONS)].text), dice)
        before = perf_counter()
        await finder.near(room, typed[: dice.randint(30, 400)], lambda _: True)
        took.append((perf_counter() - before) * 1000)
        await asyncio.sleep(0)
    watch.cancel()
    finder.close()
    return first, took, stands


def main() -> None:
    first, took, stands = asyncio.run(measured())
    show(
        f"Similar questions among {QUESTIONS:,}, {SEARCHES:,} searches one after another",
        [
            Line("a search, median", share(took, 50), "ms", spread(took)),
            Line("a search, 99th percentile", share(took, 99), "ms", spread(took), FOUND_WITHIN),
            Line("the event loop stands still, at the most", max(stands), "ms", spread(stands), HELD_UP),
            Line("the very first search, which reads them all", first, "ms", "once"),
        ],
    )


if __name__ == "__main__":
    main()
