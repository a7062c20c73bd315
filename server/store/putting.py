"""Putting a finished file where none may be yet, on any disk: memory sticks know no hard links and no owners."""

import os
from contextlib import suppress
from pathlib import Path


def put_new(finished: Path, target: Path) -> None:
    """Move a file to a name that nobody has taken. Raises FileExistsError, also when it was taken a moment ago."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    finished.replace(target)


def for_its_owner(path: Path) -> None:
    """Let nobody else read it, where the disk can say so."""
    with suppress(PermissionError):  # FAT and exFAT have no owners: whoever holds the stick reads it
        path.chmod(0o600)
