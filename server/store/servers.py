"""The servers that share a database: who of them lives, and what each tells the others once a second."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, DateTime, cast, delete, extract, func, insert, select, text, update

from server.store import tables
from server.store.database import Database
from server.store.problems import OtherKeys

LIVES = 5.0
"""Seconds since a server was last seen, up to which it counts."""
_FORGOTTEN = timedelta(minutes=1)
_NOW = cast(func.clock_timestamp(), DateTime(timezone=True))
"""The database's clock: it is one, and those of several machines are not."""

_SENTENCE = (
    "Một máy chủ khác đang chạy trên cùng cơ sở dữ liệu với DOITHOAI_SECRET hoặc DOITHOAI_SIGNING_KEY khác. Chưa có gì "
    "thay đổi; hãy chép cùng một bí mật và cùng một tệp khóa cho mọi máy. / Another server runs on this database with "
    "another DOITHOAI_SECRET or DOITHOAI_SIGNING_KEY. Nothing was changed; give all of them the same secret and key."
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another server that lives. `told` was true `age` seconds ago."""

    id: str
    marks: str
    told: dict[str, Any]
    age: float


class Servers:
    """One server among those that share its database, which is PostgreSQL. `marks` must be the same for all."""

    def __init__(self, database: Database, me: str, marks: str) -> None:
        self._database = database
        self._marks = marks
        self.me = me

    async def check(self) -> None:
        """Raises OtherKeys when a server that lives has others than this one."""
        if any(one.marks != self._marks for one in await self.others()):
            raise OtherKeys(_SENTENCE)

    async def tell(self, told: dict[str, Any]) -> list[Neighbour]:
        """Say that this server lives, and hear what the others said last."""
        row = {"marks": self._marks, "told": msgspec.json.encode(told).decode(), "seen_at": _NOW}

        def write(connection: Connection) -> list[Neighbour]:
            connection.execute(text("SET LOCAL synchronous_commit = off"))  # said again in a second
            own = tables.servers.c.id == self.me
            if not connection.execute(update(tables.servers).where(own).values(row)).rowcount:
                connection.execute(insert(tables.servers).values(row | {"id": self.me}))
            connection.execute(delete(tables.servers).where(tables.servers.c.seen_at < _NOW - _FORGOTTEN))
            return self._others(connection)

        return await self._database.write(write)

    async def others(self) -> list[Neighbour]:
        return await self._database.read(self._others)

    async def leave(self) -> None:
        gone = delete(tables.servers).where(tables.servers.c.id == self.me)
        await self._database.write(lambda connection: connection.execute(gone))

    def _others(self, connection: Connection) -> list[Neighbour]:
        columns: Any = tables.servers.c
        age: Any = extract("epoch", _NOW - columns.seen_at)
        query = select(columns.id, columns.marks, columns.told, age).where(columns.id != self.me, age < LIVES)
        rows = connection.execute(query.order_by(columns.id))
        return [Neighbour(name, marks, msgspec.json.decode(told), float(old)) for name, marks, told, old in rows]
