"""How the recogniser is, as a state and as sentences for the people who wait for its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Where a recogniser stands."""

    STOPPED = "stopped"
    ABSENT = "absent"
    LOADING = "loading"
    READY = "ready"
    RESTARTING = "restarting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Condition:
    """A state with its sentence in Vietnamese and English."""

    state: State
    vi: str
    en: str


STOPPED = Condition(
    State.STOPPED,
    "Nhận dạng đang tắt. Bản ghi âm vẫn hoạt động.",
    "Recognition is off. Recording goes on.",
)
LOADING = Condition(
    State.LOADING,
    "Đang nạp mô hình nhận dạng, mất vài giây. Bản ghi âm vẫn hoạt động.",
    "Loading the recognition model, a few seconds. Recording goes on.",
)
READY = Condition(State.READY, "Nhận dạng đang hoạt động.", "Recognition is working.")
RESTARTING = Condition(
    State.RESTARTING,
    "Bộ nhận dạng bị dừng và đang khởi động lại. Âm thanh vẫn được ghi, lời nói sẽ được nghe bù.",
    "The recogniser stopped and is being restarted. Sound is still recorded and will be caught up with.",
)
FAILED = Condition(
    State.FAILED,
    "Bộ nhận dạng dừng nhiều lần liên tiếp nên đã tắt. Âm thanh vẫn được ghi; hãy gõ tay hoặc bật lại nhận dạng.",
    "The recogniser stopped again and again and was switched off. Sound is still recorded; type by hand or restart it.",
)
