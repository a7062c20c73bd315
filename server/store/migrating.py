"""Bringing the tables to this program's version; of several that start at once, one does it and the rest wait."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

ONE_AT_A_TIME = 0x446F69_54686F61
"""The advisory lock of PostgreSQL that whoever migrates holds until the commit: "Doi Thoa" in ASCII."""


def upgrade(connection: Connection) -> None:
    """Run what is missing, in the open transaction. Raises alembic's CommandError for tables of a newer version."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # another one may take its time
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """What Alembic needs to work on an open connection; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
