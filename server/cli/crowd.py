"""`crowd`: a made-up crowd of phones for a running server, to see how an evening feels before there is one."""

import asyncio
import statistics
from collections.abc import AsyncIterator
from random import Random
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from server.cli.crowd_phone import Phone, Tally

_JOIN_AT_ONCE = 8


def crowd(
    url: Annotated[str, typer.Option(help="Địa chỉ máy chủ. / The server.")] = "http://127.0.0.1:8000",
    code: Annotated[str, typer.Option(help="Mã phiên. / The dialogue.")] = "DEMO",
    phones: Annotated[int, typer.Option(min=1, max=20_000, help="Số điện thoại. / How many phones.")] = 100,
    pause: Annotated[float, typer.Option(min=0.5, help="Giây giữa hai việc của một máy. / Between two acts.")] = 20.0,
    seconds: Annotated[float, typer.Option(min=1, help="Chạy bao lâu. / How long.")] = 60.0,
    beyond_loopback: Annotated[
        bool, typer.Option("--beyond-loopback", help="Cho phép máy chủ ở máy khác. / Allow a server elsewhere.")
    ] = False,
) -> None:
    """Đám đông thử: điện thoại thật qua cửa thật, câu hỏi bịa. / A made-up crowd through the real doors."""
    from server.settings import is_loopback

    host = urlsplit(url).hostname or ""
    if not is_loopback(host) and not beyond_loopback:
        typer.echo(
            f"{host} là máy khác; đám đông thử có thể làm nghẽn một phiên thật. Chưa gửi gì. Nếu đúng ý, thêm "
            f"--beyond-loopback. / {host} is another machine, and a crowd may choke a real evening. Nothing was sent. "
            "If you mean it, add --beyond-loopback.",
            err=True,
        )
        raise typer.Exit(1)
    asyncio.run(_run(url.rstrip("/"), code.upper(), phones, pause, seconds))


async def _run(url: str, code: str, phones: int, pause: float, seconds: float) -> None:
    from rich.live import Live

    from server.cli.crowd_phone import CannotJoin, Tally

    tally = Tally()
    tasks: list[asyncio.Task[None]] = []
    with Live(_table(tally, phones), refresh_per_second=4) as shown:
        try:
            async for phone in _seated(url, code, phones, tally):
                tasks.append(asyncio.create_task(phone.live(pause)))
                shown.update(_table(tally, phones))
            for _ in range(int(seconds * 4)):
                await asyncio.sleep(0.25)
                shown.update(_table(tally, phones))
        except CannotJoin as why:
            typer.echo(f"Không vào được phiên {code}: {why}. / Could not join {code}.", err=True)
            raise typer.Exit(1) from None
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    if tally.holes or tally.lost:
        raise typer.Exit(2)


async def _seated(url: str, code: str, phones: int, tally: "Tally") -> "AsyncIterator[Phone]":
    """Phones with a seat, as they get one, a few at a time."""
    from server.cli.crowd_phone import Phone, join

    gate = asyncio.Semaphore(_JOIN_AT_ONCE)

    async def seat(place: int) -> "Phone":
        async with gate:
            cookie = await asyncio.to_thread(join, url, code, place)
        return Phone(url, code, cookie, tally, Random(place))  # noqa: S311 - a crowd that can be repeated, no secret

    for done in asyncio.as_completed([seat(place) for place in range(phones)]):
        yield await done


def _table(tally: "Tally", phones: int) -> "Table":
    from rich.table import Table

    table = Table("", "", title=f"{tally.open} / {phones} điện thoại / phones", show_header=False)
    waits = sorted(tally.waits[-5_000:])
    for name, value in (
        ("đã gửi / sent", tally.asked),
        ("đã nhận / accepted", tally.answered),
        ("từ chối có lý do / refused", tally.refused),
        ("bảo đợi / told to wait", tally.busy),
        ("không có trả lời / unanswered", tally.lost),
        ("lần thay đổi nhận được / changes received", tally.frames),
        ("lỗ hổng / holes", tally.holes),
        ("đứt mạng / cut", tally.cut),
        ("trả lời, trung vị / answer, median", f"{statistics.median(waits) * 1000:.0f} ms" if waits else "–"),
        ("trả lời, p99 / answer, p99", f"{waits[int(len(waits) * 0.99)] * 1000:.0f} ms" if waits else "–"),
    ):
        table.add_row(name, str(value))
    return table
