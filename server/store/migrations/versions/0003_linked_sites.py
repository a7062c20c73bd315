"""At which linked site a phone joined."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seats", sa.Column("site", sa.Integer(), server_default="0", nullable=False))
