"""What the crowd shows while it runs and says at the end, in 80 columns."""

from rich import box
from rich.console import Group
from rich.table import Table

from server.crowd.evening import Evening
from server.crowd.waits import Waits

FAULTS = {
    "unanswered": ("lệnh không được trả lời", "commands without an answer"),
    "missing": ("câu đã báo nhận mà không tìm lại được", "acknowledged questions not found again"),
    "receipts": ("phiếu nhận không mở ra câu hỏi", "receipts that do not open their question"),
    "holes": ("lỗ hổng trong dòng thay đổi", "holes in the stream of changes"),
    "strangers": ("vị trí của nhật ký khác", "positions of another journal"),
    "twice": ("lệnh được trả lời hai lần", "commands answered twice"),
    "otherwise": ("lệnh được trả lời hai cách khác nhau", "commands answered in two ways"),
    "strays": ("câu trả lời của người khác", "answers to somebody else's command"),
    "leaks": ("câu chưa duyệt hiện ra cho mọi người", "unapproved texts on everybody's page"),
    "overheard": ("câu riêng của người khác", "texts of others on a private page"),
    "malformed": ("khung tin hỏng", "malformed frames"),
    "astray": ("máy không được vào lại", "phones not let back in"),
}
"""Every field of `Faults`, in words."""
LATE = 0.1
"""Seconds by which the crowd's own loop may be late before the summary warns of its times."""


def picture(evening: Evening) -> Group:
    """The live table."""
    return Group(_counts(evening), _times(evening))


def _counts(evening: Evening) -> Table:
    tally = evening.stand.tally
    title = f"{evening.stand.code}: {tally.open} / {len(evening.pages)} trang / pages. {evening.stage}"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", show_header=False, width=80, pad_edge=False)
    table.add_column(ratio=3)
    table.add_column(ratio=1, justify="right")
    table.add_column(ratio=3)
    table.add_column(ratio=1, justify="right")
    cells = _cells(evening)
    for left, right in zip(cells[::2], cells[1::2], strict=True):
        table.add_row(*left, *right)
    return table


def _cells(evening: Evening) -> list[tuple[str, str]]:
    tally, faults = evening.stand.tally, evening.stand.faults
    waiting = sum(len(page.outbox.waiting) for page in evening.stand.owing)
    return [
        ("lệnh đã gửi / sent", f"{tally.sent.total()}"),
        ("nhận / accepted", f"{tally.done.total()}"),
        ("từ chối / refused", f"{tally.refused.total()}"),
        ("bảo đợi / told to wait", f"{tally.busy + tally.told_to_wait}"),
        ("đang chờ / unanswered", f"{waiting}"),
        ("gửi lại / sent again", f"{tally.sent_again}"),
        ("thay đổi / changes", f"{tally.changes}"),
        ("trang nguyên / whole", f"{tally.wholes}"),
        ("bão / storms", f"{tally.storms}"),
        ("vào hụt / failed tries", f"{tally.failed}"),
        ("cắt máy tốt / cut, well", f"{tally.cut_healthy}"),
        ("cắt máy xấu / cut, sick", f"{tally.cut_sick + tally.dead_cut}"),
        ("lỗ hổng / holes", f"{sum(page.place.holes for page in evening.pages)}"),
        ("lỗi khác / other faults", f"{sum(faults.all().values()) - faults.holes - faults.unanswered}"),
    ]


def _times(evening: Evening) -> Table:
    table = Table("Thời gian, ms / time", box=box.SIMPLE_HEAD, width=80, pad_edge=False)
    for head in ("n", "p50", "p90", "p99", "max"):
        table.add_column(head, justify="right", min_width=6)
    tally = evening.stand.tally
    for name, waits in (
        ("lấy chỗ / taking a seat", tally.seat),
        ("vào lần đầu / join", tally.join),
        ("vào lại / resume", tally.resume),
        ("trả lời dân / answer to phones", tally.ack),
        ("trả lời điều hành / to moderators", tally.lead),
        ("thay đổi đến máy / delivery", tally.delivery),
        ("đám đông tự chậm / crowd's own lag", tally.late),
    ):
        table.add_row(name, f"{waits.count}", *(ms(waits, share) for share in (0.5, 0.9, 0.99, 1.0)))
    return table


def ms(waits: Waits, share: float) -> str:
    """A percentile in milliseconds."""
    found = waits.at(share)
    return "–" if found is None else f"{found * 1000:.1f}" if found < 0.1 else f"{found * 1000:.0f}"


def line(evening: Evening) -> str:
    """The same as one plain line, for a log."""
    tally, faults = evening.stand.tally, evening.stand.faults
    return (
        f"{evening.stage}: open={tally.open}/{len(evening.pages)} sent={tally.sent.total()} ok={tally.done.total()} "
        f"refused={tally.refused.total()} busy={tally.busy} changes={tally.changes} storms={tally.storms} "
        f"ack_p99={ms(tally.ack, 0.99)}ms delivery_p99={ms(tally.delivery, 0.99)}ms "
        f"resume_p99={ms(tally.resume, 0.99)}ms faults={sum(faults.all().values())}"
    )


def refusals(evening: Evening) -> list[str]:
    """Why commands were refused, and what close codes sent phones away for good."""
    tally = evening.stand.tally
    told = [f"  {code}: {count}" for code, count in sorted(tally.refused.items())]
    said = ["Từ chối có lý do / refused, with a reason:", *told] if told else []
    gone = [f"  {code}: {count}" for code, count in sorted(tally.gone.items())]
    return said + (["Mã đóng, không vào lại / closed for good:", *gone] if gone else [])


def verdict(evening: Evening) -> list[str]:
    """In plain words: what was lost, or that nothing was, and what was not looked at."""
    faults, tally = evening.stand.faults, evening.stand.tally
    found = {name: count for name, count in faults.all().items() if count and (evening.audited or name != "unanswered")}
    said = [f"  {count} {FAULTS[name][0]} / {FAULTS[name][1]}" for name, count in found.items()]
    if found:
        said.insert(0, "KHÔNG ĐẠT, có mất mát. / FAILED: something was lost.")
    elif evening.audited:
        asked = tally.done["ask"]
        said.append(
            f"ĐẠT, không mất gì: {asked} câu đã báo nhận đều tìm lại được, mọi lệnh được trả lời đúng một lần, dòng "
            f"thay đổi liền mạch. / PASSED, nothing lost: all {asked} acknowledged questions were found again, every "
            "command was answered exactly once, and no change was missed."
        )
    if not evening.audited:
        said.append("Dừng sớm: chưa tìm lại các câu hỏi. / Stopped early: the questions were not looked up again.")
    return said + _limits(evening)


def _limits(evening: Evening) -> list[str]:
    """What the reader must know before believing the figures."""
    said, tally = [], evening.stand.tally
    if evening.stand.watch.blind:
        said.append(
            "Không có người kiểm duyệt nên không biết câu nào đã duyệt: chưa kiểm việc lộ câu. / No moderator of ours, "
            "so nobody here knows what was approved: leaks of texts were not checked."
        )
    if tally.late.largest > LATE:
        late = f"{tally.late.largest * 1000:.0f} ms"
        said.append(
            f"Chính đám đông có lúc chậm {late}: thời gian trên là cận trên. / The crowd itself was late by up to "
            f"{late}: its times are upper bounds."
        )
    if tally.cut_healthy:
        said.append(
            f"{tally.cut_healthy} lần máy tốt bị cắt ngoài kế hoạch, đã vào lại. / {tally.cut_healthy} times a healthy "
            "phone was cut off unplanned, and came back."
        )
    return said
