"""Fetching one large file because a person asked for it: over https, measured, cancellable, going on where it was cut.

What has come stays beside the validator that the other side gave for it (ETag or Last-Modified), and only a side that
answers 206 to both may add to it: a file is never put together from two releases.
"""

from __future__ import annotations

import shutil
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from transcription.problems import BadModel, Cancelled

Progress = Callable[[int, int | None], None]
"""Told the bytes done and, when it is known, of how many."""

TIMEOUT = 30
"""Seconds without a byte after which the other side is given up."""
TRIES = 5
"""Connections in a row that may break without bringing a byte, before a person is asked to try later."""
PAUSE = 2.0
"""Seconds before going on after a cut."""

_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Watch:
    """How a download is followed. `pause` waits that many seconds."""

    on_progress: Progress
    cancelled: Callable[[], bool]
    pause: Callable[[float], object] = time.sleep


class _Cut(Exception):
    """The connection broke; what came before it is kept."""


class _SecureRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> urllib.request.Request | None:
        try:
            allowed(newurl)
        except BadModel:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # as it came


def fetch(address: str, to: Path, most: int, watch: Watch) -> None:
    """Write what lies at this address to a file, of at most `most` bytes, going on with what is there of it already.

    Raises BadModel when it cannot be had: what came may stay for the next time. Raises Cancelled, and leaves nothing.
    """
    allowed(address)
    idle = 0
    try:
        while True:
            before = _size(to)
            try:
                _once(address, to, most, watch)
                break
            except _Cut as cut:
                idle = 0 if _size(to) > before else idle + 1
                if idle >= TRIES or not validator_of(to).exists():
                    raise unfetched(address, str(cut), kept=_keep(to)) from cut
                watch.pause(PAUSE)
                if watch.cancelled():
                    raise stopped() from cut
    except (Cancelled, KeyboardInterrupt):
        _forget(to)
        raise
    validator_of(to).unlink(missing_ok=True)


def _once(address: str, to: Path, most: int, watch: Watch) -> None:
    """One connection: from the beginning, or from where the last one was cut."""
    have = _size(to) if validator_of(to).exists() else 0
    request = urllib.request.Request(address)  # noqa: S310 - allowed() saw it
    if have:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", validator_of(to).read_text(encoding="ascii"))
    try:
        with urllib.request.build_opener(_SecureRedirects).open(request, timeout=TIMEOUT) as answer:
            if answer.status != 206 or not answer.headers["Content-Range"].startswith(f"bytes {have}-"):
                have = 0
            _take(answer, to, have, most, watch, address)
    except HTTPError as why:
        why.close()  # it is the answer itself, with its connection
        if why.code < 500:
            _forget(to)
            raise unfetched(address, str(why)) from why
        raise _Cut(str(why)) from why
    except (OSError, HTTPException, ValueError) as why:
        if isinstance(why, OSError) and why.errno is not None and not isinstance(why, ConnectionError | TimeoutError):
            raise  # the disk's trouble, and no fault of the line
        raise _Cut(str(why.reason if isinstance(why, URLError) else why)) from why


def _take(answer: HTTPResponse, to: Path, have: int, most: int, watch: Watch, address: str) -> None:
    length = answer.headers["Content-Length"]
    total = have + int(length) if length else None
    if (total or 0) > most:
        raise unfetched(address, f"> {most >> 20} MB")
    _room(to, (total or 0) - have)
    known = answer.headers["ETag"] or answer.headers["Last-Modified"]
    if known and not known.startswith("W/"):
        validator_of(to).write_text(known, encoding="ascii")
    with to.open("ab" if have else "wb") as file:
        while block := answer.read(_BLOCK):
            have += len(block)
            if watch.cancelled():
                raise stopped()
            if have > most:
                _forget(to)
                raise unfetched(address, f"> {most >> 20} MB")
            file.write(block)
            watch.on_progress(have, total)
    if total is not None and have != total:
        raise _Cut(f"{have} / {total} bytes")


def _room(to: Path, wanted: int) -> None:
    free = shutil.disk_usage(to.parent).free
    if wanted > free:
        raise no_room(wanted, free)


def validator_of(path: Path) -> Path:
    """Where the validator of a half file lies."""
    return path.with_name(path.name + ".validator")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _keep(path: Path) -> int:
    """How much of the file stays for the next time; a part that nobody can add to is removed."""
    if validator_of(path).exists() and _size(path):
        return _size(path)
    _forget(path)
    return 0


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)
    validator_of(path).unlink(missing_ok=True)


def allowed(address: str) -> None:
    """Raise BadModel unless the address is https, or this very machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname == "127.0.0.1"):
        raise BadModel(
            f"Chỉ tải mô hình qua https, không tải từ {address}. Hãy sửa địa chỉ. Chưa cài gì.",
            f"Models are fetched over https only, not from {address}. Correct the address. Nothing was installed.",
        )


def no_room(wanted: int, free: int) -> BadModel:
    """The disk is too small for what is to be put on it."""
    need, have = -(-wanted >> 20), free >> 20
    return BadModel(
        f"Không đủ chỗ trên đĩa: cần {need} MB, còn {have} MB. Chưa cài gì. Hãy dọn chỗ rồi chạy lại.",
        f"There is not enough room on the disk: {need} MB are needed, {have} MB are left. Nothing was installed. "
        "Make room and run it again.",
    )


def stopped() -> Cancelled:
    """A person stopped the work."""
    return Cancelled("Đã dừng. Chưa cài gì.", "It was stopped. Nothing was installed.")


def unfetched(address: str, why: str, kept: int = 0) -> BadModel:
    """It cannot be had; `kept` bytes stay for the next time."""
    vi = f" Đã giữ {kept >> 20} MB để lần sau tải tiếp." if kept else ""
    en = f" {kept >> 20} MB are kept, and the next time goes on from there." if kept else ""
    return BadModel(
        f"Không tải được {address} ({why}). Chưa cài gì.{vi} Hãy thử lại khi có mạng, hoặc tải tệp zip ở máy khác, "
        "chép sang đây rồi chạy: doithoai model install ĐƯỜNG_DẪN.",
        f"Cannot fetch {address} ({why}). Nothing was installed.{en} Try again with a network, or download the zip "
        "elsewhere, bring it here and run: doithoai model install PATH.",
    )
