"""A question in one line, as a refusal brings it back: its number, where it stands, its words."""

from dataclasses import dataclass

from live.states import QuestionState as Q

STANDS: dict[Q, tuple[str, str]] = {
    Q.RECEIVED: ("đang chờ đọc", "waits to be read"),
    Q.IN_REVIEW: ("đang có người đọc", "is being read"),
    Q.APPROVED: ("đã duyệt và để riêng", "is approved and set aside"),
    Q.QUEUED: ("đang trong hàng chờ", "is in the queue"),
    Q.ON_DECK: ("đang ở vị trí chuẩn bị", "is on deck"),
    Q.ON_STAGE: ("đang được trả lời", "is on the stage"),
    Q.ANSWERED: ("đã được trả lời", "is answered"),
    Q.PARTLY_ANSWERED: ("đã được trả lời một phần", "is partly answered"),
    Q.WRITTEN_DUE: ("đã hẹn trả lời bằng văn bản", "is to be answered in writing"),
    Q.FORWARDED_UP: ("đã chuyển cấp trên", "was forwarded upward"),
    Q.MERGED: ("đã gộp vào câu khác", "is merged into another one"),
    Q.REFUSED: ("đã bị từ chối", "is refused"),
    Q.REROUTED: ("đã chuyển sang thủ tục khác", "was sent to its own procedure"),
    Q.WITHDRAWN: ("đã được người hỏi rút", "was withdrawn by its asker"),
}
"""Where a question stands, as it goes on after its number."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it stands now: what a conflict brings back, so that the person sees what others did meanwhile."""

    number: int
    state: Q
    text: str

    def say(self, language: str) -> str:
        """Where it stands, in a sentence."""
        words = STANDS[self.state][language == "en"]
        return f"Question {self.number} {words}." if language == "en" else f"Câu số {self.number} hiện {words}."
