"""Something between a server and PostgreSQL that lets one commit through and its answer not back."""

import shutil
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from socket import AF_UNIX, SHUT_RDWR, SOCK_STREAM, socket
from typing import Self

from tests.accepting import accept_each

NAME = ".s.PGSQL.5432"
"""What PostgreSQL and its clients call a socket file."""


class Between:
    """The next transaction in which `marker` is sent is committed by the database, and its client is cut off."""

    def __init__(self, real: Path) -> None:
        self._real = real
        self.folder = Path(tempfile.mkdtemp(prefix="dt-between-", dir="/tmp"))
        self.marker = b""
        self.stolen = threading.Event()
        self._listening = socket(AF_UNIX, SOCK_STREAM)

    def __enter__(self) -> Self:
        self._listening.bind(str(self.folder / NAME))
        self._listening.listen()
        accept_each(self._listening, self._serve)
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        shutil.rmtree(self.folder)

    def _serve(self, line: socket) -> None:
        with line, socket(AF_UNIX, SOCK_STREAM) as database:
            database.connect(str(self._real / NAME))
            committing = threading.Event()
            up = threading.Thread(target=self._up, args=(line, database, committing), daemon=True)
            up.start()
            self._down(line, database, committing)
            up.join()

    def _up(self, line: socket, database: socket, committing: threading.Event) -> None:
        marked = False
        with suppress(OSError):
            while content := line.recv(65_536):
                marked = marked or bool(self.marker and self.marker in content)
                if marked and b"COMMIT" in content and not self.stolen.is_set():
                    committing.set()
                database.sendall(content)
            database.shutdown(SHUT_RDWR)

    def _down(self, line: socket, database: socket, committing: threading.Event) -> None:
        with suppress(OSError):
            while (content := database.recv(65_536)) and not committing.is_set():
                line.sendall(content)
            if committing.is_set():  # the database has answered, so it has committed
                self.stolen.set()
            line.shutdown(SHUT_RDWR)
