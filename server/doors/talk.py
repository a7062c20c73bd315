"""What a page says up its line: commands, one after the other, and pings. Answers go down the same line."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from live.refusals import Code, Refused, refuse
from live.seats import IN_OWN_NAME, Audience
from server.doors import access, wire
from server.doors.fast_lane import FastLane
from server.doors.noting import named, noted
from server.doors.signed_out import too_late
from server.naming import snake
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import CLOSED_ABOVE, Listener, Pushed
from server.rooms.room import COME_BACK_MS, FULL_MS, Room
from server.rooms.turn import Answer, Busy
from server.store.problems import NotStored

if TYPE_CHECKING:
    from server.doors.sockets import LiveDoor

LARGEST_PING = 2**53
"""Whole numbers below it are the same in every script; JSON of ours holds none beyond 64 bits."""
WAITING = 8
"""Messages of one page that may wait for their turn; then no more is read from it until they are answered."""

log = structlog.get_logger()
_NAMED = frozenset(map(snake, IN_OWN_NAME))


class Talk:
    """One page's side of the conversation; a task exists only while a command is being settled."""

    __slots__ = ("_cookies", "_door", "_line", "_paused", "_seen", "_waiting", "_work", "listener", "room")

    def __init__(self, door: "LiveDoor", line: FastLane, room: Room, listener: Listener, cookies: bytes) -> None:
        self.room = room
        self.listener = listener
        self._door = door
        self._line = line
        self._cookies = cookies
        self._waiting: deque[dict[str, Any]] | None = None
        self._work: asyncio.Task[None] | None = None
        self._paused = False
        self._seen = 0

    def heard(self, text: str) -> None:
        """Answer at once what can be, and have the rest settled in order."""
        try:
            fields = msgspec.json.decode(text, type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError) as problem:
            log.info("malformed_message", dialogue=self.room.code, seat=self.listener.seat.id, problem=str(problem))
            self._say(wire.answer(None, refuse(Code.NOT_UNDERSTOOD, what="JSON"), self.listener.language))
            return
        if "ping" in fields:
            told = fields["ping"]
            self._say({"pong": told if isinstance(told, int) and abs(told) < LARGEST_PING else 1})
            return
        if "seen" in fields and "op" not in fields:  # no command, and nobody waits for an answer
            if self.listener.audience is Audience.PHONE:
                self._seen = self.room.seen.add(fields["seen"], self._seen)
            return
        if "looking" in fields and "op" not in fields:
            self.room.looking.at(self.listener, fields["looking"])
            return
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(fields)
        if len(self._waiting) >= WAITING and not self._paused:
            self._paused = True
            self._line.transport.pause_reading()
        if self._work is None:
            self._work = asyncio.create_task(self._settle())

    def drained(self) -> None:
        self.room.fanout.bring(self.listener)

    def stalled(self) -> None:
        self.room.fanout.cut(self.listener)

    def whose(self) -> dict[str, str]:
        seat = self.listener.seat
        return {"dialogue": self.room.code, "audience": seat.audience.value, "seat": seat.id}

    def gone(self) -> None:
        """The page left; a command on its way is settled all the same, and its op gives the answer later."""
        self.room.looking.left(self.listener)
        self._door.left(self)

    def _say(self, content: dict[str, Any]) -> None:
        """An answer is never skipped: a page that is still taking a large first frame gets it behind that."""
        if self._line.push(text_frame(envelope(content)), CLOSED_ABOVE + self.listener.whole) is Pushed.SKIPPED:
            self.room.fanout.cut(self.listener)  # it asks and never reads: answers would pile up

    async def _settle(self) -> None:
        try:
            while self._waiting:
                fields = self._waiting.popleft()
                op = wire.operation(fields)
                answer = noted(await self._answer(fields, op), self.room, self.listener.seat, fields.get("do"))
                self._say(wire.answer(op, answer, self.listener.language))
        finally:
            self._work = self._waiting = None
            if self._paused:
                self._paused = False
                self._line.transport.resume_reading()

    async def _answer(self, fields: dict[str, Any], op: str | None) -> Answer:
        """What becomes of one message. A mistake of ours costs nobody an answer, neither here nor further back."""
        try:
            return await self._command(fields, op)
        except Exception:  # any mistake of a rule or a store: logged; "busy" keeps the text on its page, to try again
            log.exception("not_answered", dialogue=self.room.code, command=named(fields.get("do")))
            return Busy(COME_BACK_MS)

    async def _command(self, fields: dict[str, Any], op: str | None) -> Answer:
        seat, name = self.listener.seat, str(fields.get("do", ""))
        if op is None:
            return refuse(Code.NOT_UNDERSTOOD, what="op")
        if self.room.full:
            return Busy(FULL_MS)
        if wait := self._door.parts.limits.command(self.room.code, seat):
            return Busy(int(wait * 1000))
        # Asking uses the name and the consents of the seat: a page open elsewhere must not use what was taken back.
        if seat.staff or (name in _NAMED and not seat.rehearsing):
            connection = self._connection()
            try:
                seat = await access.seat_again(connection, seat.audience)
            except HTTPException:
                gone = connection.state.staff is None
                return too_late(self.room, name, fields) if gone else refuse(Code.NOT_ALLOWED)
            except NotStored as problem:
                log.warning("seat_not_read", dialogue=self.room.code, problem=str(problem))
                return Busy(COME_BACK_MS, refuse(Code.NOT_STORED))
        command = wire.command(name, {key: fields[key] for key in fields if key not in wire.ENVELOPE})
        if isinstance(command, Refused):
            return command
        return await self.room.handle(command, seat, op)

    def _connection(self) -> HTTPConnection:
        return self._door.connection(self.room.code, b"", [(b"cookie", self._cookies)])
