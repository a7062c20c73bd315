"""The provincial dialogue that is going on: every state a question can be in, and one on the stage."""

from datetime import datetime, timedelta

from live import commands as do
from live.seats import Audience
from live.states import Channel, CommitmentState, DialogueState, Part, RefusalReason, Role
from server.demo.accounts import AGENCY
from server.demo.material import answers, questions
from server.demo.telling import Telling, phone, site_of

IN_ADVANCE = (1, 7, 9, 19, 51, 29, 44, 48, 53, 56)
CALLED = (1, 7, 9, 19, 51, 6, 13, 22, 3, 45)
"""Lines of the questions file, in the order they were called to the stage."""
ON_STAGE = 10
NEXT = (27, 35, 4, 11, 15, 16, 23, 28, 34, 40, 54, 47, 56, 29)
"""Approved in this order: the first two are on deck."""
ARRIVALS = (
    (6, 13, 22, 3), (45, 46, 10), (27, 35, 52), (4, 11, 49), (15, 16, 50), (23, 28, 17), (34, 40, 38), (54, 47, 55),
    (24, 31), (42, 37, 32),
)  # fmt: skip
"""What comes in while each of the called questions is on the stage."""
REFUSALS = (
    (
        49,
        RefusalReason.FINAL_DECISION,
        "Vụ việc đã có bản án phúc thẩm nên không xem lại tại đây. Có tình tiết mới, bác gửi đơn đến tòa án.",
    ),
    (
        52,
        RefusalReason.NO_QUESTION,
        "Cảm ơn bác. Lời cảm ơn đã được chuyển đến người chủ trì; phiếu này không có câu hỏi nên không vào hàng chờ.",
    ),
)
READY = {
    10: "Tháng trước đã đo nước suối hai lần, một lần vượt chuẩn. Tổ kiểm tra đêm có thể lập từ tuần này.",
    15: "Đã có danh sách 46 giếng khoan; phương án hồ chứa trình tỉnh trong quý tới.",
}
"""What an agency prepares for the chair while others speak: one goes to the stage, one waits further back."""
SITES = tuple(sorted({site_of(asked) for asked in questions().values() if asked.channel is Channel.SITE}))
"""The linked sites: wherever somebody of the file asks from one."""
LENGTH = timedelta(minutes=86)
"""Since the opening."""


def tell(telling: Telling, now: datetime) -> None:
    """The whole evening up to `now`. The telling must begin ten days before."""
    opening = now - LENGTH
    _announce(telling, opening)
    _in_advance(telling)
    telling.until(opening)
    _open(telling)
    for line, arrivals in zip(CALLED, ARRIVALS, strict=True):
        _turn(telling, line, arrivals, now)
    _asides(telling)
    _before_the_chair(telling, now)
    telling.until(now - timedelta(seconds=110))
    telling.call(ON_STAGE)
    telling.do(do.StartClock(Part.ANSWERING), Audience.MODERATOR)
    telling.until(now - timedelta(seconds=10))


def _announce(telling: Telling, opening: datetime) -> None:
    notice = do.Describe(
        title="Hội nghị đối thoại trực tiếp và trực tuyến của Chủ tịch Ủy ban nhân dân tỉnh với Nhân dân",
        agency="Ủy ban nhân dân tỉnh Minh Họa",
        place="Hội trường trung tâm tỉnh và các điểm cầu xã, phường",
        starts_at=opening.replace(second=0, microsecond=0),
        chair="Bà Nguyễn Thị Minh Họa, Chủ tịch Ủy ban nhân dân tỉnh (nhân vật minh họa)",
        secretary="Ông Lê Văn Ví Dụ, Văn phòng Ủy ban nhân dân tỉnh (nhân vật minh họa)",
        theme="Đất đai, hạ tầng, thủ tục sau sắp xếp đơn vị hành chính. Dữ liệu minh họa: mọi nhân vật đều hư cấu.",
        topics=("Đất đai", "Bồi thường, tái định cư", "Môi trường", "Hạ tầng giao thông", "Thủ tục hành chính"),
    )
    telling.do(notice, Audience.MODERATOR)
    telling.do(do.SetSites("\n".join(SITES)), Audience.MODERATOR)
    telling.do(do.ShowSupports(), Audience.MODERATOR)
    telling.do(do.MoveDialogue(DialogueState.ANNOUNCED), Audience.MODERATOR)


