"""What the journal says, as the blocks of a minutes document (decree 30/2020/NĐ-CP, annex III, form 1.9).

The document is Vietnamese by law, so its sentences are written here and not in the interface's locale.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from live.gaps import in_order, seconds
from live.reckoning import by_site, reckon
from live.said import answered, asked, told
from live.sites import Site, linked
from live.states import Channel, GapKind, Outcome, RefusalReason
from live.states import QuestionState as Q
from live.texts import NOTHING, Sealed

if TYPE_CHECKING:
    from live.commitments import Commitment
    from live.dialogue import Dialogue
    from live.gaps import Gap
    from live.questions import Question

VIETNAM = timezone(timedelta(hours=7))
"""Vietnam has kept UTC+7 without summer time since 1975."""

CHANNELS = {
    Channel.ONLINE: "trực tuyến",
    Channel.VOICE: "giơ tay xin nói",
    Channel.HALL_CARD: "phiếu tại hội trường",
    Channel.HALL_MIC: "micrô hội trường",
    Channel.SITE: "điểm cầu",
    Channel.PHONE_CALL: "điện thoại",
    Channel.IN_ADVANCE: "gửi trước",
}
_SITE = "điểm cầu "
GROUNDS = {
    RefusalReason.OFF_TOPIC: "ngoài chủ đề",
    RefusalReason.OTHER_PROCEDURE: "thuộc thủ tục khác",
    RefusalReason.FINAL_DECISION: "đã có quyết định cuối cùng",
    RefusalReason.NO_QUESTION: "không có nội dung hỏi",
    RefusalReason.INSULT: "lời lẽ xúc phạm",
    RefusalReason.PRIVATE_MATTER: "việc riêng của người khác",
    RefusalReason.OTHER: "lý do khác",
}
OUTCOMES = {
    Outcome.ANSWERED: "Đã trả lời tại chỗ.",
    Outcome.PARTLY_ANSWERED: "Đã trả lời một phần.",
    Outcome.WRITTEN_DUE: "Trả lời bằng văn bản.",
    Outcome.FORWARDED_UP: "Vượt thẩm quyền, chuyển cấp trên.",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One editable piece of the minutes. `label` names it for the secretary; `kind` is field, paragraph or heading."""

    key: str
    kind: str
    label: str
    text: Sealed
    question: int | None = None
    revision: int = 0
    edited: bool = False


def spoken_time(at: datetime | None) -> str:
    """Write 07 giờ 30, ngày 05 tháng 3 năm 2026: days below 10, months 1 and 2 take a leading zero (decree 30/2020)."""
    if at is None:
        return "…… giờ ……, ngày …… tháng …… năm ……"
    at = at.astimezone(VIETNAM)
    return f"{at:%H} giờ {at:%M}, {spoken_date(at.date())}"


def spoken_date(day: date) -> str:
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def asker(question: "Question") -> str:
    """The asker as they agreed to be named in public."""
    if question.publish_name and question.name:
        return f"{question.name}, {question.locality}" if question.locality else str(question.name)
    return f"Một công dân ở {question.locality}" if question.locality else "Một công dân"


def compose(dialogue: "Dialogue") -> tuple[Block, ...]:
    """All blocks in their order, as the journal alone would write them."""
    return (*_head(dialogue), *_floor(dialogue), *_tail(dialogue))


def _head(dialogue: "Dialogue") -> list[Block]:
    notice = dialogue.notice
    return [
        Block("superior", "field", "Cơ quan chủ quản", notice.superior),
        Block("agency", "field", "Cơ quan ban hành", notice.agency),
        Block("number", "field", "Số, ký hiệu", Sealed("……/BB-……")),
        Block("subject", "field", "Trích yếu", notice.title),
        Block("started", "field", "Thời gian bắt đầu", Sealed(spoken_time(dialogue.opened_at))),
        Block("place", "field", "Địa điểm", notice.place),
        Block("attendees", "paragraph", "Thành phần tham dự", Sealed(_attendance(dialogue))),
        Block("chair", "field", "Chủ trì (chủ tọa)", notice.chair),
        Block("secretary", "field", "Thư ký (người ghi biên bản)", notice.secretary),
        Block("opening", "paragraph", "Khai mạc", Sealed(_opening(dialogue))),
        Block("counts", "paragraph", "Tổng hợp ý kiến", Sealed(_counts(dialogue))),
    ]


