"""The identity provider of an invented province: a real one (oidc-provider-mock), in a process of its own.

`python tests/province.py` prints its address and serves until it is ended. What people's accounts hold goes into their
tokens, whatever it is: somebody whose account says `aud` gets tokens for another. The rest of its lies are in `_front`.
"""

import hashlib
import json
import os
import subprocess
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx2

CLIENT = "doithoai"
SECRET = "a-secret-of-the-province"

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Province:
    """The provider that runs; its address is the issuer."""

    url: str

    def person(self, sub: str, **claims: object) -> None:
        """Somebody with an account there."""
        httpx2.put(f"{self.url}/users/{sub}", json=claims, timeout=30).raise_for_status()

    def settings(self, **more: str) -> dict[str, Any]:
        """Of a server that people may come to from here."""
        return {"oidc_issuer": self.url, "oidc_client": CLIENT, "oidc_secret": SECRET, "oidc_name": "Cổng tỉnh"} | more


@contextmanager
def province() -> Iterator[Province]:
    """A provider on a free port of this machine, for as long as this lasts."""
    plain_http = os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"}  # on this machine's own loopback
    command = [sys.executable, str(Path(__file__))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=plain_http
    ) as begun:
        try:
            assert begun.stdout
            url = begun.stdout.readline().strip()
            assert url, "the provider did not start"
            yield Province(url)
        finally:
            begun.terminate()


def _front(house: WSGI) -> WSGI:
    """Asks for PKCE, which the house leaves out; forges the tokens of whoever signs in as `unsigned` or `forged`."""
    challenges: set[str] = set()

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked = parse_qs(environ["QUERY_STRING"])
        if asked.get("code_challenge_method") == ["S256"]:
            challenges.update(asked["code_challenge"])
        if environ["PATH_INFO"] != "/oauth2/token":
            return house(environ, start)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        verifier = parse_qs(body.decode()).get("code_verifier", [""])[0]
        if _letters(hashlib.sha256(verifier.encode()).digest()) not in challenges:
            start("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant", "error_description": "PKCE"}']
        answered = b"".join(house(environ | {"wsgi.input": BytesIO(body)}, start))
        return [json.dumps(_forged(json.loads(answered))).encode().ljust(len(answered))]

    return serve


def _forged(answer: dict[str, Any]) -> dict[str, Any]:
    header, _, rest = answer.get("id_token", "..").partition(".")
    payload, _, signature = rest.partition(".")
    sub = json.loads(_bytes(payload)).get("sub") if payload else ""
    if sub == "unsigned":
        header, signature = _letters(json.dumps(json.loads(_bytes(header)) | {"alg": "none"}).encode()), ""
    elif sub == "forged":
        signature = _letters(bytes(256))
    return answer | {"id_token": f"{header}.{payload}.{signature}"} if payload else answer


def _letters(some: bytes) -> str:
    return urlsafe_b64encode(some).rstrip(b"=").decode()


def _bytes(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))


def _serve() -> None:
    from oidc_provider_mock import _app, app
    from werkzeug.serving import WSGIRequestHandler, make_server

    telling = _app.OpenIDCode.generate_user_info

    def little(self: Any, user: Any, scope: str) -> Any:
        """Who signs in as `quiet` has a token that says little: names are to be asked for afterwards."""
        return {"sub": user.sub} if user.sub == "quiet" else telling(self, user, scope)

    _app.OpenIDCode.generate_user_info = little

    class Quiet(WSGIRequestHandler):
        def log(self, *_: Any) -> None:
            """Nothing: what a test is told, it asks for."""

    server = make_server("127.0.0.1", 0, _front(app()), threaded=True, request_handler=Quiet)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    _serve()
