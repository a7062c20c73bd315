"""`cards`: numbered paper cards with their codes, as a PDF to print and cut."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from server import keys
from server.cli import environment
from server.cli.whole import whole

if TYPE_CHECKING:
    from server.rooms.paper import Sheet
    from server.settings import Settings


def cards(
    code: Annotated[str, typer.Argument(help="Mã phiên. / Code of the dialogue.")],
    output: Annotated[Path, typer.Option(help="Tệp PDF sẽ tạo. / The PDF to write.")],
    count: Annotated[int, typer.Option(min=1, max=200, help="Số phiếu mới. / New cards.")] = 8,
    site: Annotated[str, typer.Option(help="Điểm cầu phát phiếu. / The site that gives them out.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="In lại mọi phiếu chưa nhập, không lấy số mới. / Those not typed in yet.")
    ] = False,
) -> None:
    """In phiếu hỏi có số và mã QR, cả khi máy chủ đang chạy. / Numbered cards with QR, also beside a running server."""
    from server.documents.cards_pdf import cards_pdf

    chosen = environment.settings()
    with whole(output, over=False) as file:
        sheet = asyncio.run(_sheet(chosen, code, 0 if again else count, site))
        if sheet is None:
            _stop(f"Không có phiên {code}. / There is no dialogue {code}.")
        if not sheet.cards:
            _stop(sheet.refused or "Không có phiếu nào để in. / There is no card to print.")
        file.write(cards_pdf(sheet.cards, sheet.title, demo=sheet.demo))
    typer.echo(f"{output}: {len(sheet.cards)} phiếu / cards, {sheet.cards[0].number}-{sheet.cards[-1].number}")
    if sheet.refused:
        _stop(sheet.refused)


async def _sheet(chosen: "Settings", code: str, count: int, site: str) -> "Sheet | None":
    """On the database; or, while a server runs on it, through that server's door."""
    from server.doors.operator import people_there
    from server.rooms.paper import sheet
    from server.rooms.render import Render
    from server.rooms.rooms import Rooms
    from server.store.journal import Journal
    from server.store.problems import AlreadyOpen

    try:
        async with environment.database(chosen) as database:
            rooms = Rooms(Journal(database, keys.signing_key(chosen)), Render())
            try:
                return await sheet(rooms, code, count, site, chosen.public_url)
            finally:
                await rooms.close()
    except AlreadyOpen as taken:
        try:
            async with people_there(chosen.data_dir) as there:
                return await there.print_cards(code, count, site, chosen.public_url)
        except OSError:
            raise taken from None


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
