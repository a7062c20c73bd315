"""One life of the worker process: its pipe, its messages, its death."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from transcription.followed import Command
from transcription.messages import Message, parse

LONGEST_LINE = 1 << 20
"""Bytes; a final of twenty seconds with all its words takes about ten thousand."""

_ROOT = Path(__file__).parent.parent


class Life:
    """A worker process from start to end; whoever begins one must see it `over`."""

    def __init__(self, process: Process, commands: asyncio.StreamWriter, said: asyncio.StreamReader) -> None:
        self._process = process
        self._commands = commands
        self._said = said

    @classmethod
    async def begin(cls, command: Sequence[str]) -> Life:
        """Start the worker. OSError when it cannot be started. What it prints as errors joins our own."""
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE, cwd=_ROOT)
        if process.stdin is None or process.stdout is None:
            raise OSError("the worker has no pipes")
        return cls(process, process.stdin, process.stdout)

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, command: Command) -> None:
        """Send a command. A worker that just died does not hear it; the next one will be told everything."""
        if not self._commands.is_closing():
            self._commands.write(json.dumps(command).encode() + b"\n")

    async def messages(self) -> AsyncIterator[Message]:
        """All it says until it dies. A line it died in the middle of is not told."""
        async for text in self._said:
            if text.endswith(b"\n"):
                yield parse(text)

    def kill(self) -> None:
        """End it now; its messages end soon after."""
        if self._process.returncode is None:
            self._process.kill()

    async def over(self) -> int:
        """End it if it is not, and wait for it. Its exit code, negative for a signal."""
        self.kill()
        self._commands.close()
        return await self._process.wait()
