"""Nobody fills the server's memory or its table of open files with half a request."""

import resource
from socket import create_connection, socket

import pytest

from server.cli.serving import open_many_files
from server.doors import bounded_http
from tests.serving import Served
from tests.visitors import browser

FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def begun(served: Served, head: bytes = b"") -> socket:
    line = create_connection(("127.0.0.1", served.port), timeout=10)
    line.sendall(head.replace(b"{host}", f"127.0.0.1:{served.port}".encode()))
    return line


def answered(line: socket) -> bytes:
    """Everything until the server closes the line; a reset is an end as well."""
    found = b""
    try:
        while chunk := line.recv(65_536):
            found += chunk
    except ConnectionError:
        pass
    return found


@pytest.mark.parametrize(
    "head",
    [b"GET /", b"GET / HTTP/1.1\r\nHost: {host}\r\nX: ", b"GET / HTTP/1.1\r\nHost: {host}\r\n"],
    ids=["line", "header", "headers"],
)
def test_an_endless_head_is_cut_off(served: Served, head: bytes):
    more = b"X-Y: aaaaaaaaa\r\n" if head.endswith(b"\r\n") else b"a" * 16
    with begun(served, head) as line:
        line.sendall(more * (bounded_http.LARGEST_HEAD // 16))
        assert answered(line).startswith(b"HTTP/1.1 400 ")
    with browser(served) as page:
        assert page.get("/healthz").status_code == 200


def test_a_head_as_large_as_proxies_make_them_is_answered(served: Served):
    with browser(served, **{f"X-{number}": "a" * 1000 for number in range(16)}) as page:
        assert page.get("/healthz").status_code == 200
        assert page.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"GET / HT",
        b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n" + FORM + b"Content-Length: 5\r\n\r\nabc",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_who_never_finishes_a_request_is_let_go(served: Served, monkeypatch: pytest.MonkeyPatch, head: bytes):
    monkeypatch.setattr(bounded_http, "LONGEST_REQUEST", 0.2)
    with begun(served, head) as line:
        assert answered(line) == b""


def test_who_has_sent_a_request_is_given_time_for_the_answer(served: Served, monkeypatch: pytest.MonkeyPatch):
    with browser(served) as page:
        page.get("/healthz")
        monkeypatch.setattr(bounded_http, "LONGEST_REQUEST", 0.2)
        assert [page.get("/healthz").status_code for _ in range(3)] == [200] * 3


def test_the_server_may_open_as_many_files_as_the_system_lets_it():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(512, before[1]), before[1]))
        open_many_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == before[1]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
