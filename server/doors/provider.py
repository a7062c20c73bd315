"""The identity provider of the province: for whom it vouches, or why for nobody.

Nothing is fetched before somebody presses the button, and nothing is kept for the next one: a provider that is away,
has moved or has new keys concerns that one sign-in only, and never the server or its own accounts (decision 0356).
"""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from server.doors.identity import plain_login
from server.settings import Settings

if TYPE_CHECKING:
    from server.doors.openid import Talk

BACK = "/sign-in/provider/back"
"""Where the provider sends people back to: what is registered there is the public address with this behind it."""


class Problem(StrEnum):
    """Why the provider vouches for nobody here; each has its sentence on the page."""

    AWAY = "away"
    DENIED = "denied"
    STALE = "stale"
    WRONG = "wrong answer"
    NAMELESS = "nameless"
    UNVERIFIED = "unverified"


class NotVouched(Exception):
    """The provider vouches for nobody here. `problem` is for the page, `reason` in codes for the log."""

    def __init__(self, problem: Problem, reason: str) -> None:
        super().__init__(reason)
        self.problem = problem
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Vouched:
    """For whom the provider vouches: by the claim of the settings, spelt as names are kept here; and by subject."""

    name: str
    subject: str


class Provider:
    """What asks the provider. One for the whole server; it holds settings only."""

    def __init__(self, settings: Settings, secret: str) -> None:
        self._settings = settings
        self._secret = secret

    async def leave(self, request: Request) -> Response:
        """Send somebody to the provider; their `session` holds what the way back needs. Raises NotVouched."""
        talk = await asyncio.to_thread(self._talk)
        return await talk.leave(request)

    async def returned(self, request: Request) -> Vouched:
        """Who came back, all checks passed. Raises NotVouched."""
        talk = await asyncio.to_thread(self._talk)
        return self._vouched(await talk.claims(request))

    def _talk(self) -> "Talk":
        """In a thread, so that no page waits while the first one loads the libraries."""
        from server.doors.openid import Talk  # noqa: PLC0415 - half a second, and few servers have a provider

        return Talk(self._settings, self._secret)

    def _vouched(self, claims: dict[str, Any]) -> Vouched:
        if not claims:
            raise NotVouched(Problem.WRONG, "no id_token")
        said = claims.get(self._settings.oidc_claim)
        name = plain_login(said) if isinstance(said, str) else ""
        if not name:
            raise NotVouched(Problem.NAMELESS, self._settings.oidc_claim)
        if self._settings.oidc_claim == "email" and claims.get("email_verified") is not True:
            raise NotVouched(Problem.UNVERIFIED, "email_verified")
        return Vouched(name, f"{claims['iss']} {claims['sub']}")
