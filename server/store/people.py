"""People: staff who sign in, their sessions, and the seats that citizens take. The only personal rows of the store.

Secrets never lie here in clear: a password as its Argon2 hash, a session or seat token as its SHA-256.
Times are given by the caller, who took "now" at the door.
"""

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Update, insert, select, update
from sqlalchemy.exc import IntegrityError

from server import clock
from server.store import tables
from server.store.database import Database
from server.store.reading import AT_ONCE

ROLES = ("organiser", "moderator", "chair", "secretary", "clerk", "agency", "stage")
"""What a staff member may be. An organiser creates dialogues and may take every staff seat."""


class LoginTaken(Exception):
    """Somebody has this login already; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. `disabled_at` is None as long as they may sign in; `agency` is whom they speak for, if any."""

    id: int
    login: str
    name: str
    roles: frozenset[str]
    created_at: datetime
    disabled_at: datetime | None = None
    agency: str = ""

    def may(self, *roles: str) -> bool:
        return "organiser" in self.roles or not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Joining:
    """What a citizen says of themselves on joining. Each consent is their own act; the defaults are all no.

    `site` is the number of the linked site whose code they scanned; 0 when it was none.
    """

    name: str
    locality: str
    publish_name: bool = False
    contact: str | None = None
    contact_consent: bool = False
    recording_consent: bool = False
    notice_version: str = ""
    site: int = 0


@dataclass(frozen=True, slots=True)
class CitizenSeat:
    """A citizen's seat in one dialogue."""

    id: str
    joined: Joining
    created_at: datetime


