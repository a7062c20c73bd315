"""After a power cut the whole hall comes at once: what is asked of the database does not grow with the hall."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import create_connection, socket

import pytest
from sqlalchemy import Engine, event

from tests.server.doors.test_lines import HEAD, seen
from tests.serving import Served
from tests.visitors import Visitor, citizen_cookie, open_dialogue

pytestmark = pytest.mark.slow
FEED = "GET /d/TEST01/feed?as=phone&lang=vi HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that this process sends meanwhile."""
    statements: list[str] = []

    def one_more(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", one_more)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", one_more)


def arrive(served: Served, heads: list[str]) -> None:
    """All at once, and each gets its page."""
    with ExitStack() as there:
        lines: list[socket] = []
        for head in heads:
            lines.append(there.enter_context(create_connection(("127.0.0.1", served.port), timeout=10)))
            lines[-1].sendall((head + "\r\n").format(port=served.port).encode())
        for bare in lines:
            assert b'"caught_up"' in seen(bare, b'"caught_up"')


@pytest.mark.parametrize("road", [HEAD, FEED])
def test_a_hall_that_comes_back_to_a_fresh_server_is_let_in_with_the_statements_of_one(
    tmp_path: Path, road: str
) -> None:
    with Served(tmp_path) as served:
        open_dialogue(served)
        cookies = [citizen_cookie(served, f"Người {place}") for place in range(12)]
    with Served(tmp_path) as served, counted() as statements:
        arrive(served, [f"{road}Cookie: {cookie}\r\n" for cookie in cookies])
        assert sum("FROM seats" in one for one in statements) == 1
        assert sum("FROM entries" in one for one in statements) == 1
        statements.clear()
        arrive(served, [f"{road}Cookie: {cookie}\r\n" for cookie in cookies])
        assert statements == [], "and those who come back later cost none"


def test_a_feed_of_somebody_whom_a_socket_made_known_costs_no_statement(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        open_dialogue(served)
        cookie = citizen_cookie(served, "Bà Sáu")
        with Visitor(served, cookie) as phone:
            phone.next("caught_up")
        with counted() as statements:
            arrive(served, [f"{FEED}Cookie: {cookie}\r\n"])
            assert statements == []
