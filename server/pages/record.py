"""The public record of a dialogue: what was asked, answered and promised, once the minutes are published."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from live.dialogue import Dialogue
from live.looks import public_card, reckoning
from live.minutes import blocks
from live.notice import PUBLISHED
from live.publishing import PUBLISHED_WITHIN
from live.refused_openly import refused_openly
from live.sights import PublicCard
from server import clock
from server.doors import access
from server.pages import page
from server.pages.commitments import answers_of, promises_of
from server.pages.minutes import word_file
from server.rooms.room import Room


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as everybody may see it, with the words of the answer that the minutes give."""

    card: PublicCard
    answer: str


async def show(request: Request) -> Response:
    """`/d/{code}/record`: for everybody once published; before that a preview for staff, and nothing for others."""
    room = await _readable(request)
    dialogue = room.dialogue
    return page(
        request, "record/show.html", code=room.code, demo=room.demo, notice=dialogue.notice,
        published=dialogue.state in PUBLISHED, book=dialogue.minutes, blocks=blocks(dialogue),
        reckoning=reckoning(dialogue), questions=answered(dialogue),
        promises=promises_of(dialogue, room.code, clock.now()), answers=answers_of(dialogue, room.code, clock.now()),
        refused=refused_openly(dialogue), within=PUBLISHED_WITHIN,
    )  # fmt: skip


async def download(request: Request) -> Response:
    """`/d/{code}/record.docx`: the published minutes."""
    return await word_file(await _readable(request))


async def _readable(request: Request) -> Room:
    room = await access.dialogue(request)
    if room.dialogue.state not in PUBLISHED and await access.staff(request) is None:
        raise HTTPException(404)
    return room


def answered(dialogue: Dialogue) -> list[Answered]:
    """The questions that got an outcome, by number. The answer is the minutes' own, so that both say the same."""
    words = {block.key: str(block.text) for block in blocks(dialogue)}
    settled = [question.number for question in dialogue.questions.values() if question.concluded]
    return [Answered(public_card(dialogue, number), words.get(f"q{number}.answer", "")) for number in settled]
