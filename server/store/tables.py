"""Every table. Numbers are dense per dialogue and taken inside the commit, never from a sequence.

The journal proper is `entries`, `sealed_texts` and `heads`; `ops` remembers answers; `supports` and `receipts`, and the
columns of `dialogues` from `state` on, are read tables written in the same transaction as the entries.
"""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text, false

from server.store.moment import Moment

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _dialogue_id() -> Column[int]:
    return Column("dialogue_id", ForeignKey("dialogues.id"), primary_key=True)


dialogues = Table(
    "dialogues",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("epoch", String(40), nullable=False),  # changes when a backup is restored: pages start afresh
    Column("anchor", LargeBinary(32), nullable=False),  # what the chain begins with: of the first epoch, never changes
    Column("n", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("demo", Boolean, nullable=False, server_default=false()),
    Column("state", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("starts_at", Moment),
    Column(
        "supported", Integer, nullable=False, server_default="0"
    ),  # grows when supports are set, which are no entries
)

entries = Table(
    "entries",
    metadata,
    _dialogue_id(),
    Column("n", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("seat", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("leaf", LargeBinary(32), nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
)

sealed_texts = Table(
    "sealed_texts",
    metadata,
    _dialogue_id(),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("salt", LargeBinary(16)),  # erasing empties salt and text together
    Column("text", Text),
)

photos = Table(
    "photos",
    metadata,
    _dialogue_id(),
    Column("digest", LargeBinary(32), primary_key=True),  # SHA-256 of the large one
    Column("large", LargeBinary),  # erasing empties both
    Column("small", LargeBinary),
    Column("at", Moment, nullable=False),
)

ops = Table(
    "ops",
    metadata,
    _dialogue_id(),
    Column("seat", String(80), primary_key=True),
    Column("op", String(80), primary_key=True),
    Column("body_digest", LargeBinary(32), nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

heads = Table(
    "heads",
    metadata,
    _dialogue_id(),
    Column("n", Integer, primary_key=True),
    Column("root", LargeBinary(32), nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
    Column("at", Moment, nullable=False),
)

supports = Table(
    "supports",
    metadata,
    _dialogue_id(),
    Column("question", Integer, primary_key=True),
    Column("seat", String(80), primary_key=True),
    Column("value", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("dialogue_id", ForeignKey("dialogues.id"), nullable=False),
    Column("question", Integer, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("agency", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    Column("endings", Integer, nullable=False, server_default="0"),  # grows when a session of theirs is ended
)

identities = Table(
    "identities",
    metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("name", String(254), nullable=False, unique=True),  # as the identity provider knows this member of staff
    Column("subject", Text, nullable=False),  # issuer and number of whoever came first by that name; "" until then
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_digest", LargeBinary(32), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

seats = Table(
    "seats",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("dialogue_id", ForeignKey("dialogues.id"), nullable=False, index=True),
    Column("token_digest", LargeBinary(32), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("locality", Text, nullable=False),
    Column("publish_name", Boolean, nullable=False),
    Column("contact", Text),
    Column("contact_consent", Boolean, nullable=False),
    Column("recording_consent", Boolean, nullable=False),
    Column("notice_version", String(40), nullable=False),
    Column("site", Integer, nullable=False, server_default="0"),  # the linked site whose code was scanned
    Column("created_at", Moment, nullable=False),
)

gateways = Table(
    "gateways",
    metadata,
    _dialogue_id(),
    Column("secret_digest", LargeBinary(32), nullable=False),
    Column("made_at", Moment, nullable=False),
)

servers = Table(
    "servers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("marks", String(64), nullable=False),  # the same for all who share the database, or they must not
    Column("told", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
)
