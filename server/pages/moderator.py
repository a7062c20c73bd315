"""The moderator's desk: what waits to be read, the queue and the stage side by side; and one question opened."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from live.agreeing import mark
from live.asides import LEADS, MERGEABLE
from live.dialogue import Dialogue
from live.mixing import rule_mark
from live.personal import flagged, redacted
from live.questions import Question
from live.reasons import USUAL, in_lines, own_list
from live.seats import Audience, Seat
from live.sites import linked
from live.staff_cards import StaffCard, staff_card
from live.states import Channel, Lane, Reasoned
from live.suspending import may_suspend
from live.suspensions import suspended_asker
from server import clock
from server.pages import whole
from server.pages.agencies import offered, unreached
from server.pages.live import entered, live_page, own_html
from server.pages.sieve import holders, sifted, sites_and_topics
from server.parts import parts
from server.rooms.room import Room

ALIKE = 5
"""Likely duplicates that are shown beside an opened question."""


async def show(request: Request) -> Response:
    """`/d/{code}/moderator`; with `?question=12` that question is opened, with `&open=edit` at that part.

    `&before=7` fills in the place it is to have; `?show=few` sifts the cards (`sieve`).
    """
    room, seat = await entered(request, Audience.MODERATOR)
    view = room.view(seat.audience)
    dialogue = room.dialogue
    work = _opened(dialogue, request.query_params.get("question", ""))
    sites, topics = sites_and_topics(room)
    wanted = request.query_params.get("show", "")
    offers = await offered(request, dialogue)
    return live_page(
        request, "moderator/show.html", room, seat, view=view,
        sites=linked(dialogue),
        channels=[channel.value for channel in Channel], sieve_sites=sites, topics=topics,
        wanted=wanted, sifted=sifted(room, wanted, clock.now()),
        counts={region.name: len(region.items) for region in view},
        **offers,
        holders=holders(room), sieve_agencies=sorted(_given_to(dialogue)),
        labels=sorted({str(label) for question in dialogue.questions.values() for label in question.dossier.labels}),
        mixing=dialogue.mixing, shares=dialogue.mixing.shares if dialogue.mixing else [(lane, 0) for lane in Lane],
        supports_shown=dialogue.supports_shown, asking=dialogue.asking,
        reasons={of.value: _reasons(dialogue, of) for of in Reasoned}, mixing_was=rule_mark(dialogue.mixing),
        mine_html=own_html(request, room, seat),
        burst=room.bursts.found.get(work.number) if work else None,
        work=work, **(_beside(dialogue, dialogue.questions[work.number], seat, offers) if work else {}),
        open=request.query_params.get("open", ""), before=whole(request.query_params.get("before", "")),
        others=[question for question in dialogue.questions.values() if question.state in LEADS],
        alike=await _alike(request, room, work),
        together=[dialogue.questions[number] for number in work.merged] if work else [],
    )  # fmt: skip


def _reasons(dialogue: Dialogue, of: Reasoned) -> dict[str, Any]:
    """What may be chosen, the dialogue's own if it has a list; and that list as it is edited."""
    own, lines = own_list(dialogue, of), in_lines(dialogue, of)
    return {
        "own": [(str(words), str(sentence)) for words, sentence in own],
        "usual": [reason.value for reason in USUAL[of]], "lines": lines, "was": mark(lines),
    }  # fmt: skip


def _given_to(dialogue: Dialogue) -> set[str]:
    """The agencies that prepare or owe an answer."""
    questions = dialogue.questions.values()
    return {str(name) for question in questions for name in (question.dossier.agency, question.agency)} - {""}


def _opened(dialogue: Dialogue, number: str) -> StaffCard | None:
    question = dialogue.questions.get(whole(number) or 0)
    return staff_card(dialogue, question.number) if question else None


async def _alike(request: Request, room: Room, work: StaffCard | None) -> list[Question]:
    """Questions that ask the same as the opened one and may lead it; none when it cannot be merged any more."""
    if work is None or work.merged or work.state not in MERGEABLE:
        return []
    number, text = work.number, work.text
    return await parts(request).similar.near(room, text, lambda q: q.number != number and q.state in LEADS, ALIKE)


def _beside(dialogue: Dialogue, question: Question, seat: Seat, offers: dict[str, list[str]]) -> dict[str, Any]:
    """What only this moderator may see of the opened question, or may do with it."""
    opened = seat.id in question.dossier.opened_by
    return {
        "own": question.reviewer == seat.id,
        "original": str(question.original) if opened else "",
        "hidden": redacted(str(question.text)),
        "flagged": flagged,
        "unnamed": not question.seat,
        "suspension": suspended_asker(dialogue, question.asker_seat),
        "may_suspend": may_suspend(dialogue, question),
        "unreached_task": unreached(str(question.dossier.agency), offers),
        "unreached_answer": unreached(str(question.agency), offers),
    }
