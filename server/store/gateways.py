"""The gateway that may hand in text messages for a dialogue: its secret, as a digest. Without one the door is shut."""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from server.store import tables
from server.store.database import Database


class Gateways:
    """One secret for each dialogue at the most, in the same database as the journals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def give(self, code: str, secret: str, at: datetime) -> None:
        """Let the gateway in that has this secret, and no other from now on; with "" none."""

        def write(connection: Connection) -> None:
            found = connection.scalar(select(tables.dialogues.c.id).where(tables.dialogues.c.code == code.upper()))
            connection.execute(delete(tables.gateways).where(tables.gateways.c.dialogue_id == found))
            if secret:
                row = {"dialogue_id": found, "secret_digest": _digest(secret), "made_at": at}
                connection.execute(insert(tables.gateways).values(row))

        await self._database.write(write)

    async def since(self, code: str) -> datetime | None:
        """Since when the door of this dialogue is open; None while it is shut."""
        query = select(tables.gateways.c.made_at).join(tables.dialogues).where(tables.dialogues.c.code == code.upper())
        found: datetime | None = await self._database.read(lambda connection: connection.scalar(query))
        return found

    async def opens(self, code: str, secret: str) -> bool:
        """Whether this is the secret of the dialogue's gateway."""
        query = select(tables.gateways.c.secret_digest).join(tables.dialogues)
        query = query.where(tables.dialogues.c.code == code.upper())
        known: bytes | None = await self._database.read(lambda connection: connection.scalar(query))
        return known is not None and hmac.compare_digest(known, _digest(secret))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
