"""How often: limits by seat, login and address, kept in memory and forgotten at a restart.

A hall is one address and a village may be another, so a limit by address is generous and only stops a flood.
"""

from ipaddress import ip_address, ip_network
from math import ceil
from time import time

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from live.seats import Seat
from transcription.heard import SAMPLE_RATE

OPS = RateLimitItemPerSecond(20, 10, namespace="ops")
"""Commands by one seat (DESIGN, wire)."""
SIGN_IN_LOGIN = RateLimitItemPerMinute(10, 15, namespace="sign-in login")
"""Tries for one login: a guess every 90 seconds, in the long run."""
SIGN_IN_ADDRESS = RateLimitItemPerMinute(60, 5, namespace="sign-in address")
"""Tries from one address: all the staff of a hall behind one router, with some slips."""
PROVIDER_ADDRESS = RateLimitItemPerMinute(120, 5, namespace="provider address")
"""Ways to the identity provider and back from one address: as many sign-ins as with a password, in two steps each."""
JOIN_ADDRESS = RateLimitItemPerMinute(600, 1, namespace="join address")
"""Seats taken from one address: a full hall that joins within two minutes."""
MESSAGE_ADDRESS = RateLimitItemPerMinute(600, 1, namespace="message address")
"""Text messages handed in from one address: a gateway's, for a whole province on its evening."""
RECEIPT_ADDRESS = RateLimitItemPerMinute(120, 1, namespace="receipt address")
"""Receipts asked for from one address; their codes have 40 random bits."""
SIMILAR = RateLimitItemPerSecond(10, 10, namespace="similar")
"""Searches for similar questions by one seat: a page asks when somebody stops typing."""
PHOTO = RateLimitItemPerMinute(6, 1, namespace="photo")
"""Photos from one seat: three for each of a few questions, and some that would not do."""
VOICE = RateLimitItemPerMinute(30 * 60 * SAMPLE_RATE, 10, namespace="voice")
"""Samples from one phone that speaks: three times what is spoken meanwhile, for sound that waited for the network."""
KIOSK_ADDRESS = RateLimitItemPerMinute(240, 1, namespace="kiosk address")
"""Numbers looked up from one address: several machines in a hall, each with a queue before it."""

SHORTEST_WAIT = 0.1
"""Seconds that somebody is asked to wait at the least."""

Rate = RateLimitItemPerSecond | RateLimitItemPerMinute


class Limits:
    """Counts what comes in. One for the whole server.

    Counters, not lists of moments: of those the package's storage forgets nobody, and looks through all of them again
    and again (decision 0200).
    """

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._counted = SlidingWindowCounterRateLimiter(self._storage)

    def wait(self, rate: Rate, who: str, count: int = 1) -> float:
        """Count so many more by `who` and return 0; or, when it is too much, the seconds until the next may come."""
        if self._counted.hit(rate, who, cost=count):
            return 0.0
        return max(SHORTEST_WAIT, self._counted.get_window_stats(rate, who).reset_time - time())

    def command(self, code: str, seat: Seat) -> float:
        """Count one more command of a seat to a dialogue; as `wait`."""
        return self.wait(OPS, f"{code} {seat.id}")

    def forget(self, rate: Rate, who: str) -> None:
        """Start counting anew: after a right password the earlier slips do not matter."""
        self._counted.clear(rate, who)


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