def _attendance(dialogue: "Dialogue") -> str:
    """How many sat in each place nobody has counted: the secretary fills that in."""
    sites = "".join(f", điểm cầu {_plain(site)} (…… người)" for site in linked(dialogue))
    place = f"hội trường (…… người){sites}" if sites else "hội trường"
    seats = {question.seat for question in dialogue.questions.values() if question.seat}
    return f"Đại biểu và Nhân dân dự tại {place}; {len(seats)} công dân gửi câu hỏi trực tuyến."


def _plain(site: Site) -> str:
    """Its name after the words "điểm cầu", which many names begin with."""
    name = str(site.name)
    return name[len(_SITE) :] if name.casefold().startswith(_SITE) else name


def _opening(dialogue: "Dialogue") -> str:
    said = _said_besides(dialogue, before_first_call=True)
    announced = "Người tham dự được thông báo phiên đối thoại có ghi âm, ghi hình."
    return f"{announced}\n{said}" if said else announced


def _said_besides(dialogue: "Dialogue", *, before_first_call: bool) -> str:
    """What was said outside every question, before the first was called or after that."""
    called = min((q.called_at for q in dialogue.questions.values() if q.called_at is not None), default=None)
    lines = [
        line
        for line in dialogue.lines.values()
        if line.question is None and not line.struck and (called is None or line.at < called) is before_first_call
    ]
    return told(lines)


def _counts(dialogue: "Dialogue") -> str:
    counts = reckon(dialogue)
    channels = Counter(CHANNELS[question.channel] for question in dialogue.questions.values())
    by_channel = ", ".join(f"{name}: {count}" for name, count in sorted(channels.items()))
    rows = [row for row in by_site(dialogue) if row.site]
    sites = "; ".join(f"{row.site}: {row.received}" for row in rows)
    by_channel += f"; trong đó từ các điểm cầu: {sites}" if sites else ""
    why = "; ".join(f"{ground.words or GROUNDS[ground.reason]}: {ground.count}" for ground in counts.grounds)
    return (
        f"Tiếp nhận {counts.received} ý kiến ({by_channel}). "
        f"Trả lời tại chỗ: {counts.answered}; trả lời một phần: {counts.partly_answered}; "
        f"trả lời bằng văn bản: {counts.written_due}; chuyển cấp trên: {counts.forwarded_up}; "
        f"gộp: {counts.merged}; từ chối có lý do: {counts.refused}{f' ({why})' if why else ''}; "
        f"chuyển thủ tục khác: {counts.rerouted}; người hỏi rút lại: {counts.withdrawn}; còn chờ: {counts.waiting}."
    )


def _floor(dialogue: "Dialogue") -> list[Block]:
    """The questions in the order they were called; those settled without the floor after them."""
    settled = [q for q in dialogue.questions.values() if q.concluded or q.state is Q.ON_STAGE]
    settled.sort(key=lambda q: (q.called_at is None, q.called_at or q.moved_at, q.number))
    found: list[Block] = []
    for place, question in enumerate(settled, 1):
        found += _question(dialogue, question, place)
    return found


