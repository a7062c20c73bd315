"""What a power cut must not take: the names of new files, which lie in their folder and not in themselves.

Syncing a file keeps its content; on which name it is found again is the folder's to keep (fsync(2)).
"""

from __future__ import annotations

import os
from pathlib import Path


def make(directory: Path) -> None:
    """Make this folder and all above it that are missing, for ever. Raises OSError."""
    missing = [folder for folder in (directory, *directory.parents) if not folder.exists()]
    directory.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        sync(folder.parent)


def sync(directory: Path) -> None:
    """The names in this folder are on the disk. Raises OSError."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
