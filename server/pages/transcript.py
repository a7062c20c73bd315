"""The secretary's desk: the lines of the transcript, and what was heard, promised and recorded; and its files."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from live.dialogue import Dialogue
from live.proof import by_ear
from live.seats import Audience
from live.secretary import DeskLine, desk_line
from server.documents.transcript_files import MEDIA_TYPES, written
from server.pages import whole
from server.pages.agencies import offered
from server.pages.live import entered, live_page
from server.pages.sound import kept
from server.parts import parts


async def show(request: Request) -> Response:
    """`/d/{code}/transcript`; with `?line=40` that line is opened: its speaker, its question, striking it out."""
    room, seat = await entered(request, Audience.SECRETARY)
    listening = parts(request).listening
    return live_page(
        request, "desk/show.html", room, seat,
        **await offered(request, room.dialogue),
        speakers=_speakers(room.dialogue),
        model=listening.model,
        kept=await kept(parts(request)),
        unusable=listening.unusable,
        work=_opened(room.dialogue, request.query_params.get("line", "")),
    )  # fmt: skip


async def download(request: Request) -> Response:
    """`/d/{code}/transcript.{kind}`: the lines as plain text, SubRip or WebVTT, without what was struck out."""
    room, _ = await entered(request, Audience.SECRETARY)
    kind = request.path_params["kind"]
    if kind not in MEDIA_TYPES:
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{room.code}.{kind}"', "Cache-Control": "no-store"}
    return Response(written(room.dialogue, kind, demo=room.demo), headers=headers, media_type=MEDIA_TYPES[kind])


def _opened(dialogue: Dialogue, number: str) -> DeskLine | None:
    line = dialogue.lines.get(whole(number) or 0)
    return desk_line(dialogue, line, by_ear(dialogue.glossary.terms)) if line else None


def _speakers(dialogue: Dialogue) -> list[str]:
    """Who has spoken or is announced, offered when a speaker's name is typed."""
    named = {str(dialogue.notice.chair)} | {str(line.speaker) for line in dialogue.lines.values()}
    return sorted(named - {""})
