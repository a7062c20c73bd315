"""Keeps one line of `capture` on disk, in order and beside everything else."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import typer

from server.cli.keeping import Kept, Label


class Keeper:
    """After its first failure nothing more is put on disk, so that what is there has no hole; it is said once."""

    failed = False

    def __init__(self, root: Path, label: Label, kept: Kept | None = None) -> None:
        """For a new line in a folder of its own below `root`, or for one that was left behind."""
        self._root = root
        self._label = label
        self._kept = kept
        self._disk = ThreadPoolExecutor(1, "sound to disk")

    def begin(self, base: int | None) -> None:
        """A line begins, whose sample 0 lies there on the server's recording, where that is known."""
        self._do(partial(self._begin, base))

    async def place(self, base: int) -> None:
        """Where the line lies on the server's recording: on disk when this returns, if the disk takes anything."""
        await asyncio.wrap_future(self._do(partial(self._place, base)))

    def add(self, at: int, pcm: bytes) -> None:
        """What was heard just now."""
        self._do(partial(self._add, at, pcm, int(time.time() * 1000)))

    def forget(self, first: int) -> None:
        """Everything before this sample is on the server, or given up."""
        self._do(partial(self._forget, first), also_after=True)

    async def close(self, *, over: bool) -> None:
        """Let go of the line when all of the above is done; nothing stays on disk of one that is over."""
        await asyncio.wrap_future(self._do(partial(self._close, over=over), also_after=True))
        self._disk.shutdown()

    def _begin(self, base: int | None) -> None:
        self._kept = Kept(self._root / self._label.line)
        self._label = replace(self._label, base=base)
        self._kept.label(self._label)

    def _place(self, base: int) -> None:
        if self._kept is not None:
            self._label = replace(self._label, base=base)
            self._kept.label(self._label)

    def _add(self, at: int, pcm: bytes, heard_ms: int) -> None:
        if self._kept is not None:
            self._kept.add(at, pcm, heard_ms)

    def _forget(self, first: int) -> None:
        if self._kept is not None:
            self._kept.forget(first)

    def _close(self, *, over: bool) -> None:
        if self._kept is not None:
            try:
                if over:
                    self._kept.remove()
            finally:
                self._kept.close()
                self._kept = None

    def _do(self, work: Callable[[], object], *, also_after: bool = False) -> "Future[None]":
        return self._disk.submit(self._try, work, also_after=also_after)

    def _try(self, work: Callable[[], object], *, also_after: bool) -> None:
        if self.failed and not also_after:
            return
        try:
            work()
        except OSError as why:
            if not self.failed:
                typer.echo(_unkept(self._root, why), err=True)
            self.failed = True


def _unkept(root: Path, why: OSError) -> str:
    return (
        f"Không giữ được tiếng ở {root} ({why.strerror}): phần chưa gửi chỉ nằm trong bộ nhớ. "
        "Đừng tắt lệnh này khi đang mất máy chủ.\n"
        f"Sound cannot be kept in {root} ({why.strerror}): what is not sent is in memory only. "
        "Do not end this command while the server is away."
    )
