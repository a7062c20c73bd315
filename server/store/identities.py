"""Which account opens for whom the identity provider vouches: a name that an organiser wrote beside the account.

A name may be given to somebody else at the provider one day; its subject never is (OpenID Connect Core 1.0, 5.7). So
whoever comes first by a name is kept by subject, and another one under the same name finds the account shut.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from server.store import tables
from server.store.database import Database
from server.store.people import Staff, staff_of

LONGEST_IDENTITY = 254
"""Characters of a name at the provider: the longest e-mail address (RFC 5321, 4.5.3.1)."""


class IdentityTaken(Exception):
    """Another account opens for this name already; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account a name opens; `subject` is "" until somebody came by it."""

    staff: Staff
    subject: str


class Identities:
    """Names at the identity provider, kept beside the accounts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def names(self) -> dict[int, str]:
        """The name of each member of staff who may come by the provider."""
        query = select(tables.identities.c.staff_id, tables.identities.c.name)
        return await self._database.read(lambda connection: dict(connection.execute(query).all()))

    async def give(self, staff_id: int, name: str) -> bool:
        """Let this name, or with "" none, open the account. True if another one did before. Raises IdentityTaken."""
        mine = tables.identities.c.staff_id == staff_id

        def write(connection: Connection) -> bool:
            before = connection.scalar(select(tables.identities.c.name).where(mine))
            if before == name:
                return False
            connection.execute(delete(tables.identities).where(mine))
            if name:
                row = {"staff_id": staff_id, "name": name, "subject": ""}
                connection.execute(insert(tables.identities).values(row))
            return before is not None

        try:
            return await self._database.write(write)
        except IntegrityError as why:
            raise IdentityTaken(name) from why

    async def holder(self, name: str) -> Holder | None:
        """Whose account the name opens, also when that one is locked."""
        query = select(tables.staff, tables.identities.c.subject)
        query = query.join(tables.identities, tables.identities.c.staff_id == tables.staff.c.id)
        query = query.where(tables.identities.c.name == name)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else Holder(staff_of(row), row.subject)

    async def settle(self, name: str, subject: str) -> bool:
        """Keep who came by this name. False when it was somebody else before, or the name opens nothing any more."""
        row = tables.identities.c.name == name

        def write(connection: Connection) -> bool:
            first = update(tables.identities).where(row, tables.identities.c.subject == "").values(subject=subject)
            connection.execute(first)
            return connection.scalar(select(tables.identities.c.subject).where(row)) == subject

        return await self._database.write(write)
