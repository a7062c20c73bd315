"""The commune dialogue that is announced: questions are collected in advance."""

from datetime import datetime, timedelta

from live import commands as do
from live.seats import Audience
from live.states import DialogueState
from server.demo.material import questions
from server.demo.telling import Telling

IN_ADVANCE = (26, 33, 39, 41)
APPROVED = (26, 39)


def tell(telling: Telling, now: datetime) -> None:
    """From the announcement five days ago. The telling must begin before that."""
    telling.until(now - timedelta(days=5))
    begins = (now + timedelta(days=9)).replace(hour=0, minute=30, second=0, microsecond=0)
    notice = do.Describe(
        title="Chủ tịch Ủy ban nhân dân xã đối thoại với Nhân dân",
        agency="Ủy ban nhân dân xã Bình Minh",
        superior="Ủy ban nhân dân tỉnh Minh Họa",
        place="Nhà văn hóa xã và nhà văn hóa các thôn",
        starts_at=begins,
        chair="Ông Võ Văn Thật, Chủ tịch Ủy ban nhân dân xã (nhân vật minh họa)",
        secretary="Bà Đặng Thị Mẫu, Văn phòng xã (nhân vật minh họa)",
        theme="Y tế, trường học và thủ tục ở xã mới. Dữ liệu minh họa: mọi nhân vật đều hư cấu.",
        topics=("Y tế", "Giáo dục", "Thủ tục hành chính", "An ninh trật tự"),
        question_seconds=120,
        answer_seconds=240,
    )
    telling.do(notice, Audience.MODERATOR)
    telling.do(do.MoveDialogue(DialogueState.ANNOUNCED), Audience.CHAIR)
    for line in IN_ADVANCE:
        telling.later(hours=19)
        telling.ask(questions()[line], in_advance=True)
    telling.approve(*APPROVED, queue=False)
    telling.support(26, 14)
