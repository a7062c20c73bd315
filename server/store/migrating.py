"""Bringing the tables to this program's version; of several that start at once, one does it and the rest wait.

Most starts find the tables as they should be. Alembic is then not even loaded: after a crash a server must be back in
two seconds, and it costs half of one and 25 MB for as long as the server runs.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from server.store.problems import SchemaUnknown

if TYPE_CHECKING:
    from alembic.config import Config

ONE_AT_A_TIME = 0x446F69_54686F61
"""The advisory lock of PostgreSQL that whoever migrates holds until the commit: "Doi Thoa" in ASCII."""
_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run what is missing, in the open transaction. Raises SchemaUnknown for tables of a newer version."""
    if _up_to_date(connection):
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # another one may take its time
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError as problem:
        raise SchemaUnknown(
            "Cơ sở dữ liệu do phiên bản mới hơn ghi; chưa có gì thay đổi, hãy cài phiên bản đó. / "
            f"The database was written by a newer version; nothing was changed. Install that one. ({problem})"
        ) from None


def _up_to_date(connection: Connection) -> bool:
    """Whether the last migration of this program is the last that the tables have seen."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    newest = max(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [newest]


def alembic_config(connection: Connection) -> "Config":
    """What Alembic needs to work on an open connection; there is no alembic.ini."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # Its default is the one of the moment when Alembic was first loaded.
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config
