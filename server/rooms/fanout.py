"""From two views to the pages that listen: changes found once, drawn once per language, framed once, written to all."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from live.dialogue import Dialogue
from live.looks import own
from live.seats import Audience, Seat
from live.sights import CommitmentCard, MyQuestion
from live.taken_back import taken_back
from live.views import Change, View, changes, view
from server.rooms.frames import envelope, text_frame
from server.rooms.listeners import Listener, Pushed
from server.rooms.moments import Moments
from server.rooms.render import Render
from server.rooms.ring import Ring

SOCKETS_A_SEAT = 4
"""Pages one seat may have open at once (a phone, a tablet, two forgotten tabs)."""
OWNERS = (Audience.PHONE, Audience.AGENCY)
"""Audiences whose pages have a region that is theirs alone."""
TO_EVERYBODY = frozenset({Audience.PHONE, Audience.STAGE, Audience.PUBLIC})
"""Audiences whose old frames are given to any stranger who comes back, and so must hold nothing that was taken back."""
Own = tuple[MyQuestion | CommitmentCard, ...]
"""What is drawn for one seat alone."""
Group = tuple[Audience, str]
"""Those who get the same bytes: an audience in a language."""


class Fanout:
    """The listeners of one room and what each group of them has been sent."""

    def __init__(self, code: str, epoch: str, render: Render, dialogue: Dialogue) -> None:
        self.code = code
        self.epoch = epoch
        self.render = render
        self.dialogue = dialogue
        self.moments = Moments(dialogue.n)
        self.listeners: dict[Group, set[Listener]] = defaultdict(set)
        self._rings: dict[Group, Ring] = {}
        self._views: dict[Audience, View] = {}
        self._open_pages: Counter[str] = Counter()
        self._mine: dict[str, Own] = {}

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
        for group, ring in self._rings.items():
            audience, language = group
            if gone and audience in TO_EVERYBODY:
                ring.forget(gone)
            if audience not in found:
                found[audience] = changes(before.get(audience, ()), self.view(audience))
            if found[audience]:
                shown = frozenset(change.key for change in found[audience] if change.thing is not None)
                self._send(group, ring, self._patches(found[audience], audience, language), shown)
        self._tell_owners()

    def _send(self, group: Group, ring: Ring, patches: list[list[str | None]], shown: frozenset[str]) -> None:
        content = {"n": self.dialogue.n, "after": ring.last, "patches": patches}
        frame = text_frame(envelope(content))
        ring.add(self.dialogue.n, frame, shown)
        self._each(self.listeners[group], frame, urgent=True)

    def _patches(self, found: list[Change], audience: Audience, language: str) -> list[list[str | None]]:
        patches: list[list[str | None]] = []
        for change in found:
            if change.verb == "remove":
                patches.append(["remove", change.key])
            elif change.verb == "move":
                patches.append(["move", change.key, change.region, change.anchor])
            elif change.thing is not None:
                html = self.render.thing(change.key, change.thing, audience, self.code, language)
                if change.verb == "replace":
                    patches.append(["replace", change.key, html])
                elif change.anchor is None:
                    patches.append(["append", change.region, html])
                else:
                    patches.append(["before", change.anchor, html])
        return patches

    def _each(self, listeners: Iterable[Listener], frame: bytes, *, urgent: bool) -> None:
        for listener in tuple(listeners):
            pushed = listener.patch(frame) if urgent else listener.signal(frame)
            if pushed is Pushed.DEAD:
                self.leave(listener)

    def join(self, listener: Listener, since: int | None, epoch: str, at: datetime) -> None:
        """Bring a listener up to date and keep it so. No await in here: nothing can happen in between."""
        group = (listener.audience, listener.language)
        self.view(listener.audience)
        ring = self._rings.setdefault(group, Ring(self.dialogue.n))
        missed = ring.since(since) if since is not None and epoch == self.epoch and since in self.moments else None
        for frame in missed if missed is not None else [self.whole(listener.audience, listener.language)]:
            listener.patch(frame)
        self._tell_owner(listener)
        caught_up = {"caught_up": self.dialogue.n, "epoch": self.epoch, "at": at.isoformat()}
        listener.patch(text_frame(envelope(caught_up)))
        self.listeners[group].add(listener)
        self._open_pages[listener.seat.id] += 1

    def leave(self, listener: Listener) -> None:
        group = self.listeners[listener.audience, listener.language]
        if listener in group:
            group.remove(listener)
            self._open_pages[listener.seat.id] -= 1

    def start_over(self) -> None:
        """Forget what was sent: every open page is told to fetch itself anew."""
        self._rings.clear()
        resync = text_frame(envelope({"resync": 1}))
        for listeners in self.listeners.values():
            self._each(listeners, resync, urgent=True)

    def refresh(self, listener: Listener) -> None:
        """Give a listener that fell behind its page anew, once its line has drained."""
        listener.behind = False
        listener.patch(self.whole(listener.audience, listener.language))
        self._tell_owner(listener)

    def whole(self, audience: Audience, language: str) -> bytes:
        """A frame that makes any page of this audience the page now."""
        patches = [
            ["fill", region.name, self.render.region(region, audience, self.code, language)]
            for region in self.view(audience)
        ]
        return text_frame(envelope({"n": self.dialogue.n, "epoch": self.epoch, "patches": patches}))

    def signal(self, values: dict[str, Any], audiences: frozenset[Audience]) -> None:
        """Send latest-only values; whoever is slow misses them."""
        frame = text_frame(envelope({"now": values}))
        for (audience, _), listeners in self.listeners.items():
            if audience in audiences:
                self._each(listeners, frame, urgent=False)

    def signal_one(self, listener: Listener, values: dict[str, Any]) -> None:
        if values:
            listener.signal(text_frame(envelope({"now": values})))

    def end_seat(self, seat: str) -> list[Listener]:
        """All listeners of a seat, forgotten here; the door closes their lines."""
        gone = [one for listeners in self.listeners.values() for one in listeners if one.seat.id == seat]
        for listener in gone:
            self.leave(listener)
        return gone

    def crowded(self, seat: Seat) -> bool:
        """Whether a seat has as many pages open as it may; those who only look are not counted."""
        return bool(seat.id) and self._open_pages[seat.id] >= SOCKETS_A_SEAT

    def listeners_of(self, audience: Audience) -> list[Listener]:
        return [one for (who, _), listeners in self.listeners.items() if who is audience for one in listeners]

    def count(self, audience: Audience) -> int:
        return sum(len(listeners) for (who, _), listeners in self.listeners.items() if who is audience)

    def _owners(self) -> list[Listener]:
        return [one for who in OWNERS for one in self.listeners_of(who) if one.seat.id]

    def _tell_owners(self) -> None:
        """Private frames: each asker's own questions, each agency's own promises, when one of them changed."""
        told: dict[str, Own] = {}
        owners = {question.seat for question in self.dialogue.questions.values() if question.seat}
        for listener in self._owners():
            seat = listener.seat.id
            if listener.audience is Audience.PHONE and seat not in owners:
                continue
            if seat not in told:
                told[seat] = own(self.dialogue, listener.seat)
            if told[seat] != self._mine.get(seat, ()):
                self._tell_owner(listener, told[seat])
        self._mine.update(told)

    def _tell_owner(self, listener: Listener, things: Own | None = None) -> None:
        if listener.audience not in OWNERS or not listener.seat.id:
            return
        things = own(self.dialogue, listener.seat) if things is None else things
        html = self.mine(things, listener.audience, listener.language)
        listener.patch(text_frame(envelope({"patches": [["fill", "mine", html]]})))

    def mine(self, things: Own, audience: Audience, language: str) -> str:
        """A seat's own things, drawn."""
        draw = self.render.thing
        return "".join(draw(f"mine-{one.number}", one, audience, self.code, language) for one in things)
