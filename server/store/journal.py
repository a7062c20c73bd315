"""The journal: what was acknowledged lies here, in order, under one hash."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from live.bursts import LoneSupport
from live.entries import DialogueMoved, Entry
from live.states import DialogueState
from server import clock
from server.store import erasing, reading, tables
from server.store.appending import Append, hold
from server.store.chain import Head, Tip, anchor
from server.store.database import Database
from server.store.problems import CodeTaken, Moved, NotStored, Rewritten
from server.store.shapes import Answered, Behind, Deed, DialogueRow, Proof, Stream

__all__ = [
    "Answered", "Behind", "CodeTaken", "Deed", "DialogueRow", "Head", "Journal", "Moved", "NotStored", "Proof",
    "Rewritten", "Stream",
]  # fmt: skip

T = TypeVar("T")


class Journal:
    """All streams of one database. Every method may raise NotStored: then nothing of it happened."""

    def __init__(
        self, database: Database, signing_key: Ed25519PrivateKey, salt: Callable[[], bytes] = clock.salt
    ) -> None:
        self._database = database
        self._key = signing_key
        self._salt = salt
        self._tips: dict[int, Tip] = {}

    async def create(self, code: str, *, demo: bool = False, at: datetime) -> Stream:
        """A new, empty stream. The code is kept in upper case. Raises CodeTaken."""
        first = clock.epoch()
        row = {
            "code": code.upper(), "epoch": first, "anchor": anchor(first), "n": 0, "created_at": at, "demo": demo,
            "state": DialogueState.DRAFT.value, "title": "", "agency": "", "place": "",
        }  # fmt: skip

        def create(connection: Connection) -> int:
            made: int = connection.execute(insert(tables.dialogues).returning(tables.dialogues.c.id), row).scalar_one()
            return made

        try:
            return Stream(await self._database.write(create), code.upper(), first, 0, demo)
        except IntegrityError:
            raise CodeTaken(f"there is a dialogue {code.upper()} already") from None

    async def append(self, stream_id: int, expected_n: int, batch: Sequence[Deed], at: datetime) -> Head:
        """Make a batch true in one transaction, with one fsync; it is on disk when this returns.

        Raises Moved when somebody else wrote first (or has answered one of the ops): nothing was written. A caller
        that is cancelled does not know: it asks `answers` by the op. A batch without entries gets an unsigned head.
        """
        append = Append(stream_id, expected_n, batch, at, self._key, self._salt, self._tips.get(stream_id))
        head, self._tips[stream_id] = await self._written(stream_id, append)
        await self._emptied(batch)
        return head

    async def append_behind(
        self, stream_id: int, after: int, ops: Sequence[tuple[str, str]], decide: Callable[[Behind], Sequence[Deed]],
        at: datetime,
    ) -> None:  # fmt: skip
        """Decide on what others wrote after entry `after` while they are held off, and make it true at once.

        For a stream that others write to as well: each gets its turn, and nobody decides in vain. `decide` runs in the
        writer's thread and may be asked twice. Raises as `append`.
        """
        wrote: list[Deed] = []

        def settle(connection: Connection) -> Tip | None:
            n = hold(connection, stream_id).n
            if n < after:
                raise Rewritten(f"stream {stream_id} ends at {n}, before entry {after} that was known here")
            behind = Behind(
                reading.entries(connection, stream_id, after),
                reading.answers(connection, stream_id, ops),
                partial(reading.supports, connection, stream_id),
            )
            if not (batch := decide(behind)):
                return None
            wrote[:] = batch
            return Append(stream_id, n, batch, at, self._key, self._salt, self._tips.get(stream_id))(connection)[1]

        if (tip := await self._written(stream_id, settle)) is not None:
            self._tips[stream_id] = tip
            await self._emptied(wrote)

    async def _emptied(self, batch: Sequence[Deed]) -> None:
        """What ended with a rehearsal goes from SQLite's log as well; it is wiped whether or not that works at once."""
        if any(isinstance(entry.fact, DialogueMoved) for deed in batch for entry in deed.entries):
            with suppress(NotStored):
                await self._database.scrub()

    async def _written(self, stream_id: int, change: Callable[[Connection], T]) -> T:
        try:
            return await self._database.write(change)
        except Rewritten:
            self._tips.pop(stream_id, None)
            raise

    async def streams(self, ids: Sequence[int]) -> list[Stream]:
        """Where these dialogues stand now."""
        return await self._database.read(partial(reading.streams, ids=ids))

    async def stream(self, code: str) -> Stream | None:
        """The stream of a dialogue's code, in either case."""
        return await self._database.read(partial(reading.stream, code=code))

    async def tail(self, code: str, after: int) -> tuple[Stream | None, list[Entry]]:
        """Where a dialogue stands, and its entries after number `after`, of one moment."""
        return await self._database.read(partial(reading.tail, code=code, after=after))

    async def entries(self, stream_id: int, after: int = 0) -> list[Entry]:
        """The entries after number `after`, in order; erased texts are `Sealed(None)`."""
        return await self._database.read(partial(reading.entries, stream_id=stream_id, after=after))

    async def answers(self, stream_id: int, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Answered]:
        """The answers that these (seat, op) have got already."""
        if not keys:
            return {}
        return await self._database.read(partial(reading.answers, stream_id=stream_id, keys=keys))

    async def supports(self, stream_id: int, leads: Mapping[int, int]) -> dict[int, int]:
        """How many seats support each question and those merged into it (merged -> lead); without the zeros."""
        return await self._database.read(partial(reading.supports, stream_id=stream_id, leads=leads))

    async def lone_supports(self, stream_id: int) -> tuple[list[LoneSupport], list[datetime]]:
        """The supports of seats that ever set just one, and when each seat of the dialogue joined."""
        return await self._database.read(partial(reading.lone_supports, stream_id=stream_id))

    async def supported_by(self, stream_id: int, seat: str) -> frozenset[int]:
        """The questions that this seat supports."""
        return await self._database.read(partial(reading.supported_by, stream_id=stream_id, seat=seat))

    async def receipt(self, code: str) -> tuple[Stream, int] | None:
        """The stream and question that a receipt's code leads to."""
        return await self._database.read(partial(reading.receipt, code=code))

    async def dialogues(self) -> list[DialogueRow]:
        """All dialogues, the latest first."""
        return await self._database.read(reading.dialogues)

    async def proof(self, stream_id: int, n: int) -> Proof:
        """That entry `n` is under the last signed head. Raises LookupError when there is no such entry."""
        return await self._database.read(partial(reading.proof, stream_id=stream_id, n=n))

    async def erase(self, stream_id: int, numbers: Collection[int]) -> int:
        """Erase the sealed texts of these entries for ever, and say how many; the chain still verifies.

        The room must be opened anew afterwards: memory still holds the texts.
        """
        erased = await self._database.write(partial(erasing.erase, stream_id=stream_id, numbers=numbers))
        await self._database.scrub()
        return erased
