"""Whose seat a citizen's cookie is, kept in memory: a hall that comes back all at once asks no database.

A seat's id never changes and a seat is never taken away; its name and consents may be changed, and are not kept here.
"""

from server.store.people import People, seat_digest


class KnownSeats:
    """Seat ids by the digest of dialogue and token: some 200 bytes for each seat."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._ids: dict[bytes, str] = {}
        self._read: set[str] = set()

    def known(self, code: str, token: str) -> str | None:
        """The id of the seat that this token holds, if it is known here."""
        return self._ids.get(seat_digest(code, token))

    async def learn(self, code: str, token: str, seat: str) -> None:
        """One more seat; with the first of a dialogue, all that it has, in one statement: the others come as well."""
        if code not in self._read:
            self._read.add(code)
            self._ids |= await self._people.seats(code)
        self._ids[seat_digest(code, token)] = seat
