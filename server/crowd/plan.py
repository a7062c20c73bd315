"""What a crowd is asked to be and to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Counts of pages, acts a second by the whole crowd, and storms.

    `seated` phones give a name and act, the others only look on; `slow`, `stalled` and `dead` ones are among `phones`.
    """

    phones: int = 100
    seated: int = 1_000
    seconds: float = 60.0
    arrivals: float = 100.0
    asks: float = 1.0
    supports: float = 3.0
    withdraws: float = 0.2
    moderators: int = 1
    leads: float = 1.0
    storm_every: float = 0.0
    storm_share: float = 100.0
    jitter: bool = True
    slow: int = 0
    stalled: int = 0
    dead: int = 0
    patience: float = 30.0
    seed: int = 0

    @property
    def questions(self) -> int:
        """How many questions this will leave behind, about."""
        return round(self.asks * self.seconds)

    def said(self) -> tuple[str, str]:
        """What will happen, in Vietnamese and in English."""
        sick = self.slow + self.stalled + self.dead
        seated = min(self.phones, self.seated)
        storms = int(self.seconds // self.storm_every) if self.storm_every else 0
        here = (
            f"{self.phones} điện thoại trong {self.seconds:g} giây: {seated} máy lấy chỗ, {sick} máy đường truyền xấu. "
            f"Mỗi giây {self.asks:g} câu hỏi, {self.supports:g} lượt cùng hỏi, {self.withdraws:g} lần rút; {storms} "
            f"lần {self.storm_share:g} % cùng rớt mạng rồi vào lại; {self.moderators} người kiểm duyệt, {self.leads:g} "
            f"việc mỗi giây. Sẽ để lại khoảng {self.questions} câu hỏi bịa."
        )
        there = (
            f"{self.phones} phones for {self.seconds:g} s, {seated} with a seat, {sick} on bad lines. Per second "
            f"{self.asks:g} questions, {self.supports:g} supports, {self.withdraws:g} withdrawals; {storms} storms in "
            f"which {self.storm_share:g} % drop and come back; {self.moderators} moderators with {self.leads:g} acts "
            f"per second. It will leave about {self.questions} made-up questions behind."
        )
        return here, there
