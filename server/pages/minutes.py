"""The minutes as a proof page for the secretary and the chair, and as the Word file of the decree."""

import asyncio
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from live.compose import Block
from live.dialogue import Dialogue
from live.minutes import ENDED, blocks
from live.publishing import PUBLISHED_WITHIN, overdue
from live.said import UNANSWERED, unanswered
from live.states import CommitmentState
from server import clock
from server.doors import access
from server.pages import page
from server.rooms.room import Room

UNFILED = frozenset({CommitmentState.NOTED, CommitmentState.READ_BACK})
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def show(request: Request) -> Response:
    """`/d/{code}/minutes`, for the secretary and the chair."""
    room = await access.dialogue(request)
    person = await access.somebody_of_staff(request, "secretary", "chair")
    dialogue, book, proof = room.dialogue, room.dialogue.minutes, blocks(room.dialogue)
    return page(
        request, "minutes/show.html", code=room.code, demo=room.demo, notice=dialogue.notice, book=book,
        blocks=proof, loose=loose_lines(dialogue), unanswered=unanswered(proof), ended=dialogue.state in ENDED,
        as_secretary=person.may("secretary"), as_chair=person.may("chair"),
        editable=person.may("secretary") and not book.frozen,
        signer=person.name, blank=[] if book.frozen else blanks(proof),
        unfiled=unfiled_promises(dialogue), heard=heard_lines(dialogue),
        late=overdue(dialogue, clock.now()), within=PUBLISHED_WITHIN,
    )  # fmt: skip


DOTS = "……"
"""What stands where form 1.9 of decree 30/2020 leaves room to fill in by hand."""


def blanks(proof: Sequence[Block]) -> list[Block]:
    """The blocks that still have room to be filled in; answers that nobody gave are told apart from them."""
    return [block for block in proof if DOTS in str(block.text) and str(block.text) != UNANSWERED]


def loose_lines(dialogue: Dialogue) -> int:
    """Lines tied to no question: said before approval, so that nothing silently vanishes."""
    return sum(line.question is None and not line.struck for line in dialogue.lines.values())


def heard_lines(dialogue: Dialogue) -> int:
    """Lines as the machine heard them, whose words nobody has touched: they go into the minutes as they are."""
    return sum(line.segment is not None and not (line.edited or line.struck) for line in dialogue.lines.values())


def unfiled_promises(dialogue: Dialogue) -> int:
    """Promises that nobody has put into the minutes yet: their agencies cannot report on them."""
    return sum(promise.state in UNFILED for promise in dialogue.commitments.values())


async def download(request: Request) -> Response:
    """`/d/{code}/minutes.docx`, as the minutes stand."""
    room = await access.dialogue(request)
    await access.somebody_of_staff(request, "secretary", "chair")
    return await word_file(room)


async def word_file(room: Room) -> Response:
    """The minutes in form 1.9 as a download, written outside the event loop."""
    from server.documents.minutes_docx import minutes_docx  # noqa: PLC0415 - Word's libraries load when asked for

    book = room.dialogue.minutes
    body = await asyncio.to_thread(
        minutes_docx, blocks(room.dialogue), state=book.state, demo=room.demo,
        signatures=book.signatures, addenda=book.addenda,
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="bien-ban-{room.code}.docx"', "Cache-Control": "no-store"}
    return Response(body, headers=headers, media_type=WORD)
