"""The table of what was asked, by topic, to be read on the screen and printed: for those who lead the dialogue."""

from starlette.requests import Request
from starlette.responses import Response

from live.synthesis import synthesis, unread
from server import clock
from server.doors import access
from server.pages import page


async def show(request: Request) -> Response:
    """`/d/{code}/synthesis`."""
    room = await access.dialogue(request)
    await access.somebody_of_staff(request, "moderator", "chair")
    topics = synthesis(room.dialogue)
    return page(
        request, "synthesis/show.html", code=room.code, demo=room.demo, notice=room.dialogue.notice, topics=topics,
        questions=sum(len(topic.rows) for topic in topics), senders=sum(topic.senders for topic in topics),
        received=len(room.dialogue.questions), unread=unread(room.dialogue), at=clock.now(),
    )  # fmt: skip
