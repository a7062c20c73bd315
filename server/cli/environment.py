"""The settings as the command line finds them."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import typer

from server.settings import Settings, read, unknown

if TYPE_CHECKING:
    from server.store.database import Database
    from transcription.models import Model


def settings() -> Settings:
    """Settings from the environment; a variable that is none is warned of. Raises BadSetting."""
    for strange in unknown(os.environ):
        typer.echo(strange, err=True)
    return read(os.environ)


def model(chosen: Settings, named: str) -> "Model":
    """The model named, or else the one the server would use. Raises BadModel."""
    from server.rooms.model_choice import choose_model
    from transcription.problems import BadModel

    found = choose_model(chosen.models_dir, named or chosen.model)
    if found is None:
        raise BadModel(
            "Chưa có mô hình nào. Hãy chạy: doithoai model install vi",
            "There is no model yet. Run: doithoai model install vi",
        )
    if isinstance(found, BadModel):
        raise found
    return found


@asynccontextmanager
async def database(chosen: Settings) -> "AsyncIterator[Database]":
    """The database, brought up to date and closed afterwards. Raises AlreadyOpen while a server runs on it."""
    from server.store.database import Database

    chosen.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = Database(chosen.database_url)
    try:
        await opened.migrate()
        yield opened
    finally:
        await opened.close()
