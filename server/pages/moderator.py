"""The moderator's desk: what waits to be read, the queue and the stage side by side; and one question opened."""

from starlette.requests import Request
from starlette.responses import Response

from live.asides import LEADS
from live.dialogue import Dialogue
from live.looks import staff_card
from live.seats import Audience
from live.sights import StaffCard
from live.states import RefusalReason
from server.pages import whole
from server.pages.live import entered, live_page


async def show(request: Request) -> Response:
    """`/d/{code}/moderator`; with `?question=12` that question is opened, with `&open=edit` at that part."""
    room, seat = await entered(request, Audience.MODERATOR)
    view = room.view(seat.audience)
    return live_page(
        request, "moderator/show.html", room, seat, view=view,
        counts={region.name: len(region.items) for region in view},
        agencies=agencies(room.dialogue),
        work=_opened(room.dialogue, request.query_params.get("question", "")),
        open=request.query_params.get("open", ""),
        reasons=[reason.value for reason in RefusalReason],
        others=[question for question in room.dialogue.questions.values() if question.state in LEADS],
    )  # fmt: skip


def _opened(dialogue: Dialogue, number: str) -> StaffCard | None:
    question = dialogue.questions.get(whole(number) or 0)
    return staff_card(dialogue, question.number) if question else None


def agencies(dialogue: Dialogue) -> list[str]:
    """The agencies named so far, offered when another is asked for."""
    named = {str(dialogue.notice.agency), str(dialogue.notice.superior)}
    named |= {str(question.agency) for question in dialogue.questions.values()}
    named |= {str(commitment.agency) for commitment in dialogue.commitments.values()}
    return sorted(named - {""})
