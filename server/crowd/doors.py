"""The forms that a phone and a moderator go through before they have a socket, spoken as a browser speaks them."""

import asyncio
import io
import re
import ssl
from dataclasses import dataclass
from http.client import HTTPMessage, parse_headers
from urllib.parse import urlencode, urlsplit

from server.settings import is_loopback

PATIENCE = 60.0
"""Seconds for a page; a server that takes longer has lost the person."""
SEATS_A_SOURCE = 500
"""Phones that come from one address. The server takes 600 seats a minute from one (server/doors/limits.py), and a
kernel has some 28,000 ports for each."""
_CSRF = re.compile(rb'name="csrf" value="([^"]+)"')
_DEMO = b'data-kind="demo"'


class CannotEnter(Exception):
    """A door did not open; the text says which and what the server answered. `busy`: it may open in a moment."""

    def __init__(self, why: str, status: int = 0) -> None:
        super().__init__(why)
        self.busy = status in {429, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Target:
    """The server, as its address says it."""

    url: str

    @property
    def host(self) -> str:
        name = urlsplit(self.url).hostname or ""
        return "127.0.0.1" if name == "localhost" else name

    @property
    def netloc(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def tls(self) -> ssl.SSLContext | None:
        return ssl.create_default_context() if self.url.startswith("https:") else None

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or (443 if self.url.startswith("https:") else 80)

    def source(self, place: int) -> tuple[str, int] | None:
        """Where phone number `place` comes from: many addresses of this machine; one's own towards another."""
        if not (is_loopback(self.host) and "." in self.host):
            return None
        index = place // SEATS_A_SOURCE
        return f"127.0.{1 + index // 250}.{1 + index % 250}", 0


@dataclass(frozen=True, slots=True)
class Page:
    """What a door answered."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def cookies(self) -> list[str]:
        return [cookie.partition(";")[0] for cookie in self.headers.get_all("set-cookie", [])]

    @property
    def csrf(self) -> str | None:
        """The word that its form sends back; None without a form."""
        found = _CSRF.search(self.body)
        return found[1].decode() if found else None

    @property
    def demo(self) -> bool:
        """Whether the page says that everything here is invented."""
        return _DEMO in self.body


async def fetch(
    target: Target, path: str, *, cookie: str = "", form: dict[str, str] | None = None, place: int = 0
) -> Page:
    """One request on a line of its own. Raises OSError and TimeoutError."""
    body = urlencode(form).encode() if form is not None else b""
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: {target.netloc}", "Connection: close"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        lines.append(f"Origin: {target.url}")
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(
            target.host, target.port, ssl=target.tls, local_addr=target.source(place)
        )
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            return _page(await reader.read())
        finally:
            writer.close()


def _page(answer: bytes) -> Page:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, _, rest = head.partition(b"\r\n")
    if not first.startswith(b"HTTP/1.") or not first[9:12].isdigit():
        raise ConnectionResetError("no answer")
    return Page(int(first[9:12]), parse_headers(io.BytesIO(rest + b"\r\n\r\n")), body)


async def _submit(target: Target, path: str, fields: dict[str, str], place: int = 0) -> Page:
    """Open a form as anybody does and send it. Raises CannotEnter."""
    shown = await fetch(target, path, place=place)
    if shown.status == 200 and shown.csrf is not None:
        return await fetch(
            target, path, cookie="; ".join(shown.cookies), form={"csrf": shown.csrf, **fields}, place=place
        )
    if shown.status in {429, 503}:
        return shown
    raise CannotEnter(f"GET {path}: {shown.status}", shown.status)


async def take_seat(target: Target, code: str, place: int) -> str | float:
    """The cookie of a fresh seat, from phone number `place`; or the seconds that the server asks to wait."""
    fields = {"name": f"Người thử {place}", "locality": "xã Thử Tải", "age": "over"}
    page = await _submit(target, f"/d/{code}/join", fields, place)
    if page.status in {429, 503}:
        return float(page.headers.get("retry-after", "5"))
    for cookie in page.cookies:
        if "seat=" in cookie and page.status == 303:
            return cookie
    raise CannotEnter(f"POST /d/{code}/join: {page.status}", page.status)


async def sign_in(target: Target, login: str, password: str) -> str:
    """The cookie of a session. Raises CannotEnter."""
    page = await _submit(target, "/sign-in", {"login": login, "password": password, "back": "/staff"})
    for cookie in page.cookies:
        if "staff=" in cookie and page.status == 303:
            return cookie
    raise CannotEnter(f"POST /sign-in ({login}): {page.status}", page.status)
