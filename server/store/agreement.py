"""Whether the read tables say what the entries say."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from live.dialogue import Dialogue, replay
from live.texts import Sealed
from server.store import reading, tables


def disagreements(connection: Connection, stream_id: int) -> Iterator[tuple[str, str]]:
    """What is wrong, in Vietnamese and in English, for a dialogue whose entries are in order."""
    row = connection.execute(select(tables.dialogues).where(tables.dialogues.c.id == stream_id)).one()
    dialogue = replay(reading.entries(connection, stream_id, 0))
    if row.state != dialogue.state:
        yield (
            f"danh sách ghi {row.state}, sổ ghi {dialogue.state}",
            f"the list says {row.state}, the entries say {dialogue.state}",
        )
    notice = (dialogue.before_rehearsal or dialogue).notice
    for name in ("title", "agency", "place"):
        text: Sealed = getattr(notice, name)
        if text.text is not None and getattr(row, name) != text.text:
            yield f"danh sách ghi khác thông báo ({name})", f"the list shows another {name} than the notice"
    if row.starts_at != notice.starts_at:
        yield "danh sách ghi giờ khác thông báo", "the list shows another time than the notice"
    yield from _receipts(connection, stream_id, dialogue)


def _receipts(connection: Connection, stream_id: int, dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    columns = tables.receipts.c
    kept: dict[int, list[str]] = {}
    for number, code in connection.execute(
        select(columns.question, columns.code).where(columns.dialogue_id == stream_id)
    ):
        kept.setdefault(number, []).append(code)
    for number, question in dialogue.questions.items():
        if kept.pop(number, []) != ([str(question.receipt).upper()] if question.receipt else []):
            yield (
                f"mã nhận của câu {number} không phải mã đã trao",
                f"the receipt of question {number} is not the one that was given",
            )
    for number in kept:
        yield (
            f"một mã nhận dẫn đến câu {number} không có",
            f"a receipt leads to question {number}, which does not exist",
        )
