"""How often: limits by seat, login and address, kept in memory and forgotten at a restart.

A hall is one address and a village may be another, so a limit by address is generous and only stops a flood.
"""

from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from itertools import islice
from math import ceil
from time import monotonic

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from live.seats import Seat


@dataclass(frozen=True, slots=True)
class Rate:
    """So many within any `seconds`, of one kind of thing."""

    kind: str
    amount: int
    seconds: int


OPS = Rate("commands of a seat", 20, 10)
"""Commands by one seat (DESIGN, wire)."""
SIGN_IN_LOGIN = Rate("tries for a login", 10, 15 * 60)
"""Tries for one login: a guess every 90 seconds, in the long run."""
SIGN_IN_ADDRESS = Rate("tries from an address", 60, 5 * 60)
"""Tries from one address: all the staff of a hall behind one router, with some slips."""
JOIN_ADDRESS = Rate("seats from an address", 600, 60)
"""Seats taken from one address: a full hall that joins within two minutes."""
RECEIPT_ADDRESS = Rate("receipts from an address", 120, 60)
"""Receipts asked for from one address; their codes have 40 random bits."""
SHORTEST_WAIT = 0.1
"""Seconds that somebody is asked to wait at the least."""
_SWEPT = 2
"""Who is looked at each time to be forgotten: more than can be added, so memory holds one window and no more."""


class Limits:
    """Counts what comes in. One for the whole server."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._taken: defaultdict[Rate, OrderedDict[str, deque[float]]] = defaultdict(OrderedDict)

    def wait(self, rate: Rate, who: str) -> float:
        """Count one more by `who` and return 0; or, when it is one too many, the seconds until the next may come."""
        now, taken = self._now(), self._taken[rate]
        _forget_old(taken, now - rate.seconds)
        times = taken.setdefault(who, deque(maxlen=rate.amount))
        if len(times) == rate.amount and (left := times[0] + rate.seconds - now) > 0:
            return max(SHORTEST_WAIT, left)
        times.append(now)
        taken.move_to_end(who)
        return 0.0

    def command(self, code: str, seat: Seat) -> float:
        """Count one more command of a seat to a dialogue; as `wait`."""
        return self.wait(OPS, f"{code} {seat.id}")

    def forget(self, rate: Rate, who: str) -> None:
        """Start counting anew: after a right password the earlier slips do not matter."""
        self._taken[rate].pop(who, None)

    def known(self) -> int:
        """How many are counted now."""
        return sum(map(len, self._taken.values()))


def _forget_old(taken: OrderedDict[str, deque[float]], before: float) -> None:
    """They are in order of their latest, so the oldest are at the front."""
    for who in tuple(islice(taken, _SWEPT)):
        if taken[who][-1] <= before:
            del taken[who]


class LimitedByAddress:
    """For a route: so many requests from one address, then 429 until the next may come."""

    def __init__(self, app: ASGIApp, rate: Rate) -> None:
        self.app = app
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        limits: Limits = connection.app.state.parts.limits
        wait = limits.wait(self._rate, address(connection))
        if wait:
            raise HTTPException(429, headers={"Retry-After": str(ceil(wait))})
        await self.app(scope, receive, send)


def address(connection: HTTPConnection) -> str:
    """Where somebody comes from; an IPv6 household is one, whichever of its addresses it uses today."""
    host = connection.client.host if connection.client else ""
    try:
        known = ip_address(host)
    except ValueError:
        return host
    return str(known if known.version == 4 else ip_network((known, 64), strict=False))