def _question(dialogue: "Dialogue", question: "Question", place: int) -> list[Block]:
    key, number = f"q{question.number}", question.number
    site = f", {question.site}" if question.site else ""
    heading = f"{place}. {asker(question)} ({CHANNELS[question.channel]}{site}; câu số {number})"
    return [
        Block(f"{key}.heading", "heading", f"Câu số {number}: người hỏi", Sealed(heading), number),
        Block(f"{key}.question", "paragraph", f"Câu số {number}: nội dung hỏi", asked(dialogue, question), number),
        Block(f"{key}.answer", "paragraph", f"Câu số {number}: nội dung trả lời", answered(dialogue, question), number),
        Block(f"{key}.outcome", "paragraph", f"Câu số {number}: kết quả", Sealed(_outcome(question)), number),
    ]


def _outcome(question: "Question") -> str:
    if not question.concluded:
        return "Đang trả lời."
    sentence = OUTCOMES[question.outcome] if question.outcome else "Hướng dẫn gửi theo thủ tục khác."
    if question.agency:
        sentence += f" {'Cơ quan' if question.outcome else 'Nơi nhận'}: {question.agency}."
    if question.due:
        sentence += f" Thời hạn: {question.due:%d/%m/%Y}."
    return f"{sentence} {_ended(str(question.closing))}" if question.closing else sentence


def _promise(c: "Commitment") -> str:
    """One line for each promise, as it was read back: what, who answers for it, by when, and what will show it."""
    who = f"{c.agency} ({c.person})" if c.person else str(c.agency)
    evidence = f" Bằng chứng: {_ended(str(c.evidence))}" if c.evidence else ""
    heard = "Đã đọc lại" if c.read_back else "Chưa đọc lại"
    when = f"Thời hạn: {c.due:%d/%m/%Y}.{evidence} {heard} trước hội trường."
    return f"{c.number}. {_ended(str(c.text))} Cơ quan: {_ended(who)} {when}".replace("\n", " ")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


SOURCES = {
    "hall": "hội trường",
    "chair": "bàn chủ trì",
    "site": "điểm cầu",
    "remote": "người hỏi từ xa",
    "remote_voice": "điện thoại của người hỏi",
}
"""The sources of sound as documents name them."""
NOTED = 1.0
"""Seconds of lost sound that minutes tell of; less is a click."""


def _missing(dialogue: "Dialogue") -> str:
    """What the recording or the public captions lack: whoever signs knows it."""
    return "\n".join(filter(None, (_missed(gap) for gap in in_order(dialogue))))


def _missed(gap: "Gap") -> str:
    since = f"{gap.at.astimezone(VIETNAM):%H:%M:%S}"
    until = f" đến {gap.until.astimezone(VIETNAM):%H:%M:%S}" if gap.until else ""
    if gap.kind is GapKind.HIDDEN:
        return f"- Phụ đề công khai ngừng từ {since}{until}."
    if gap.kind is GapKind.LOST and seconds(gap) >= NOTED:
        return f"- Bản ghi âm ({SOURCES.get(gap.source, gap.source)}) mất tiếng từ {since}{until}."
    return ""


def _tail(dialogue: "Dialogue") -> list[Block]:
    promised = [_promise(commitment) for commitment in dialogue.commitments.values()]
    besides = _said_besides(dialogue, before_first_call=False)
    promises = "\n".join(promised) or "Không có nội dung cam kết riêng."
    missing = _missing(dialogue)
    return [
        Block("commitments", "paragraph", "Nội dung cam kết", Sealed(promises)),
        Block("remarks", "paragraph", "Phát biểu ngoài các câu hỏi", Sealed(besides)),
        *([Block("sound", "paragraph", "Ghi chú về ghi âm và phụ đề", Sealed(missing))] if missing else []),
        Block("conclusion", "paragraph", "Kết luận của chủ tọa", NOTHING),
        Block("ended", "field", "Thời gian kết thúc", Sealed(spoken_time(dialogue.closed_at))),
        Block("recipients", "paragraph", "Nơi nhận", Sealed("- Như thành phần tham dự;\n- Lưu: VT, Hồ sơ.")),
    ]