class People:
    """Staff, sessions and seats, kept in the same database as the journals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_staff(
        self, login: str, name: str, password_hash: str, roles: frozenset[str], at: datetime, agency: str = ""
    ) -> None:
        """Raises LoginTaken."""
        row = {
            "login": login,
            "name": name,
            "password_hash": password_hash,
            "roles": sorted(roles),
            "agency": agency,
            "created_at": at,
            "disabled_at": None,
        }
        try:
            await self._database.write(lambda connection: connection.execute(insert(tables.staff).values(row)))
        except IntegrityError as why:
            raise LoginTaken(login) from why

    async def all_staff(self) -> list[Staff]:
        query = select(tables.staff).order_by(tables.staff.c.login)
        return await self._database.read(lambda connection: [staff_of(row) for row in connection.execute(query)])

    async def agencies(self) -> list[str]:
        """The agencies that somebody who may sign in speaks for."""
        staff = await self.all_staff()
        return sorted({one.agency for one in staff if one.agency and one.disabled_at is None and "agency" in one.roles})

    async def credentials(self, login: str) -> tuple[Staff, str] | None:
        """A member of staff who may sign in, with the hash of their password."""
        query = select(tables.staff).where(tables.staff.c.login == login, tables.staff.c.disabled_at.is_(None))
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return (staff_of(row), row.password_hash) if row is not None else None

    async def set_password(self, login: str, password_hash: str, at: datetime) -> bool:
        """Change the password and end every session. False when nobody has this login."""
        return await self._change(login, {"password_hash": password_hash}, at)

    async def rehash(self, staff_id: int, password_hash: str) -> None:
        """Keep the same password under newer parameters; sessions go on."""
        change = update(tables.staff).where(tables.staff.c.id == staff_id).values(password_hash=password_hash)
        await self._database.write(lambda connection: connection.execute(change))

    async def disable(self, login: str, at: datetime) -> bool:
        """Let them sign in no more and end every session; the record of what they did stays."""
        return await self._change(login, {"disabled_at": at}, at)

    async def enable(self, login: str, at: datetime) -> bool:
        return await self._change(login, {"disabled_at": None}, at)

    async def end_sessions(self, login: str, at: datetime) -> bool:
        """End every session; they may sign in again. False when nobody has this login."""
        return await self._change(login, {}, at)

    async def _change(self, login: str, values: dict[str, Any], at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            staff_id = connection.scalar(select(tables.staff.c.id).where(tables.staff.c.login == login))
            if staff_id is None:
                return False
            more = {"endings": tables.staff.c.endings + 1}
            connection.execute(update(tables.staff).where(tables.staff.c.id == staff_id).values(values | more))
            connection.execute(_ending(at).where(tables.sessions.c.staff_id == staff_id))
            return True

        return await self._database.write(write)

    async def begin_session(self, staff_id: int, at: datetime, lasts: timedelta) -> str:
        """Begin a session and return its token, which is shown to the person's browser only."""
        token = clock.secret()
        row = {
            "token_digest": _digest(token),
            "staff_id": staff_id,
            "created_at": at,
            "expires_at": at + lasts,
            "ended_at": None,
        }
        await self._database.write(lambda connection: connection.execute(insert(tables.sessions).values(row)))
        return token

    async def session(self, token: str, at: datetime) -> Staff | None:
        """Whose session this is, if it runs at `at` and its owner may still sign in."""
        sessions, staff = tables.sessions, tables.staff
        query = (
            select(staff)
            .join(sessions, sessions.c.staff_id == staff.c.id)
            .where(sessions.c.token_digest == _digest(token), sessions.c.ended_at.is_(None))
            .where(sessions.c.expires_at > at, staff.c.disabled_at.is_(None))
        )
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return staff_of(row) if row is not None else None

    async def end_session(self, token: str, at: datetime) -> None:
        ending = _ending(at).where(tables.sessions.c.token_digest == _digest(token))

        def write(connection: Connection) -> None:
            ended = connection.scalars(ending.returning(tables.sessions.c.staff_id)).all()
            more = {"endings": tables.staff.c.endings + 1}
            connection.execute(update(tables.staff).where(tables.staff.c.id.in_(ended)).values(more))

        await self._database.write(write)

    async def endings(self) -> dict[int, int]:
        """A number for each member of staff that grows when a session of theirs is ended, wherever that was done."""
        query = select(tables.staff.c.id, tables.staff.c.endings)
        return await self._database.read(lambda connection: dict(connection.execute(query).all()))

    async def take_seat(self, code: str, token: str, joining: Joining, at: datetime) -> bool:
        """Take a seat in the dialogue, or change the one that this token has. False without such a dialogue."""
        digest = seat_digest(code, token)

        def write(connection: Connection) -> bool:
            changed = connection.execute(
                update(tables.seats).where(tables.seats.c.token_digest == digest).values(asdict(joining))
            )
            if changed.rowcount:
                return True
            found = connection.scalar(select(tables.dialogues.c.id).where(tables.dialogues.c.code == code.upper()))
            if found is None:
                return False
            row = {"id": clock.secret(), "dialogue_id": found, "token_digest": digest, "created_at": at}
            connection.execute(insert(tables.seats).values(row | asdict(joining)))
            return True

        try:
            return await self._database.write(write)
        except IntegrityError:  # the same phone was quicker through another server: it has a seat to change now
            return await self._database.write(write)

    async def seat(self, code: str, token: str) -> CitizenSeat | None:
        query = select(tables.seats).where(tables.seats.c.token_digest == seat_digest(code, token))
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return _seat(row) if row is not None else None

    async def contact(self, code: str, seat: str) -> str | None:
        """How the holder of this seat may be reached, if they left that and agreed to it."""
        seats, dialogues = tables.seats, tables.dialogues
        query = select(seats.c.contact).join(dialogues, seats.c.dialogue_id == dialogues.c.id)
        query = query.where(dialogues.c.code == code.upper(), seats.c.id == seat, seats.c.contact_consent)
        found: str | None = await self._database.read(lambda connection: connection.scalar(query))
        return found or None

    async def seats_with(self, digests: Collection[bytes]) -> dict[bytes, str]:
        """The id of each seat whose token has one of these digests, by it."""
        wanted, columns = list(digests), tables.seats.c
        some = (wanted[begin : begin + AT_ONCE] for begin in range(0, len(wanted), AT_ONCE))
        queries = [select(columns.token_digest, columns.id).where(columns.token_digest.in_(part)) for part in some]
        return await self._database.read(
            lambda connection: {row[0]: row[1] for query in queries for row in connection.execute(query)}
        )

    async def seats(self, code: str) -> dict[bytes, str]:
        """The id of every seat of a dialogue by the digest of its token."""
        seats, dialogues = tables.seats, tables.dialogues
        query = select(seats.c.token_digest, seats.c.id).join(dialogues, seats.c.dialogue_id == dialogues.c.id)
        query = query.where(dialogues.c.code == code.upper())
        return await self._database.read(lambda connection: {row[0]: row[1] for row in connection.execute(query)})


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def seat_digest(code: str, token: str) -> bytes:
    """One device keeps one secret; in each dialogue it is another digest, so the seats of a person are not linked."""
    return _digest(f"{code.upper()}:{token}")


def _ending(at: datetime) -> Update:
    return update(tables.sessions).where(tables.sessions.c.ended_at.is_(None)).values(ended_at=at)


def staff_of(row: Row[Any]) -> Staff:
    """A row of the table of staff, whatever else was asked for beside it."""
    return Staff(row.id, row.login, row.name, frozenset(row.roles), row.created_at, row.disabled_at, row.agency)


def _seat(row: Row[Any]) -> CitizenSeat:
    joined = Joining(**{field.name: getattr(row, field.name) for field in fields(Joining)})
    return CitizenSeat(row.id, joined, row.created_at)
