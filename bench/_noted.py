"""The real server whose recogniser notes when it said what: `python -m bench._noted serve`.

The worker is the real one too; it writes a line with the time before each thing it says, into the file BENCH_NOTED.
"""

import functools
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import server.rooms.listening
from server.cli import main
from transcription import worker
from transcription.messages import Message, Progress, line
from transcription.recogniser import Recogniser

NOTED = "BENCH_NOTED"


def noting(own: Callable[[], Callable[[Message], None]]) -> Callable[[], Callable[[Message], None]]:
    """The worker's own way to speak, with a note of the time before each word."""

    def begin() -> Callable[[Message], None]:
        say = own()
        file = os.open(os.environ[NOTED], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

        def said(message: Message) -> None:
            if not isinstance(message, Progress):
                os.write(file, json.dumps({"t": time.time()}).encode() + b"\t" + line(message))
            say(message)

        return said

    return begin


def notes(path: Path) -> list[dict[str, object]]:
    """Everything noted: the message as it was said, and `t`, in seconds since 1970."""
    rows = [row.split(b"\t") for row in path.read_bytes().splitlines()] if path.exists() else []
    return [json.loads(at) | json.loads(said) for at, said in rows]


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        del sys.argv[1]
        worker.speaker = noting(worker.speaker)
        worker.main()
    own = functools.partial(
        Recogniser,
        command=(sys.executable, "-m", "bench._noted", "worker", "--model", os.environ["DOITHOAI_MODEL"]),
    )
    vars(server.rooms.listening)["Recogniser"] = own  # the same class with one word filled in
    main()
