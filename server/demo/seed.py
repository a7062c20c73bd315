"""Putting the demo in place, once: a second start finds everything there and changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from server import clock
from server.demo import coming, finished, running
from server.demo.accounts import Account, cast, open_accounts
from server.demo.telling import Cast, Telling
from server.settings import BadSetting
from server.store.journal import Journal
from server.store.people import People

RUNNING, COMING, FINISHED = "DEMO", "SAPTOI", "DAXONG"


@dataclass(frozen=True, slots=True)
class Tale:
    """A dialogue of the demo: its code, how long before now it begins, and who tells it."""

    code: str
    began: timedelta
    tell: Callable[[Telling, datetime], None]


TALES = (
    Tale(FINISHED, timedelta(days=131), finished.tell),
    Tale(COMING, timedelta(days=6), coming.tell),
    Tale(RUNNING, timedelta(days=11), running.tell),
)


class RealDialogues(BadSetting):
    """There are real dialogues here. Invented ones are not put among them; nothing was changed."""

    def __init__(self, codes: list[str]) -> None:
        listed = ", ".join(codes)
        super().__init__(
            f"Thư mục dữ liệu này có phiên thật ({listed}) nên không đặt dữ liệu minh họa vào. Chưa thay đổi gì; hãy "
            f"chọn thư mục khác bằng DOITHOAI_DATA_DIR. / This directory holds real dialogues ({listed}), so no "
            "invented ones were put among them. Nothing was changed; name another one in DOITHOAI_DATA_DIR."
        )


async def seed(journal: Journal, people: People, data_dir: Path, now: datetime) -> tuple[list[Account], list[str]]:
    """The accounts, and the codes of the dialogues that were told just now. Raises RealDialogues, NotStored.

    A dialogue that somebody has made while trying the demo is no reason to stop it.
    """
    rows = {row.code: row for row in await journal.dialogues()}
    real = sorted(code for code, row in rows.items() if not row.demo)
    if real and len(real) == len(rows):
        raise RealDialogues(real)
    accounts = await open_accounts(people, data_dir, now)
    seats = await cast(people)
    told = [tale.code for tale in TALES if await _tell(tale, journal, seats, now)]
    return accounts, told


async def _tell(tale: Tale, journal: Journal, seats: Cast, now: datetime) -> bool:
    """Tell one dialogue and store it whole. A stream that a killed start left empty is filled."""
    stream = await journal.stream(tale.code) or await journal.create(tale.code, demo=True, at=now - tale.began)
    if stream.n:
        return False
    telling = Telling(now - tale.began, seats, clock.token)
    tale.tell(telling, now)
    await journal.append(stream.id, 0, telling.deeds, now)
    return True
