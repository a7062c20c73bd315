"""What is still undecided when a dialogue closes: the whole list, and a decision for each or for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.commands import Approve, Command, GiveOutcome, Reroute
from live.personal import flagged
from live.questions import REVIEWABLE, Question
from live.refusals import Refused
from live.seats import Audience, Seat
from live.states import Outcome
from live.states import QuestionState as Q
from live.texts import clean
from server.doors import access
from server.doors.csrf import checked_form
from server.pages import language_of, page, whole
from server.pages.agencies import offered
from server.rooms.room import Room
from server.rooms.turn import Accepted

DECISIONS = ("written_due", "forwarded_up", "reroute")
"""What can be decided here without the floor; everything else is done where the question stands."""
FIELDS = ("what", "agency", "due", "sentence", "reason")


@dataclass(slots=True)
class Went:
    """What became of one sending: how many were decided, and why each other one was not, by number."""

    done: int = 0
    refused: dict[int, str] = field(default_factory=dict)


async def show(request: Request) -> Response:
    """`/d/{code}/closing`, for those who lead the dialogue."""
    room = await access.dialogue(request)
    seat = await _seat(request)
    done = whole(request.query_params.get("done", "")) or 0
    return await _page(request, room, seat, Went(done), {})


async def decide(request: Request) -> Response:
    """Give every chosen question the same decision. Each is an act of its own: one that cannot be stops no other."""
    room = await access.dialogue(request)
    seat = await _seat(request)
    fields = await checked_form(request)
    said = {name: clean(str(fields.get(name, ""))) for name in FIELDS}
    if said["what"] not in DECISIONS:
        raise HTTPException(400)
    went = Went()
    for number in _chosen(fields):
        why = await _decided(room, seat, number, said, language_of(request))
        went.done += not why
        if why:
            went.refused[number] = why
    if not went.refused and went.done:
        return RedirectResponse(f"/d/{room.code}/closing?done={went.done}", 303)
    return await _page(request, room, seat, went, said)


def _chosen(fields: FormData) -> list[int]:
    found = (whole(str(value)) for value in fields.getlist("question"))
    return [number for number in found if number is not None]


async def _decided(room: Room, seat: Seat, number: int, said: dict[str, str], language: str) -> str:
    """Why the question was not decided; empty when it was. What was not read is approved first: it becomes public."""
    question = room.dialogue.questions.get(number)
    if question is not None and private(question):
        return PRIVATE[language == "en"]
    commands: Sequence[Command] = [_command(number, said)]
    if question is not None and question.state in REVIEWABLE and said["what"] != "reroute":
        commands = [Approve(number, queue=False), *commands]
    for command in commands:
        answer = await room.handle(command, seat)
        if isinstance(answer, Refused):
            return answer.say(language)
        if not isinstance(answer, Accepted):
            return BUSY[language == "en"]
    return ""


PRIVATE = (
    "có thể có thông tin riêng nên chưa công khai cùng cả loạt. Hãy mở câu này, che chỗ ấy hoặc duyệt, rồi quyết định.",
    "may hold private data, so it was not made public with the others. Open it, hide that or approve it, then decide.",
)
BUSY = (
    "máy chủ đang bận, chưa có gì thay đổi với câu này. Hãy gửi lại.",
    "the server is busy, and nothing was changed with this one. Please send it again.",
)


def _command(number: int, said: dict[str, str]) -> Command:
    if said["what"] == "reroute":
        return Reroute(number, said["agency"], said["sentence"], said["reason"])
    what, due = Outcome(said["what"]), _day(said["due"])
    return GiveOutcome(number, what, said["agency"], due, said["sentence"], said["reason"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def private(question: Question) -> bool:
    """Whether it is unread and something in it looks like personal data."""
    return question.state in REVIEWABLE and not question.redacted and bool(flagged(str(question.text)))


async def _seat(request: Request) -> Seat:
    person = await access.somebody_of_staff(request, "moderator", "chair")
    audience = Audience.MODERATOR if person.may("moderator") else Audience.CHAIR
    return Seat(f"staff:{person.id}", audience, name=person.name)


async def _page(request: Request, room: Room, seat: Seat, went: Went, said: dict[str, str]) -> Response:
    waiting = [question for question in room.dialogue.questions.values() if question.waiting]
    reads = seat.audience is Audience.MODERATOR
    return page(
        request, "closing/show.html", 409 if went.refused else 200,
        code=room.code, demo=room.demo, notice=room.dialogue.notice, state=room.dialogue.state.value,
        went=went, said={name: said.get(name, "") for name in FIELDS}, reads=reads,
        waiting=[(one, private(one), _open_to(one, reads=reads)) for one in waiting],
        announced=any(one.state is Q.ON_DECK for one in waiting),
        **await offered(request, room.dialogue),
    )  # fmt: skip


def _open_to(question: Question, *, reads: bool) -> bool:
    """Whether it can be decided on this page: off the floor, and read by somebody who may read."""
    return question.state is not Q.ON_STAGE and (reads or question.state not in REVIEWABLE)
