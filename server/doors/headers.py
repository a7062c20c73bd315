"""What every answer says to a browser: what may run, who may embed, what may be kept; and which host we are."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import clock
from server.settings import Settings

_FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
}
_YEAR = 365 * 24 * 3600


def content_policy(nonce: str, framed_by: str = "'none'") -> str:
    """Nothing from another host, nothing inline but what carries the nonce of this very answer; without one nothing."""
    ours = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        f"default-src 'none'; script-src {ours}; style-src {ours}; "
        "img-src 'self' data:; connect-src 'self'; media-src 'self' blob:; font-src 'self'; manifest-src 'self'; "
        f"worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}; object-src 'none'"
    )


def of_a_copy() -> dict[str, str]:
    """What goes with a page that a phone opens from its own copy: as strict as the answer was, and nothing inline."""
    return {
        "content-security-policy": content_policy(""),
        "x-frame-options": "DENY",
        "cache-control": "no-store",
        **_FIXED,
    }


class SecurityHeaders:
    """Adds the headers to every answer, whatever made it; pages find the nonce in `request.state.nonce`.

    A page that sets `request.state.framed` may be shown within pages of the origins of the settings, others nowhere.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._https = settings.https
        self._framed_by = " ".join(settings.overlay_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = clock.secret()
        state = scope.setdefault("state", {})
        state["nonce"] = nonce

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), nonce, framed=state.get("framed", False))
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _complete(self, headers: MutableHeaders, nonce: str, *, framed: bool) -> None:
        if framed and self._framed_by:
            headers["content-security-policy"] = content_policy(nonce, self._framed_by)
        else:
            headers["content-security-policy"] = content_policy(nonce)
            headers["x-frame-options"] = "DENY"
        headers.update(_FIXED)
        headers.setdefault("cache-control", "private, no-cache")
        if self._https:
            headers["strict-transport-security"] = f"max-age={_YEAR}"


class KnownHost:
    """Answers only under our own names: a Host header of another's making never reaches a link or an origin check."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._hosts = settings.hosts
        self._told = (
            f"Máy chủ này không có tên miền đó. Hãy mở {settings.public_url}\n"
            f"This server does not go by that name. Open {settings.public_url}\n"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or Headers(scope=scope).get("host", "").lower() in self._hosts:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(self._told, 400)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 4500})
