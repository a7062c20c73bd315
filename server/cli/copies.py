"""`backup` and `restore`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from server.cli import environment


def backup(target: Annotated[Path, typer.Argument(help="Tệp mới sẽ tạo. / The new file.")]) -> None:
    """Sao lưu cơ sở dữ liệu, cả khi máy chủ đang chạy. / Copy the database, also while the server runs."""
    from server.store.backup import backup_file

    chosen = environment.settings()
    size = backup_file(chosen.database_url, target)
    typer.echo(f"Đã sao lưu / copied: {target} ({size / 1e6:.1f} MB).")
    typer.echo(
        f"Hãy cất riêng khóa ký {chosen.signing_key} và thư mục {chosen.data_dir / 'sound'}. / "
        "Keep the signing key and the sound directory apart as well."
    )


def restore(
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Tệp sao lưu. / A backup.")],
) -> None:
    """Phục hồi từ bản sao lưu; dữ liệu hiện có được giữ bên cạnh. / Restore; what is there is kept beside it."""
    from server.store.backup import restore as put_back

    chosen = environment.settings()
    chosen.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    codes = asyncio.run(put_back(source, chosen.database_url))
    typer.echo(f"Đã phục hồi {len(codes)} phiên / restored: {', '.join(codes)}")
