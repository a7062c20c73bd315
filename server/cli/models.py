"""`model`: recognition models on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from server.cli import environment, model_bench

app = typer.Typer(help="Mô hình nhận dạng tiếng nói. / Models for speech.", no_args_is_help=True)
app.command("bench")(model_bench.bench)


@app.command("list")
def listed() -> None:
    """Liệt kê mô hình đã cài, mô hình sẽ dùng, và mô hình có thể cài. / What is installed, used, and to be had."""
    from rich.console import Console
    from rich.table import Table

    from server.rooms.model_choice import choose_model
    from transcription.catalogue import OFFERS
    from transcription.models import Model, list_models
    from transcription.problems import BadModel

    chosen = environment.settings()
    used = choose_model(chosen.models_dir, chosen.model)
    table = Table("Tên", "Ngôn ngữ", "MB", "", title=str(chosen.models_dir))
    for model in list_models(chosen.models_dir):
        mark = "đang dùng / in use" if isinstance(used, Model) and model.path == used.path else ""
        table.add_row(model.name, model.language or "?", f"{model.size / 1e6:.0f}", mark)
    offers = Table("Tên ngắn", "Tên", "Ngôn ngữ", "MB", "Giấy phép", "Nguồn", title="Có thể cài / to be had")
    for offer in OFFERS.values():
        offers.add_row(offer.short, offer.name, offer.language, f"~{offer.megabytes}", offer.licence, offer.source)
    console = Console()
    console.print(table)
    console.print(offers)
    if isinstance(used, BadModel):
        typer.echo(str(used))
    if used is None:
        typer.echo("Chưa có mô hình. Cài tiếng Việt / none yet; for Vietnamese: doithoai model install vi")


@app.command("install")
def install(
    what: Annotated[
        str,
        typer.Argument(help="Tên ngắn (vi, ko...), địa chỉ https, hoặc đường dẫn. / Or an address, a path."),
    ],
    sha256: Annotated[str | None, typer.Option(help="Mã kiểm tra phải đúng của tệp. / The archive's checksum.")] = None,
) -> None:
    """Cài một mô hình: kiểm tra đủ tệp rồi mới đưa vào chỗ. / Install a model, verified before it is put in place."""
    from rich.progress import DownloadColumn, Progress, TransferSpeedColumn

    from transcription.fetching import stopped
    from transcription.model_install import Wish
    from transcription.model_install import install as put

    chosen = environment.settings()
    columns = (*Progress.get_default_columns(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task(what, total=None)
        wish = Wish(
            base_address=chosen.models_address or None,
            sha256=sha256,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
        try:
            installed = put(what, chosen.models_dir, wish)
        except KeyboardInterrupt as why:  # everything half was in hidden places, and has been cleared on the way here
            raise stopped() from why
    typer.echo(f"Đã cài / installed: {installed.model.name} ({installed.model.path})")
    if installed.sha256:
        typer.echo(f"SHA-256: {installed.sha256}")


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="Tên trong `model list`. / A name of `model list`.")]) -> None:
    """Xóa một mô hình đã cài. / Remove an installed model; a server that uses it keeps it until it is stopped."""
    from server.rooms.model_choice import choose_model
    from transcription.model_install import remove as take_away
    from transcription.models import Model
    from transcription.problems import BadModel

    chosen = environment.settings()
    gone = take_away(name, chosen.models_dir)
    used = choose_model(chosen.models_dir, chosen.model)
    typer.echo(f"Đã xóa / removed: {gone}")
    typer.echo(f"Từ nay dùng / used from now on: {used.name if isinstance(used, Model) else '-'}")
    if isinstance(used, BadModel):
        typer.echo(str(used))


@app.command("verify")
def verify(
    path: Annotated[Path | None, typer.Argument(help="Thư mục mô hình; không ghi thì mọi mô hình đã cài.")] = None,
) -> None:
    """Kiểm tra mô hình đủ tệp và còn như khi cài. / Check that models are complete and as they were installed."""
    from transcription.models import Model
    from transcription.models import verify as look

    models_dir = environment.settings().models_dir
    inside = sorted(one for one in models_dir.iterdir() if one.is_dir()) if models_dir.is_dir() else []
    found = [look(one) for one in ([path] if path else inside) if path or not one.name.startswith(".")]
    told = [
        _looked(one.path, f"{one.name} [{one.language or '?'}]") if isinstance(one, Model) else (False, str(one))
        for one in found
    ]
    for _, words in told:
        typer.echo(words)
    if not told or not all(well for well, _ in told):
        raise typer.Exit(1)


def _looked(path: Path, name: str) -> tuple[bool, str]:
    """Whether a complete model's files are the ones that were installed, in words."""
    from transcription.digests import changed

    differ = changed(path)
    if differ is None:
        return True, f"OK {name} {path} (không có mã kiểm tra khi cài / no checksums from its installation)"
    if differ:
        vi = f"{path}: đã khác khi cài: {', '.join(differ)}. Hãy xóa và cài lại mô hình."
        return False, f"{vi} / Not as installed: {', '.join(differ)}. Remove and install the model again."
    return True, f"OK {name} {path} (SHA-256)"
