"""The log: one JSON object a line, UTC, without query strings, receipts, names or texts of anybody."""

import logging
import re
import sys
from collections.abc import MutableMapping
from time import perf_counter
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import clock

log = structlog.get_logger()
_RECEIPT = re.compile(r"^/r/[^/]+")


def configure(level: str) -> None:
    """Send everything, also what libraries log, through one renderer to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    final: list[structlog.typing.Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _rendered]
    output = logging.StreamHandler(sys.stderr)
    output.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=final))
    root = logging.getLogger()
    root.handlers[:] = [output]
    root.setLevel(level.upper())
    for quiet in ("alembic", "authlib", "httpcore2", "httpx2"):  # Authlib would write down what proves a sign-in
        logging.getLogger(quiet).setLevel("WARNING")


_json = structlog.processors.JSONRenderer(ensure_ascii=False)


def _rendered(logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
    return str(_json(logger, method, event))


def without_secrets(path: str) -> str:
    """The path as it may be logged: a receipt's code is known to its asker only."""
    return _RECEIPT.sub("/r/…", path)


class RequestLog:
    """One line for each request, with an id that also binds whatever else is logged for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = clock.secret()[:12]
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = perf_counter(), 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            await self.app(scope, receive, send_and_note)
            path, spent = without_secrets(scope["path"]), perf_counter() - began
            level = log.debug if path.startswith("/static/") else log.info
            level("request", method=scope["method"], path=path, status=status, ms=round(spent * 1000, 1))
