"""The dialogue of four months ago: minutes signed and published, ten promises of which five were kept so far."""

from datetime import datetime, timedelta

from live import commands as do
from live.seats import Audience
from live.states import CommitmentState, DialogueState, MinutesState, Role, Signatory
from server.demo.material import answers, questions
from server.demo.telling import Telling

IN_ADVANCE = (5, 12, 14, 21, 36)
CALLED = (5, 12, 14, 21, 2, 8, 18, 20, 25, 30)
IN_WRITING = (36, 43)
"""Still waiting when time was up: an agency answers in writing."""
SENT_DAYS = 10
"""After how many days the first of them was sent; of the second nobody has heard."""
DAYS_AGO = 120

CHAIR = "Nguyễn Thị Minh Họa"
SECRETARY = "Lê Văn Ví Dụ"
CONFIRMS = f"Ông {SECRETARY}, Phó Chánh Văn phòng Ủy ban nhân dân tỉnh"
STEPS = (CommitmentState.READ_BACK, CommitmentState.IN_MINUTES, CommitmentState.IN_PROGRESS)


def tell(telling: Telling, now: datetime) -> None:
    """The whole life of the dialogue. The telling must begin ten days before its opening."""
    opening = (now - timedelta(days=DAYS_AGO)).replace(hour=0, minute=30, second=0, microsecond=0)
    _before(telling, opening)
    telling.until(opening)
    telling.do(do.MoveDialogue(DialogueState.OPEN), Audience.CHAIR)
    telling.later(minutes=3)
    welcome = "Kính thưa Nhân dân, hôm nay bà con hỏi, chúng tôi trả lời; ai hứa việc gì, đến ngày nào, đều ghi lại."
    telling.do(do.WriteLine(welcome, Role.CHAIR, "Chủ tịch"), Audience.SECRETARY)
    for line in CALLED:
        _turn(telling, line, now)
    _close(telling, now)
    _minutes(telling)
    _follow_up(telling, now)


def _before(telling: Telling, opening: datetime) -> None:
    notice = do.Describe(
        title="Chủ tịch Ủy ban nhân dân tỉnh đối thoại với Nhân dân về đất đai và hạ tầng",
        agency="Ủy ban nhân dân tỉnh Minh Họa",
        place="Hội trường trung tâm tỉnh",
        starts_at=opening,
        chair=f"Bà {CHAIR}, Chủ tịch Ủy ban nhân dân tỉnh (nhân vật minh họa)",
        secretary=f"Ông {SECRETARY}, Văn phòng Ủy ban nhân dân tỉnh (nhân vật minh họa)",
        theme="Dữ liệu minh họa: mọi nhân vật và sự việc đều hư cấu.",
        topics=("Đất đai", "Hạ tầng giao thông", "Khác"),
    )
    telling.do(notice, Audience.MODERATOR)
    telling.do(do.MoveDialogue(DialogueState.ANNOUNCED), Audience.MODERATOR)
    for line in IN_ADVANCE:
        telling.later(hours=20)
        telling.ask(questions()[line], in_advance=True)
    telling.approve(*(line for line in IN_ADVANCE if line in CALLED))
    telling.approve(36, queue=False)


def _turn(telling: Telling, line: int, now: datetime) -> None:
    arriving = [other for other in (*CALLED, *IN_WRITING) if other not in telling.numbers][:2]
    for other in arriving:
        telling.later(seconds=40)
        telling.ask(questions()[other])
    telling.approve(*arriving)
    telling.call(line)
    telling.answer(answers()[line])
    _promise(telling, line, now)
    telling.later(minutes=2)


def _promise(telling: Telling, line: int, now: datetime) -> None:
    if answers()[line].promise:
        telling.promise(answers()[line], now)
        telling.do(do.MoveCommitment(len(telling.dialogue.commitments), CommitmentState.READ_BACK), Audience.SECRETARY)


def _close(telling: Telling, now: datetime) -> None:
    telling.do(do.MoveDialogue(DialogueState.CLOSING), Audience.CHAIR)
    for line in IN_WRITING:
        telling.settle(answers()[line])
        _promise(telling, line, now)
    telling.later(minutes=3)
    telling.do(do.MoveDialogue(DialogueState.CLOSED), Audience.CHAIR)


def _minutes(telling: Telling) -> None:
    """Written the next day, checked, approved, signed by both, published with the promises in them."""
    telling.later(days=1)
    present = "Đại biểu Hội đồng nhân dân, các sở, ban, ngành; 164 người dự tại hội trường."
    conclusion = (
        "Chủ tọa cảm ơn Nhân dân đã hỏi thẳng vào việc. Giao từng cơ quan thực hiện cam kết đúng hạn, báo kết quả "
        "công khai trên trang cam kết; Văn phòng theo dõi, nhắc việc và báo cáo mỗi tháng."
    )
    for block, text in (("number", "03/BB-UBND"), ("attendees", present), ("conclusion", conclusion)):
        telling.do(do.EditMinutes(block, text, revision=0), Audience.SECRETARY)
    for number in telling.dialogue.commitments:
        telling.do(do.MoveCommitment(number, CommitmentState.IN_MINUTES), Audience.SECRETARY)
    telling.do(do.MoveMinutes(MinutesState.CHECKED), Audience.SECRETARY)
    telling.later(days=1)
    telling.do(do.MoveMinutes(MinutesState.APPROVED), Audience.CHAIR)
    telling.do(do.SignMinutes(Signatory.SECRETARY, SECRETARY), Audience.SECRETARY)
    telling.later(hours=3)
    telling.do(do.SignMinutes(Signatory.CHAIR, CHAIR), Audience.CHAIR)
    telling.later(days=1)
    telling.do(do.MoveMinutes(MinutesState.PUBLISHED), Audience.SECRETARY)
    telling.do(do.MoveDialogue(DialogueState.FOLLOWING_UP), Audience.CHAIR)


def _follow_up(telling: Telling, now: datetime) -> None:
    """Agencies begin, five of them show what they did, and the office confirms it."""
    telling.later(days=7)
    sent = f"Công văn trả lời {SENT_DAYS} ngày sau đối thoại, gửi người hỏi và niêm yết tại trung tâm."
    telling.do(do.ReportAnswer(telling.numbers[IN_WRITING[0]], sent), Audience.SECRETARY)
    promised = {telling.numbers[line]: answer for line, answer in answers().items() if line in telling.numbers}
    for number in telling.dialogue.commitments:
        telling.report(number, CommitmentState.IN_PROGRESS)
    kept = [c for c in telling.dialogue.commitments.values() if promised[c.question or 0].kept]
    for commitment in sorted(kept, key=lambda one: one.due):
        telling.until(datetime.combine(commitment.due, telling.at.timetz()) - timedelta(days=4))
        answer = promised[commitment.question or 0]
        telling.report(commitment.number, CommitmentState.EVIDENCE_GIVEN, answer.shown, answer.link)
        telling.later(days=2)
        seen = "Văn phòng đã xem tại chỗ và hỏi người dân."
        confirmed = do.MoveCommitment(commitment.number, CommitmentState.CONFIRMED, seen, confirmed_by=CONFIRMS)
        telling.do(confirmed, Audience.SECRETARY)
    telling.until(now - timedelta(days=1))
