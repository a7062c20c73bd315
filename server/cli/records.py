"""`verify` and `export`: what an auditor asks of a journal."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server import keys
from server.cli import environment

if TYPE_CHECKING:
    from server.settings import Settings
    from server.store.verifying import Verdict


def verify() -> None:
    """Kiểm tra mọi phiên: không mục nào bị sửa, thêm, bớt. / Check that no entry was changed, added or removed."""
    verdicts = asyncio.run(_verdicts(environment.settings()))
    for verdict in verdicts:
        typer.echo(f"{verdict.code}  {verdict.n}  {verdict.root.hex()}")
        if verdict.flaw:
            typer.echo(f"  SAI / WRONG: {verdict.flaw.n}: {verdict.flaw.what}", err=True)
    if any(verdict.flaw for verdict in verdicts):
        raise typer.Exit(1)
    typer.echo(f"Đúng cả {len(verdicts)} phiên. / All {len(verdicts)} dialogues are as they were written.")


async def _verdicts(chosen: "Settings") -> "list[Verdict]":
    from server.store.database import Database
    from server.store.verifying import verify as check

    public_key = keys.signing_key(chosen).public_key()
    database = Database(chosen.database_url, read_only=True)
    try:
        return await database.read(lambda connection: check(connection, public_key))
    finally:
        await database.close()


def export(
    code: Annotated[str, typer.Argument(help="Mã phiên. / Code of the dialogue.")],
    output: Annotated[Path | None, typer.Option(help="Tệp kết quả; không ghi thì in ra. / Otherwise printed.")] = None,
) -> None:
    """Xuất toàn bộ nhật ký một phiên, mỗi mục một dòng JSON. / Write a dialogue's whole journal, a JSON line an entry.

    Có cả nội dung riêng tư: chỉ dành cho cơ quan tổ chức. / It holds personal texts: for the organiser only.
    """
    lines = asyncio.run(_lines(environment.settings(), code))
    if lines is None:
        typer.echo(f"Không có phiên {code}. / There is no dialogue {code}.", err=True)
        raise typer.Exit(1)
    text = "".join(f"{line}\n" for line in lines)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.touch(mode=0o600)
        output.write_text(text, encoding="utf-8")


async def _lines(chosen: "Settings", code: str) -> list[str] | None:
    """Each entry as it lies on disk, with the texts that its digests stand for (null when erased)."""
    from server.store import reading
    from server.store.codec import digests
    from server.store.database import Database

    database = Database(chosen.database_url, read_only=True)
    try:
        stream = await database.read(lambda connection: reading.stream(connection, code))
        if stream is None:
            return None
        rows = await database.read(lambda connection: reading.stored(connection, stream.id))
        cited = [digest for row in rows for digest in digests(row.body)]
        texts = await database.read(lambda connection: reading.texts(connection, stream.id, cited))
    finally:
        await database.close()
    lines = []
    for row in rows:
        entry = {"n": row.n, "at": row.at.isoformat(), "seat": row.seat, "kind": row.kind, "body": json.loads(row.body)}
        sealed = {digest.hex(): texts.get(digest) for digest in digests(row.body)}
        lines.append(json.dumps(entry | {"texts": sealed}, ensure_ascii=False))
    return lines
