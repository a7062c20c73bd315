"""`verify` and `export`: what an auditor asks of a journal."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server import keys
from server.cli import environment
from server.cli.whole import whole

if TYPE_CHECKING:
    from server.settings import Settings
    from server.store.database import Database
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
    public: Annotated[bool, typer.Option("--public", help="Chỉ phần công khai. / Public parts only.")] = False,
    journal: Annotated[
        bool, typer.Option("--journal", help="Nhật ký, mỗi mục một dòng. / The journal, an entry a line.")
    ] = False,
    output: Annotated[Path | None, typer.Option(help="Tệp kết quả; không ghi thì in ra. / Otherwise printed.")] = None,
) -> None:
    """Xuất một phiên ra JSON; không có --public thì gồm cả nội dung riêng tư. / Write a dialogue as JSON.

    Without --public it holds personal texts: for the archive of the organiser only.
    """
    if public and journal:
        raise typer.BadParameter("nhật ký có nội dung riêng tư / it holds personal texts", param_hint="--public")
    content = asyncio.run(_exported(environment.settings(), code, public=public, journal=journal))
    if content is None:
        typer.echo(f"Không có phiên {code}. / There is no dialogue {code}.", err=True)
        raise typer.Exit(1)
    if output is None:
        typer.echo(content, nl=False)
    else:
        with whole(output, mode=0o600) as file:
            file.write(content)


async def _exported(chosen: "Settings", code: str, *, public: bool, journal: bool) -> bytes | None:
    from live.dialogue import replay
    from server.documents.export import export_json
    from server.store import reading
    from server.store.database import Database

    database = Database(chosen.database_url, read_only=True)
    try:
        stream = await database.read(lambda connection: reading.stream(connection, code))
        if stream is None:
            return None
        if journal:
            return _stamp(demo=stream.demo) + await _journal(database, stream.id)
        entries = await database.read(lambda connection: reading.entries(connection, stream.id, 0))
        return export_json(replay(entries), public=public, demo=stream.demo)
    finally:
        await database.close()


def _stamp(*, demo: bool) -> bytes:
    """A line before the entries of an invented dialogue; nothing else has one."""
    from server.documents import DEMO

    return (json.dumps({"stamp": DEMO}, ensure_ascii=False) + "\n").encode() if demo else b""


async def _journal(database: "Database", stream_id: int) -> bytes:
    """Each entry as it lies on disk, with the texts that its digests stand for (null when erased)."""
    from server.store import reading
    from server.store.codec import digests

    rows = await database.read(lambda connection: reading.stored(connection, stream_id))
    cited = [digest for row in rows for digest in digests(row.body)]
    texts = await database.read(lambda connection: reading.texts(connection, stream_id, cited))
    lines = []
    for row in rows:
        entry = {"n": row.n, "at": row.at.isoformat(), "seat": row.seat, "kind": row.kind, "body": json.loads(row.body)}
        sealed = {digest.hex(): texts.get(digest) for digest in digests(row.body)}
        lines.append(json.dumps(entry | {"texts": sealed}, ensure_ascii=False) + "\n")
    return "".join(lines).encode()
