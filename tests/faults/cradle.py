"""A process that has the server's code in memory and gives birth to servers by fork: a restart in tenths of seconds.

Told on stdin, one JSON line each: {"environment": {...}, "moment": "...", "count": 1, "breaks": ["..."]}; says the new
process's number on stdout. What is born is `doithoai serve` as it is, but for what moments.py and breaks.py change.
"""

import json
import os
import signal
import sys
from typing import Any

from server.app import create_app
from server.cli import environment, serving
from tests.faults import breaks, moments

_ = create_app  # imported here, once, so that no server that is born has to


def live(order: dict[str, Any]) -> None:
    """A server's life, in the child."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.environ.update(order["environment"])
    for name in order["breaks"]:
        breaks.BREAKS[name]()
    if order["moment"]:
        moments.MOMENTS[order["moment"]](order["count"])
    serving.run(environment.settings())


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    print("ready", flush=True)
    for line in sys.stdin:
        born = os.fork()
        if born == 0:
            try:
                live(json.loads(line))
            finally:
                os._exit(1)
        print(born, flush=True)


if __name__ == "__main__":
    main()