def _in_advance(telling: Telling) -> None:
    for line in IN_ADVANCE:
        telling.later(hours=17)
        telling.ask(questions()[line], in_advance=True)
    telling.approve(*CALLED[:5])
    number = telling.numbers[48]
    sentence = (
        "Nội dung tố cáo được giải quyết theo Luật Tố cáo và được giữ kín tên. Bác gửi đơn tại Thanh tra tỉnh; "
        "phiếu này chỉ người kiểm duyệt đọc được."
    )
    telling.do(do.Reroute(number, "Thanh tra tỉnh", sentence), Audience.MODERATOR)


def _open(telling: Telling) -> None:
    telling.do(do.MoveDialogue(DialogueState.OPEN), Audience.CHAIR)
    telling.later(minutes=2)
    welcome = (
        "Kính thưa Nhân dân, hôm nay chúng tôi ngồi đây để nghe và trả lời. Câu nào trả lời được thì trả lời ngay; "
        "câu nào chưa được thì có cơ quan và ngày trả lời, bà con theo dõi được trên điện thoại."
    )
    telling.do(do.WriteLine(welcome, Role.CHAIR, "Chủ tịch"), Audience.SECRETARY)
    telling.later(minutes=1)


def _turn(telling: Telling, line: int, arrivals: tuple[int, ...], now: datetime) -> None:
    """One question on the stage, while others come in and are read."""
    telling.call(line)
    for arriving in arrivals:
        telling.later(seconds=20)
        telling.ask(questions()[arriving])
    _read(telling, arrivals)
    answer = answers()[line]
    telling.answer(answer)
    if answer.promise:
        telling.promise(answer, now)
        telling.do(do.MoveCommitment(len(telling.dialogue.commitments), CommitmentState.READ_BACK), Audience.SECRETARY)
    telling.later(seconds=30)


def _read(telling: Telling, arrivals: tuple[int, ...]) -> None:
    if 45 in arrivals:
        _near_duplicate(telling)
    if 47 in arrivals:
        _personal_matters(telling)
    telling.approve(*(line for line in arrivals if line in {*CALLED, ON_STAGE, *NEXT} and line != 45))
    for line in arrivals:
        if line in NEXT:
            telling.support(line, line * 7 % 19)


def _near_duplicate(telling: Telling) -> None:
    """One without marks gets them; its near duplicate joins it."""
    text = "Cho hỏi tiền hỗ trợ lúa bị ngập đợt bão vừa rồi bao giờ có? Xã nói chờ tỉnh, mà gần hết năm rồi."
    telling.do(do.Edit(telling.numbers[45], text, revision=1), Audience.MODERATOR)
    telling.approve(45)
    telling.do(do.Merge(telling.numbers[46], telling.numbers[45]), Audience.MODERATOR)


def _personal_matters(telling: Telling) -> None:
    """Name, phone, plot and illness are taken out before anybody else reads the question."""
    text = "Gia đình tôi có người bệnh nặng, xin hỏi có được miễn tiền sử dụng đất không?"
    telling.do(do.Edit(telling.numbers[47], text, revision=1, redacted=True), Audience.MODERATOR)


def _asides(telling: Telling) -> None:
    """What does not go to the stage, each for its own reason, and what still waits to be read."""
    number = telling.numbers
    for line, reason, sentence in REFUSALS:
        telling.do(do.Refuse(number[line], reason, sentence), Audience.MODERATOR)
    sentence = "Điện lực không thuộc Ủy ban nhân dân tỉnh. Câu hỏi đã được chuyển, công ty sẽ trả lời thẳng cho bác."
    telling.do(do.Reroute(number[50], "Công ty Điện lực", sentence), Audience.MODERATOR)
    telling.approve(53, queue=False)
    telling.settle(answers()[53])
    telling.approve(56, 29)
    telling.approve(44, 24, 17, queue=False)
    telling.do(do.Withdraw(number[38]), phone(questions()[38]))
    for line in (37, 42):
        telling.do(do.StartReview(number[line]), Audience.MODERATOR)


def _before_the_chair(telling: Telling, now: datetime) -> None:
    """What an agency has ready, for the stage and for a question further back; and a note of the moderator's."""
    for line, text in READY.items():
        number = telling.numbers[line]
        telling.do(do.Assign(number, AGENCY, now.date()), Audience.MODERATOR)
        telling.do(do.PrepareNote(number, text), Audience.AGENCY)
    note = "Người hỏi đã gọi xã ba lần; xin người chủ trì hỏi luôn cách báo tin ban đêm."
    telling.do(do.NoteOn(telling.numbers[ON_STAGE], note), Audience.MODERATOR)
