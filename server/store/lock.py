"""One process per SQLite file.

SQLite before 3.51.3 can corrupt a WAL when two connections write or checkpoint at the same instant, and two rooms for
one dialogue would decide apart. The kernel drops this lock when the process ends, however it ends.
"""

import fcntl
import os
from pathlib import Path

from server.store.problems import AlreadyOpen


class FileLock:
    """An exclusive lock beside the database file, held from construction to `release()`."""

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise AlreadyOpen(
                f"Cơ sở dữ liệu {database} đang do một tiến trình khác ghi. Dữ liệu vẫn an toàn. "
                "Hãy dừng tiến trình đó trước, hoặc dùng một tệp khác. / Another running process writes to "
                f"{database}. Nothing is damaged. Stop that one first, or use another file (DOITHOAI_DATABASE_URL)."
            ) from None
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let others in. Once is enough; twice does no harm."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
