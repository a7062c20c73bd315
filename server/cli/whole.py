"""A file that a command writes: all of it or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from server.store.putting import put_new


@contextmanager
def whole(path: Path, *, over: bool = True, mode: int = 0o666) -> Iterator[BinaryIO]:
    """What takes its place at `path` when everything is in it; until then, and after any trouble, nothing has changed.

    It is opened before the work that fills it, so that a folder which takes nothing is told first. What is no plain
    file (a pipe, a terminal) is written as it comes. `mode` is who may read it from its first byte on, less the umask;
    a file that lay there before gives way with its own. Raises FileExistsError unless `over`, and OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as straight:
            yield straight
        return
    if not over and path.exists():
        raise FileExistsError(f"{path}: tệp đã có, không ghi đè. / The file is there already; nothing was changed.")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if over:
            unfinished.replace(path)
        else:
            put_new(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
