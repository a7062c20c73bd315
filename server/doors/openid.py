"""OpenID Connect with the identity provider. Authlib speaks it and checks what comes back; here is what we ask of both.

Loaded when somebody first presses the button: its libraries take half a second.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

from authlib.integrations.base_client import OAuthError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.starlette_client import OAuth
from httpx2 import AsyncByteStream, HTTPError, InvalidURL
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from server.doors.provider import BACK, NotVouched, Problem
from server.settings import Settings

PATIENCE = 10.0
"""Seconds that the provider has for one step, all its answers together: also one that comes byte by byte."""
LONGEST = 1 << 20
"""Bytes of one answer, as they are sent."""
LEEWAY = 60
"""Seconds by which its clock and ours may differ."""
SIGNED = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"}
)
"""Signatures that only the provider can make; "none" and those made with a shared secret are no proof."""
T = TypeVar("T")


class Talk:
    """One step of one sign-in. Raises NotVouched whatever goes wrong on the provider's side."""

    def __init__(self, settings: Settings, secret: str) -> None:
        self._settings = settings
        self._secret = secret

    async def leave(self, request: Request) -> Response:
        """To the provider; the `session` of the request holds what the way back needs."""
        return await _asked(self._leave(request))

    async def claims(self, request: Request) -> dict[str, Any]:
        """What the token says: state, code, signature, issuer, audience, nonce and time are checked. {} without one."""
        return await _asked(self._claims(request))

    async def _leave(self, request: Request) -> Response:
        client = await self._client()
        answer: Response = await client.authorize_redirect(request, f"{self._settings.public_url}{BACK}")
        return answer

    async def _claims(self, request: Request) -> dict[str, Any]:
        client = await self._client()
        exact = {
            "iss": {"essential": True, "value": self._settings.oidc_issuer},
            "aud": {"essential": True, "value": self._settings.oidc_client},
        }
        token = await client.authorize_access_token(request, claims_options=exact, leeway=LEEWAY)
        claims = dict(token.get("userinfo") or {})
        if claims and self._settings.oidc_claim not in claims and client.server_metadata.get("userinfo_endpoint"):
            more = await client.userinfo(token=token)  # where a provider may keep names and addresses (Core, 5.4)
            if more.get("sub") == claims["sub"]:
                claims = dict(more) | claims
        return claims

    async def _client(self) -> Any:
        """A client of Authlib's that knows what the provider says of itself now, and takes real signatures only."""
        client = OAuth().register(
            "provider",
            client_id=self._settings.oidc_client,
            client_secret=self._secret,
            server_metadata_url=f"{self._settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "timeout": PATIENCE,
                "event_hooks": {"response": [_shortened]},
            },
        )
        said = await client.load_server_metadata()
        if said.get("issuer") != self._settings.oidc_issuer:  # OpenID Connect Discovery 1.0, 4.3
            raise NotVouched(Problem.AWAY, "another issuer")
        offered = said.get("id_token_signing_alg_values_supported") or []
        said["id_token_signing_alg_values_supported"] = sorted(SIGNED.intersection(offered)) or ["RS256"]
        return client


class _Short(AsyncByteStream):
    """An answer of the provider as it comes, which is no page without an end."""

    def __init__(self, answer: AsyncByteStream) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        came = 0
        async for some in self._answer:
            came += len(some)
            if came > LONGEST:
                raise OSError("longer than any answer of a provider")
            yield some

    async def aclose(self) -> None:
        await self._answer.aclose()


async def _shortened(response: Any) -> None:
    response.stream = _Short(response.stream)


async def _asked(work: Coroutine[Any, Any, T]) -> T:
    """What the provider answered. Raises NotVouched, with codes only: its own texts stay out of the log."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await work
    except MismatchingStateError as why:
        raise NotVouched(Problem.STALE, "state") from why
    except (OAuthError, JoseError) as why:
        raise NotVouched(Problem.WRONG, type(why).__name__) from why
    except (HTTPError, InvalidURL, OSError) as why:
        raise NotVouched(Problem.AWAY, type(why).__name__) from why
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as why:
        # Not the JSON, or not the fields, that the protocol asks for: Authlib takes them as they come.
        raise NotVouched(Problem.AWAY, f"no provider: {type(why).__name__}") from why
