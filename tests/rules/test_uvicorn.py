"""The doors take the place of private parts of uvicorn: a new release is read before it is taken."""

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

READ = ("0.54.",)
"""Releases in which bounded_http.py and bounded_socket.py were read against uvicorn's own files.

In another one look again: what `handle_websocket_upgrade` is called with and that the parser's exception is the one
being handled, that `_start_asgi_task` still begins each answer, that `scope` is made in `on_message_begin`, how
`RequestResponseCycle.send` waits, and what `handle_parser_exception` writes.
"""


def test_this_release_of_uvicorn_was_read():
    assert uvicorn.__version__.startswith(READ)


def test_the_parts_that_ours_replace_or_call_are_there():
    for name in ("on_message_begin", "handle_websocket_upgrade", "_start_asgi_task", "send_400_response"):
        assert callable(getattr(HttpToolsProtocol, name))
    for name in ("handle_cont", "handle_ping", "handle_pong", "handle_parser_exception", "keepalive_timeout"):
        assert callable(getattr(WebSocketsSansIOProtocol, name))
    assert callable(RequestResponseCycle.send)
