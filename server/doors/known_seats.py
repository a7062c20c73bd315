"""Whose seat a citizen's cookie is, kept in memory: a hall that comes back all at once asks no database.

A seat's id never changes and a seat is never taken away; its name and consents may be changed, and are not kept here.
"""

import asyncio
from collections.abc import Mapping

from server.store.people import People, seat_digest


class KnownSeats:
    """Seat ids by the digest of dialogue and token: some 200 bytes for each seat."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._ids: dict[bytes, str] = {}
        self._read: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[bytes] = set()
        self._next: asyncio.Task[Mapping[bytes, str]] | None = None
        self._one_look = asyncio.Lock()

    def known(self, code: str, token: str) -> str | None:
        """The id of the seat that this token holds, if it is known here."""
        return self._ids.get(seat_digest(code, token))

    async def find(self, code: str, token: str) -> str | None:
        """The id of the seat that this token holds; None when it holds none in this dialogue. Raises NotStored.

        All seats of a dialogue are read with its first, in one statement: the others come as well. A token that is
        none of them (of somebody who sat down since, here or on another server, or who has a seat in another dialogue
        only) is asked for each time, with all that wait, in one statement again.
        """
        await self._all_of(code)
        digest = seat_digest(code, token)
        if digest in self._ids:
            return self._ids[digest]
        self._wanted.add(digest)
        if self._next is None:
            self._next = asyncio.create_task(self._look(), name="look for seats")
        return (await asyncio.shield(self._next)).get(digest)

    async def _all_of(self, code: str) -> None:
        if code not in self._read:
            self._read[code] = asyncio.create_task(self._read_all(code), name=f"seats of {code}")
        await asyncio.shield(self._read[code])

    async def _read_all(self, code: str) -> None:
        try:
            self._ids |= await self._people.seats(code)
        except BaseException:  # goes on to all who wait; whoever comes next tries again
            del self._read[code]
            raise

    async def _look(self) -> Mapping[bytes, str]:
        """Behind the look that is under way, if any: it may have begun before the last of these took their seats."""
        async with self._one_look:
            wanted, self._wanted, self._next = self._wanted, set(), None
            found = await self._people.seats_with(wanted)
            self._ids |= found
            return found
