"""What the other servers said last, and what follows from it by now."""

import asyncio
from collections.abc import Sequence

from server.store.servers import LIVES, Neighbour

RATE = 16_000
"""Samples a second of every recording."""


class Neighbours:
    """The living ones. What they told grows old: a microphone that ran then has recorded more since."""

    def __init__(self) -> None:
        self._told: Sequence[Neighbour] = ()
        self._at = 0.0

    def heard(self, told: Sequence[Neighbour]) -> None:
        self._told = told
        self._at = asyncio.get_running_loop().time()

    @property
    def count(self) -> int:
        return len(self._told)

    @property
    def sound(self) -> bool:
        """Whether one of them records."""
        return any(one.told["sound"] for one in self._told)

    @property
    def model(self) -> tuple[str, str] | None:
        """Name and language of the model that hears the words on the one that records."""
        return next((tuple(one.told["model"]) for one in self._told if one.told.get("model")), None)

    def listeners(self, code: str) -> int:
        """Phones that look at this dialogue through them."""
        return sum(one.told["rooms"].get(code, {}).get("listeners", 0) for one in self._told)

    def looking(self, code: str) -> dict[str, list[str]]:
        """The moderators who have a question of this dialogue open through them, by its number."""
        found: dict[str, list[str]] = {}
        for one in self._told:
            for number, names in one.told["rooms"].get(code, {}).get("looking", {}).items():
                found[number] = [*found.get(number, []), *names]
        return found

    def samples(self, code: str) -> dict[str, int]:
        """How many samples of each source they have recorded by now, to a quarter of a second or so."""
        since = asyncio.get_running_loop().time() - self._at
        found: dict[str, int] = {}
        for one in self._told:
            for source, (samples, runs) in one.told["rooms"].get(code, {}).get("heard", {}).items():
                grown = round(min(one.age + since, LIVES) * RATE) if runs else 0
                found[source] = max(found.get(source, 0), samples + grown)
        return found
