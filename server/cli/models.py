"""`model`: recognition models on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from server.cli import environment

app = typer.Typer(help="Mô hình nhận dạng tiếng nói. / Models for speech.", no_args_is_help=True)


@app.command("list")
def listed() -> None:
    """Liệt kê mô hình đã cài và mô hình sẽ dùng. / List what is installed and what would be used."""
    from rich.console import Console
    from rich.table import Table

    from server.rooms.listening import choose_model
    from transcription.models import list_models

    chosen = environment.settings()
    used = choose_model(chosen.models_dir, chosen.model)
    table = Table("Tên", "Ngôn ngữ", "MB", "", title=str(chosen.models_dir))
    for model in list_models(chosen.models_dir):
        mark = "đang dùng / in use" if used and model.path == used.path else ""
        table.add_row(model.name, model.language or "?", f"{model.size / 1e6:.0f}", mark)
    Console().print(table)
    if used is None:
        typer.echo("Chưa có mô hình. Cài tiếng Việt / none yet; for Vietnamese: doithoai model install vi")


@app.command("install")
def install(
    what: Annotated[str, typer.Argument(help="vi, vi-small, ko, hoặc đường dẫn tới tệp zip hay thư mục. / Or a path.")],
    sha256: Annotated[str | None, typer.Option(help="Mã kiểm tra phải đúng của tệp. / The archive's checksum.")] = None,
) -> None:
    """Cài một mô hình: kiểm tra đủ tệp rồi mới đưa vào chỗ. / Install a model, verified before it is put in place."""
    from rich.progress import DownloadColumn, Progress, TransferSpeedColumn

    from transcription.model_install import Wish
    from transcription.model_install import install as put

    chosen = environment.settings()
    with Progress(*Progress.get_default_columns(), DownloadColumn(), TransferSpeedColumn()) as progress:
        task = progress.add_task(what, total=None)
        wish = Wish(
            base_address=chosen.models_address or None,
            sha256=sha256,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
        installed = put(what, chosen.models_dir, wish)
    typer.echo(f"Đã cài / installed: {installed.model.name} ({installed.model.path})")
    if installed.sha256:
        typer.echo(f"SHA-256: {installed.sha256}")


@app.command("verify")
def verify(
    path: Annotated[Path | None, typer.Argument(help="Thư mục mô hình; không ghi thì mọi mô hình đã cài.")] = None,
) -> None:
    """Kiểm tra mô hình có đủ tệp. / Check that a model, or every one, is complete."""
    from transcription.models import Model
    from transcription.models import verify as look

    models_dir = environment.settings().models_dir
    inside = sorted(one for one in models_dir.iterdir() if one.is_dir()) if models_dir.is_dir() else []
    found = [look(one) for one in ([path] if path else inside)]
    for one in found:
        typer.echo(f"OK {one.name} [{one.language or '?'}] {one.path}" if isinstance(one, Model) else str(one))
    if not found or not all(isinstance(one, Model) for one in found):
        raise typer.Exit(1)
