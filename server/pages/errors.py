"""When something is not as wished: what happened, what is safe, what to do. In the language of the page, or as JSON."""

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from server.doors import access
from server.doors.csrf import form_of
from server.doors.refused_form import BY_PAGE
from server.doors.signed_out import signed_out
from server.doors.wire import ENVELOPE
from server.pages import language_of, page
from server.store.problems import NotStored

log = structlog.get_logger()

SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        "Máy chủ không hiểu yêu cầu này. Không có gì thay đổi; hãy quay lại và thử lần nữa.",
        "The server did not understand this request. Nothing was changed; go back and try again.",
    ),
    403: (
        "Trang này mở đã quá lâu nên chưa gửi được gì. Hãy quay lại, chép chữ bạn viết, tải lại trang rồi gửi lại.",
        "This page was open for too long, so nothing was sent. Go back, copy your text, reload the page and resend.",
    ),
    404: (
        "Không có trang này. Có thể mã phiên hoặc địa chỉ đã gõ sai, hoặc bạn cần đăng nhập. Không có gì bị mất.",
        "There is no such page. The code or address may be mistyped, or you may need to sign in. Nothing was lost.",
    ),
    405: (
        "Địa chỉ này không nhận cách gửi đó. Không có gì thay đổi; hãy quay lại trang trước.",
        "This address does not take that kind of request. Nothing was changed; go back to the page before.",
    ),
    413: (
        "Nội dung gửi quá lớn nên chưa được nhận. Hãy quay lại, chữ bạn viết thường vẫn còn; rút gọn rồi gửi lại.",
        "What was sent is too large and was not taken. Go back, your text is usually still there; shorten and resend.",
    ),
    429: (
        "Có quá nhiều lượt trong thời gian ngắn. Không có gì thay đổi; hãy đợi một lát rồi thử lại.",
        "Too many tries in a short time. Nothing was changed; wait a little and try again.",
    ),
    503: (
        "Máy chủ tạm thời không ghi được vào đĩa. Những gì đã được xác nhận vẫn an toàn; hãy thử lại sau ít phút.",
        "The server cannot write to its disk just now. What was confirmed is safe; try again in some minutes.",
    ),
}
OTHERWISE = (
    "Máy chủ gặp lỗi khi mở trang này. Những gì đã được xác nhận vẫn an toàn; hãy tải lại sau một lát.",
    "The server failed on this page. What was confirmed before is safe; reload in a little while.",
)
ENDED = (
    "Phiên đăng nhập của bạn trên máy này đã hết. Những gì đã gửi đều còn; hãy đăng nhập lại để mở tiếp.",
    "You are no longer signed in on this device. All that was sent is kept; sign in again to go on.",
)
"""Why somebody who was signed in finds nothing."""
UNREADABLE = frozenset({400, 405, 413})
"""What is answered so could not be read as a form, or is not one."""
NOT_WRITTEN = ENVELOPE | BY_PAGE | {"csrf", "password", "revision"}
"""Fields that hold a secret, or that a page writes."""
CHOSEN = frozenset({"age", "all", "count", "from", "language", "role", "row", "reading", "site", "to", "what"})
"""Fields in which somebody chooses and writes nothing; ticks say "on"."""
# Drawn without templates: they may be what failed.
_LAST_RESORT = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Đối Thoại</title>
<main><h1>Đối Thoại</h1><p>{vi}</p><p lang="en">{en}</p><p><a href="/">Về trang đầu</a> · Mã: {request_id}</p></main>
</html>"""


async def http_error(connection: Request | WebSocket, error: Exception) -> Response | None:
    """Any HTTPException. A socket is turned away: it comes here only before it was accepted."""
    if isinstance(connection, WebSocket):
        await connection.close(4500)
        return None
    if not isinstance(error, HTTPException):
        raise error
    return answer(
        connection, error.status_code, dict(error.headers or {}), await _written(connection, error.status_code)
    )


async def not_stored(connection: Request | WebSocket, error: Exception) -> Response | None:
    """The disk would not take it, or cannot be read."""
    log.error("not_stored", problem=str(error))
    if isinstance(connection, WebSocket):
        await connection.close(4001)
        return None
    return answer(connection, 503, {"Retry-After": "5"}, await _written(connection, 503))


async def _written(request: Request, status: int) -> tuple[tuple[str, str], ...]:
    """What was typed into the form that is answered so, to be copied: by name, without secrets.

    Of our pages only: another one must not make ours say its words.
    """
    if request.method != "POST" or status in UNREADABLE or not access.origin_allowed(request):
        return ()
    try:
        fields = await form_of(request)
    except (HTTPException, ClientDisconnect):
        return ()
    texts = ((name, value) for name, value in fields.multi_items() if isinstance(value, str))
    return tuple(
        (name, value) for name, value in texts if name not in NOT_WRITTEN | CHOSEN and value.strip() not in {"", "on"}
    )


def answer(
    request: Request, status: int, headers: dict[str, str] | None = None, written: tuple[tuple[str, str], ...] = ()
) -> Response:
    """The page, or JSON for a script, that says what is the matter."""
    ended = status == 404 and signed_out(request)
    say = (ENDED if ended else SENTENCES.get(status, OTHERWISE))[1 if language_of(request) == "en" else 0]
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": status, "say": say}, status, headers)
    wanted = str(request.url.path) if request.method == "GET" else "/staff"
    response = page(
        request, "errors/show.html", status, say=say, error=status, ended=ended, wanted=wanted, written=written
    )
    response.headers.update(headers or {})
    return response


class Failures:
    """Turns a mistake of ours into a page that says what is safe, and into a full report in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception as problem:  # the last door: logged in full, and a person reads a calm page
            log.exception("failed", path=scope["path"], problem=type(problem).__name__)
            if started:
                raise  # the answer is under way and can only be cut off
            await _failed(scope, problem)(scope, receive, send)


def _failed(scope: Scope, problem: Exception) -> Response:
    vi, en = SENTENCES[503] if isinstance(problem, NotStored) else OTHERWISE
    status = 503 if isinstance(problem, NotStored) else 500
    return HTMLResponse(_LAST_RESORT.format(vi=vi, en=en, request_id=scope["state"].get("request_id", "")), status)
