"""The test run itself keeps its promises: no network, warnings are errors, markers are known."""

import socket
import warnings

import pytest


def test_no_test_reaches_a_network():
    # 192.0.2.1 belongs to nobody (RFC 5737). The refusal arrives as a warning, and warnings are errors.
    with pytest.raises(UserWarning, match=r"allowed: .127\.0\.0\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_test_may_reach_its_own_server():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.anyio
async def test_an_async_test_really_runs(anyio_backend_name):
    assert anyio_backend_name == "asyncio"
