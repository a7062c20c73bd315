"""The recognising process: `python -m transcription.worker --engine NAME --model DIR`.

It holds one model and follows several sources at once, a thread each. Sound never crosses the
pipe: it is read from the recordings on disk. Commands come in as JSON lines, messages go out as such:

    {"do": "follow", "source": "hall", "recording": DIR, "from": sample, "run": n}
    {"do": "have", "source": "hall", "samples": n}      the recording has grown to n samples
    {"do": "cut", "source": "hall", "at": n}            make a final there (without "at": now)
    {"do": "end", "source": "hall"}                     hear the rest, then say "ended"

It is a process because an engine may crash or hang, and then only this process is lost.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from transcription import engines
from transcription.engine import Engine
from transcription.following import Following
from transcription.messages import Message, Ready, Trouble, line
from transcription.problems import Problem
from transcription.turns import Turns, cores_to_use

UNUSABLE_MODEL = 3
"""Exit code that says: starting again will not help."""

NICE = 5
"""Words may come late, the room may not."""

_PR_SET_PDEATHSIG = 1


class Worker:
    """Hands commands to the sources; the sources' threads say what they hear."""

    def __init__(self, engine: Engine, say: Callable[[Message], None], clock: Callable[[], float]) -> None:
        self._engine = engine
        self._say = say
        self._clock = clock
        self._turns = Turns(cores_to_use())
        self._followed: dict[str, Following] = {}

    def obey(self, commands: Iterable[bytes]) -> None:
        """Do as told until the commands end. KeyError or ValueError for a command that is none: our own mistake."""
        for text in commands:
            command = json.loads(text)
            source = command["source"]
            match command["do"]:
                case "follow":
                    self._follow(source, command)
                case "have":
                    self._followed[source].have(command["samples"])
                case "cut":
                    self._followed[source].cut(command.get("at"))
                case "end":
                    self._followed.pop(source).end()
                case other:
                    raise ValueError(f"no such command: {other}")

    def _follow(self, source: str, command: dict[str, Any]) -> None:
        directory, start, run = Path(command["recording"]), command["from"], command["run"]
        following = Following(self._engine, source, directory, start, run, self._say, self._clock, self._turns)
        self._followed[source] = following
        threading.Thread(target=following.listen, name=source, daemon=True).start()


def serve(load: Callable[[str], Engine], model_dir: str, nice: int = NICE) -> NoReturn:
    """Be the worker of this process, from loading the model until standard input ends."""
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the parent decides
    os.nice(nice)
    _crash_on_error_in_thread()
    say = speaker()
    try:
        engine = load(model_dir)
    except Problem as why:
        say(Trouble("", why.vi, why.en))
        os._exit(UNUSABLE_MODEL)
    say(Ready(engine.name, model_dir))
    Worker(engine, say, time.monotonic).obey(sys.stdin.buffer)
    # Threads may be deep in the engine; tearing it down under them would crash, and nothing is left to save.
    os._exit(0)


def speaker() -> Callable[[Message], None]:
    """Keep standard output to ourselves: whatever a library prints goes to standard error."""
    out = os.dup(1)
    os.dup2(2, 1)
    lock = threading.Lock()

    def say(message: Message) -> None:
        text = memoryview(line(message))
        with lock:
            while text:
                text = text[os.write(out, text) :]

    return say


def _crash_on_error_in_thread() -> None:
    """An error nobody foresaw ends the process, loudly: a worker with a dead thread would look alive."""

    def crash(failed: threading.ExceptHookArgs) -> None:
        sys.excepthook(failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback)
        os._exit(1)

    threading.excepthook = crash


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> NoReturn:
    asked = argparse.ArgumentParser(description="Recognise speech of recordings as they grow.")
    asked.add_argument("--model", required=True, help="directory of the model")
    asked.add_argument("--engine", default="vosk", help="who reads it")
    asked.add_argument("--nice", type=int, default=NICE, help="by how much others go first, to 19")
    args = asked.parse_args()
    serve(partial(engines.load, args.engine), args.model, args.nice)


if __name__ == "__main__":
    main()
