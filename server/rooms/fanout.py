"""From two views to the pages that listen: changes found once, drawn once per language, framed once, written to all.

Nobody waits in a queue: a listener is a position, and whatever lies between it and its group's head is due to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from live.dialogue import Dialogue
from live.differences import Change, changes
from live.seats import Audience, Seat
from live.taken_back import taken_back
from live.views import View, view
from server.rooms.frames import envelope, text_frame
from server.rooms.groups import Group
from server.rooms.listeners import PATCHES_STOP, SIGNALS_STOP, TOO_MANY, TOO_SLOW, Listener, Pushed
from server.rooms.moments import Moments
from server.rooms.owners import OWNERS, Owners
from server.rooms.patches import drawn
from server.rooms.render import Render
from server.rooms.ring import Ring
from server.rooms.rounds import Rounds

PAGES_A_SEAT = 4
"""Pages one seat may have open at once, by sockets and feeds (a phone, a tablet, two forgotten tabs)."""
TO_EVERYBODY = frozenset({Audience.PHONE, Audience.STAGE, Audience.PUBLIC})
"""Audiences whose old frames are given to any stranger who comes back, and so must hold nothing that was taken back."""
ONE_WRITE = 16 * 1024
"""Bytes up to which the frames for somebody who joins are copied together; a large page is shared and goes alone."""

log = structlog.get_logger()


@dataclass(slots=True)
class Counted:
    """What became of the work: frames built, signals skipped, pages given anew, lines cut for being too slow."""

    framed: int = 0
    skipped: int = 0
    resynced: int = 0
    cut: int = 0


class Fanout:
    """The listeners of one room and what each group of them has been sent."""

    def __init__(self, code: str, epoch: str, render: Render, dialogue: Dialogue, rounds: Rounds | None = None) -> None:
        self.code = code
        self.epoch = epoch
        self.render = render
        self.dialogue = dialogue
        self.counted = Counted()
        self.moments = Moments(dialogue.n)
        self.owners = Owners(code, render, dialogue)
        self._rounds = rounds or Rounds()
        self._groups: dict[tuple[Audience, str], Group] = {}
        self._now: dict[Audience, dict[str, Any]] = {}
        self._views: dict[Audience, View] = {}
        self._seats: dict[str, tuple[Listener, ...]] = {}

    def view(self, audience: Audience) -> View:
        """What `audience` sees now."""
        if audience not in self._views:
            self._views[audience] = view(self.dialogue, audience)
        return self._views[audience]

    def publish(self, after: Dialogue) -> None:
        """Tell every group what changed. The commit is on disk; nobody is waited for."""
        gone = taken_back(self.dialogue, after)
        before, self.dialogue = self._views, after
        self.moments.add(after.n)
        self._views = {}
        found: dict[Audience, list[Change]] = {}
        for group in self._groups.values():
            audience = group.audience
            if gone and audience in TO_EVERYBODY:
                group.forget(gone)
            if audience not in found:
                found[audience] = changes(before.get(audience, ()), self.view(audience))
            if found[audience]:
                self._add(group, found[audience])
        owners = tuple(self.owners.changed(after, self._seats, self._staff()))
        for listener in owners:
            listener.owed = True
        self._rounds.visit(owners, self._bring_owner)

    def _add(self, group: Group, found: list[Change]) -> None:
        shown = frozenset(change.key for change in found if change.thing is not None)
        patches = drawn(found, self.render, group.audience, self.code, group.language)
        content = {"n": self.dialogue.n, "after": group.ring.last, "patches": patches}
        group.add(self.dialogue.n, self._frame(content), shown)
        self._rounds.start(group, self._bring_all)

    def _frame(self, content: dict[str, Any]) -> bytes:
        self.counted.framed += 1
        return text_frame(envelope(content))

    def _bring_all(self, group: Group, listeners: Sequence[Listener]) -> None:
        """As `_bring`, for many: those who stand where most stand cost hardly more than the write itself."""
        at, heard, parcel, plain = -1, -1, b"", False
        for listener in listeners:
            if listener.at != at or listener.heard != heard:
                at, heard = listener.at, listener.heard
                plain = group.ring.floor <= at <= group.ring.last
                parcel = group.parcel(at, heard) if plain else b""
                plain = plain and 0 < len(parcel) <= PATCHES_STOP
            try:
                if plain and not listener.owed and listener.line.push(parcel, SIGNALS_STOP) is Pushed.SENT:
                    listener.at, listener.heard = group.ring.last, group.said
                else:
                    self._bring(group, listener)
            except Exception:  # any mistake in drawing one page: logged; it must not stop the thousands behind it
                log.exception("not_brought", dialogue=self.code, audience=group.audience.value)
                listener.line.abort()

    def _bring_owner(self, listener: Listener) -> None:
        """As `bring`, for one among others, who may have left meanwhile."""
        group = self._group(listener)
        try:
            if listener in group.listeners:
                self._bring(group, listener)
        except Exception:  # any mistake in drawing one's own list: logged; cut, the page comes back and draws it anew
            log.exception("not_brought", dialogue=self.code, audience=listener.audience.value)
            listener.line.abort()

    def bring(self, listener: Listener) -> None:
        """Give a listener what is due to it; also when its line has drained."""
        self._bring(self._group(listener), listener)

    def _bring(self, group: Group, listener: Listener) -> None:
        at, heard = listener.at, listener.heard
        if at < group.ring.last or heard < group.said:
            parcel = group.parcel(at, heard)
            pushed = listener.line.push(parcel, SIGNALS_STOP)
            if pushed is Pushed.SENT:
                listener.heard = group.said
                self._came(group, listener, len(parcel))
            elif pushed is Pushed.DEAD or not self._bring_slow(group, listener):
                self.leave(listener)
                return
        if listener.owed:
            self._give_own(listener)

    def _came(self, group: Group, listener: Listener, size: int) -> None:
        if listener.at < group.ring.floor:
            self.counted.resynced += 1
        if size > PATCHES_STOP:
            listener.whole = size
        listener.at = max(listener.at, group.ring.last)

    def _bring_slow(self, group: Group, listener: Listener) -> bool:
        """Somebody with much unsent gets no signals, with more no patches, and with far too much no line."""
        self.counted.skipped += 1
        patches = group.patches(listener.at)
        if patches and listener.line.push(patches, PATCHES_STOP) is Pushed.SENT:
            self._came(group, listener, len(patches))
        elif listener.hopeless():
            self.cut(listener)
            return False
        return True

    def cut(self, listener: Listener) -> None:
        """End a line that does not take what it is sent; its page comes back and gets everything."""
        self.counted.cut += 1
        listener.line.close(TOO_SLOW)

    def _give_own(self, listener: Listener) -> None:
        frame = self.owners.frame(self.dialogue, listener)
        listener.owed = listener.line.push(frame, PATCHES_STOP) is Pushed.SKIPPED

    def join(self, listener: Listener, since: int | None, epoch: str, at: datetime) -> None:
        """Bring a listener up to date and keep it so. No await in here: nothing can happen in between."""
        group = self._group(listener)
        missed = None
        if since is not None and epoch == self.epoch and since in self.moments:
            missed = group.ring.since(since)
        first = group.page() if missed is None else missed
        told = text_frame(envelope({"caught_up": self.dialogue.n, "epoch": self.epoch, "at": at.isoformat()}))
        rest = self.owners.frame(self.dialogue, listener) + told + group.signals(-1)
        if len(first) + len(rest) <= ONE_WRITE:
            listener.line.push(first + rest)
        else:
            listener.line.push(first)
            listener.line.push(rest, len(first) + ONE_WRITE)
            listener.whole = len(first)
        listener.at, listener.heard = self.dialogue.n, group.said
        group.listeners.add(listener)
        if seat := listener.seat.id:
            self._seats[seat] = (*self._seats.get(seat, ()), listener)

    def leave(self, listener: Listener) -> None:
        group = self._group(listener)
        if listener in group.listeners:
            group.listeners.remove(listener)
            left = tuple(one for one in self._seats.pop(listener.seat.id, ()) if one is not listener)
            if left:
                self._seats[listener.seat.id] = left

    def start_over(self) -> None:
        """Forget what was sent: every open page is told to fetch itself anew."""
        resync = self._frame({"resync": 1})
        for group in self._groups.values():
            group.ring = Ring(-2)
            group.add(self.dialogue.n, resync, frozenset())
            for listener in group.listeners:
                listener.at = -1
            self._rounds.start(group, self._bring_all)

    def whole(self, audience: Audience, language: str) -> bytes:
        """A frame that makes any page of this audience the page now."""
        patches = [
            ["fill", region.name, self.render.region(region, audience, self.code, language)]
            for region in self.view(audience)
        ]
        return self._frame({"n": self.dialogue.n, "epoch": self.epoch, "patches": patches})

    def signal(self, audience: Audience, changed: dict[str, Any]) -> None:
        """New latest-only values for one audience; whoever is slow gets the newest when it has drained."""
        self._now.setdefault(audience, {}).update(changed)
        news = self._frame({"now": changed})
        for group in self._groups.values():
            if group.audience is audience:
                group.say(changed, news)
                self._rounds.start(group, self._bring_all)

    def end_seat(self, seat: str) -> list[Listener]:
        """All listeners of a seat, forgotten here; the door closes their lines."""
        gone = list(self._seats.get(seat, ()))
        for listener in gone:
            self.leave(listener)
        return gone

    def make_room(self, seat: Seat) -> None:
        """End the oldest page of a seat that has as many open as it may; those who only look are not counted.

        Never the newest, at which somebody looks: after a phone has changed its network a few times, the older ones are
        lines that nobody holds any more, and it takes a while until that shows.
        """
        opened = self._seats.get(seat.id, ())
        for listener in opened[: max(0, len(opened) + 1 - PAGES_A_SEAT)]:
            self.leave(listener)
            listener.line.close(TOO_MANY)

    def listeners(self) -> list[Listener]:
        """Everybody, of all groups."""
        return [listener for group in self._groups.values() for listener in group.listeners]

    def _staff(self) -> set[str]:
        groups = (group for group in self._groups.values() if group.audience in OWNERS - {Audience.PHONE})
        return {listener.seat.id for group in groups for listener in group.listeners}

    def count(self, audience: Audience) -> int:
        return sum(len(group.listeners) for group in self._groups.values() if group.audience is audience)

    def _group(self, listener: Listener) -> Group:
        key = (listener.audience, listener.language)
        if key not in self._groups:
            self.view(listener.audience)
            group = self._groups[key] = Group(*key, self.dialogue.n, self.whole)
            if now := self._now.get(listener.audience):
                group.say(now, b"")
        return self._groups[key]
