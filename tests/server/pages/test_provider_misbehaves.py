"""An identity provider that answers byte by byte, without an end, or with something else: it costs one sentence."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_server, socket

import pytest

from server.doors import openid
from tests.serving import Served
from tests.visitors import browser

pytestmark = pytest.mark.slow

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


def drips(line: socket, over: threading.Event) -> None:
    """Something comes again and again, so that no single wait is long."""
    line.sendall(HEAD + b"{")
    while not over.wait(0.1):
        line.sendall(b" ")


def has_no_end(line: socket, over: threading.Event) -> None:
    """Somebody who listens to the end has no memory left for an evening."""
    line.sendall(HEAD)
    much = b" " * (256 << 20)
    with pytest.raises(OSError):
        line.sendall(much)


def says_nothing(line: socket, over: threading.Event) -> None:
    over.wait()


def is_garbage(line: socket, over: threading.Event) -> None:
    line.sendall(b"\x00\xff" * 500)


def is_no_json(line: socket, over: threading.Event) -> None:
    line.sendall(HEAD + b"<html>")


@contextmanager
def provider(does: Callable[[socket, threading.Event], None]) -> Iterator[str]:
    """Its address."""
    over = threading.Event()
    with create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            line, _ = door.accept()
            with line, suppress(OSError):
                line.recv(65_536)
                does(line, over)

        with ThreadPoolExecutor(1) as pool:
            served = pool.submit(serve)
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
            over.set()
            served.result(30)


@pytest.mark.parametrize("does", [drips, has_no_end, says_nothing, is_garbage, is_no_json])
def test_it_is_away_and_the_form_for_passwords_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: Callable[[socket, threading.Event], None]
) -> None:
    monkeypatch.setattr(openid, "PATIENCE", 20.0 if does is has_no_end else 1.5)
    with (
        provider(does) as url,
        Served(tmp_path, oidc_issuer=url, oidc_client="doithoai", oidc_secret="secret") as served,
        browser(served) as person,
    ):
        answer = person.get("/sign-in/provider", timeout=25)
        assert answer.status_code == 503
        assert 'name="password"' in answer.text
