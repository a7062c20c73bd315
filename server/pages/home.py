"""The first page: join by code, or choose from the dialogues that are open, announced or published."""

import re

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.notice import PUBLISHED
from live.states import DialogueState as S
from server.pages import page
from server.parts import parts

UNDER_WAY = frozenset({S.OPEN, S.PAUSED, S.CLOSING})
TO_COME = frozenset({S.ANNOUNCED, S.READY, S.REHEARSAL})
OVER = frozenset({S.CLOSED, S.MINUTES_SIGNED}) | PUBLISHED
_CODE = re.compile(r"[A-Z0-9]{1,12}\Z")
"""What may be a code, misprinted or misread: whoever runs the evening wants to know it. Anything else is a text."""
_MISREAD = str.maketrans("OIL", "011")
"""Receipts have none of these letters (clock.token); a hand that copies one may write them."""
log = structlog.get_logger()


async def show(request: Request) -> Response:
    """`/`; with `?code=`, straight to that dialogue or receipt, or the sentence that there is none."""
    typed = "".join(request.query_params.get("code", "").split()).upper()
    room = await parts(request).rooms.get(typed) if typed else None
    if room is not None and room.dialogue.state is not S.DRAFT:
        return RedirectResponse(f"/d/{room.code}", 303)
    if room is None and (receipt := receipt_typed(typed)) and "again" not in request.query_params:
        return RedirectResponse(f"/r/{receipt}", 303)
    if typed:
        log.info("no_such_code", code=typed if _CODE.match(typed) and not receipt_typed(typed) else "-")
    rows = await parts(request).journal.dialogues()
    to_come = [row for row in rows if row.state in TO_COME]
    return page(
        request, "home/show.html", status=404 if typed else 200, typed=typed[:40],
        under_way=[row for row in rows if row.state in UNDER_WAY],
        to_come=sorted(to_come, key=lambda row: (row.starts_at is None, row.starts_at or row.created_at)),
        over=[row for row in rows if row.state in OVER], with_record=PUBLISHED,
    )  # fmt: skip


def receipt_typed(typed: str) -> str:
    """The receipt that somebody typed from a slip or a card, in its own form; empty for what cannot be one.

    Whether there is such a receipt is told at its own address only, where guessing is limited.
    """
    letters = typed.replace("-", "").translate(_MISREAD)
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 and letters.isalnum() and letters.isascii() else ""
