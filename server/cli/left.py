"""Sound that outlives a `capture`.

What an earlier one could not send goes before anything new of the same source, as the capture page does it
(web/static/js/sound/left.js); what this one could not is put by in a file.
"""

import time
from collections import deque
from pathlib import Path

import typer

from server.cli.keeper import Keeper
from server.cli.keeping import Kept, Label, left_behind
from server.cli.outgoing import Outgoing
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.wav import wav_header


def left_of(root: Path, door: str) -> list[Outgoing]:
    """Lines to this door that no living process owns, the oldest first; each is told of. Calls wait for the disk."""
    try:
        found = [_again(root, kept, label) for kept, label in left_behind(root, door)]
    except OSError as why:
        typer.echo(
            f"Không đọc được tiếng chưa gửi ở {root} ({why.strerror}); tệp ở đó vẫn còn nguyên.\n"
            f"Sound that was not sent cannot be read in {root} ({why.strerror}); the files there stay as they are.",
            err=True,
        )
        return []
    return [outgoing for outgoing in found if outgoing is not None]


def put_by(outgoing: Outgoing, name: str) -> bool:
    """What the server does not have becomes a file, to be given on the page of sound. False when none can be made."""
    if outgoing.dropped:
        seconds = outgoing.dropped // 16_000
        typer.echo(
            f"Máy chủ vắng quá lâu: {seconds} giây cũ nhất không giữ được, là khoảng mất tiếng trong bản ghi.\n"
            f"The server was away too long: the oldest {seconds} s could not be kept and are a gap in the recording.",
            err=True,
        )
    if not (pcm := outgoing.left()):
        return True
    path, seconds = Path(f"doithoai-{name}-{time.strftime('%Y%m%d-%H%M%S')}.wav"), len(pcm) // 32_000
    try:
        path.write_bytes(wav_header(len(pcm) // 2) + pcm)
    except OSError as why:
        held = outgoing.keeper is not None and not outgoing.keeper.failed
        typer.echo(_not_put_by(path, why, seconds, held=held), err=True)
        return False
    typer.echo(
        f"{seconds} giây chưa gửi được nằm ở {path}: hãy đưa tệp này vào nguồn ấy ở trang Âm thanh.\n"
        f"{seconds} s that were not sent lie in {path}: give that file to the source on the page of sound.",
        err=True,
    )
    return True


def _not_put_by(path: Path, why: OSError, seconds: int, *, held: bool) -> str:
    if held:
        return (
            f"Không ghi được {path} ({why.strerror}). {seconds} giây chưa gửi vẫn nằm trên đĩa, ở thư mục dữ liệu: "
            "chạy lại lệnh này để gửi.\n"
            f"{path} cannot be written ({why.strerror}). The {seconds} s that were not sent stay in the data folder: "
            "start this command again to send them."
        )
    return (
        f"Không ghi được {path} ({why.strerror}): {seconds} giây chưa gửi không giữ lại được.\n"
        f"{path} cannot be written ({why.strerror}): the {seconds} s that were not sent are lost."
    )


def _again(root: Path, kept: Kept, label: Label) -> Outgoing | None:
    pieces, heard_ms = kept.pieces()
    if not pieces:
        kept.remove()
        kept.close()
        return None
    end = pieces[-1][0] + len(pieces[-1][1]) // SAMPLE_BYTES
    seconds = (end - pieces[0][0]) // SAMPLE_RATE
    when = time.strftime("%H:%M:%S %d/%m", time.localtime(heard_ms / 1000))
    typer.echo(
        f"Còn {seconds} giây thu đến {when} chưa gửi được: gửi trước, rồi đến tiếng mới.\n"
        f"{seconds} s recorded until {when} were not sent yet: they go first, and then what is new.",
        err=True,
    )
    heard = end, time.monotonic() - max(0.0, time.time() - heard_ms / 1000)
    keeper = Keeper(root, label, kept)
    return Outgoing(deque(pieces), end, label.base, heard=heard, line=label.line, ended=True, keeper=keeper)
