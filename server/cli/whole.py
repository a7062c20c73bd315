"""A file that a command writes: all of it or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from server.store.putting import put_new


@contextmanager
def whole(path: Path, *, over: bool = True) -> Iterator[BinaryIO]:
    """What takes its place at `path` when everything is in it; until then, and after any trouble, nothing has changed.

    It is opened before the work that fills it, so that a folder which takes nothing is told first. What is no plain
    file (a pipe, a terminal) is written as it comes. Raises FileExistsError unless `over`, and OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as straight:
            yield straight
        return
    if not over and path.exists():
        raise FileExistsError(f"{path}: tệp đã có, không ghi đè. / The file is there already; nothing was changed.")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if over:
            unfinished.replace(path)
        else:
            put_new(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
