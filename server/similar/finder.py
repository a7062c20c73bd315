"""Who asks for similar questions gets them from one thread that gives way, so that no search holds up the evening."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from live.questions import Question
from server.rooms.room import Room
from server.similar.giving_way import GivingWay

if TYPE_CHECKING:
    from server.similar.index import Index

WAITING = 32
"""Searches that may wait; beyond, nothing is offered: an offer that comes late helps nobody."""
FEWEST_LETTERS = 12
"""Shorter texts have not said yet what they are about."""


class Finder:
    """Of all dialogues of this server."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="similar")
        self._indexes: dict[str, Index] = {}
        self._waiting = 0

    async def near(self, room: Room, text: str, fits: Callable[[Question], bool], most: int = 3) -> list[Question]:
        """The questions of the room that ask what `text` asks, the likest first, of those that `fits` lets in."""
        if len(text) < FEWEST_LETTERS or self._waiting >= WAITING:
            return []
        questions = room.dialogue.questions
        self._waiting += 1
        try:
            search = self._thread.submit(self._search, room.code, questions, text, fits, most)
            numbers = await asyncio.wrap_future(search)
        finally:
            self._waiting -= 1
        return [questions[number] for number in numbers]

    def _search(
        self, code: str, questions: Mapping[int, Question], text: str, fits: Callable[[Question], bool], most: int
    ) -> list[int]:
        from server.similar.index import Index  # noqa: PLC0415 - rapidfuzz takes a start 30 ms

        index = self._indexes.setdefault(code, Index(GivingWay()))
        index.follow(questions)
        return index.near(text, fits, most)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
