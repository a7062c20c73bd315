"""Fetching one large file because a person asked for it: over https, measured, checked, cancellable."""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit

from transcription.problems import BadModel, Cancelled

Progress = Callable[[int, int | None], None]
"""Told the bytes done and, when it is known, of how many."""

TIMEOUT = 30
"""Seconds without a byte after which the other side is given up."""

_BLOCK = 1 << 18


class _SecureRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> urllib.request.Request | None:
        try:
            _allowed(newurl)
        except BadModel:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # as it came


def fetch(address: str, to: Path, most: int, on_progress: Progress, cancelled: Callable[[], bool]) -> str:
    """Write what lies at this address to a file; its SHA-256 is the answer. At most `most` bytes.

    Raises BadModel when it cannot be had or is cut short, Cancelled when a person stopped it.
    """
    _allowed(address)
    digest = hashlib.sha256()
    done = 0
    try:
        opener = urllib.request.build_opener(_SecureRedirects)
        with opener.open(address, timeout=TIMEOUT) as answer, to.open("wb") as file:
            length = answer.headers["Content-Length"]
            total = int(length) if length else None
            while block := answer.read(_BLOCK):
                done += len(block)
                if cancelled():
                    raise Cancelled("Đã dừng tải. Chưa cài gì.", "The download was stopped. Nothing was installed.")
                if done > most:
                    raise _unfetched(address, f"> {most >> 20} MB")
                digest.update(block)
                file.write(block)
                on_progress(done, total)
    except (OSError, HTTPException, ValueError) as why:
        if isinstance(why, HTTPError):
            why.close()  # it is the answer itself, with its connection
        raise _unfetched(address, str(why)) from why
    if total is not None and done != total:
        raise _unfetched(address, f"{done} / {total} bytes")
    return digest.hexdigest()


def _allowed(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname == "127.0.0.1"):
        raise BadModel(
            f"Chỉ tải mô hình qua https, không tải từ {address}. Hãy sửa địa chỉ. Chưa cài gì.",
            f"Models are fetched over https only, not from {address}. Correct the address. Nothing was installed.",
        )


def _unfetched(address: str, why: str) -> BadModel:
    return BadModel(
        f"Không tải được {address} ({why}). Chưa cài gì. Hãy tải tệp zip ở máy khác, chép sang đây rồi chạy: "
        "doithoai model install ĐƯỜNG_DẪN.",
        f"Cannot fetch {address} ({why}). Nothing was installed. Download the zip elsewhere, bring it here and run: "
        "doithoai model install PATH.",
    )
