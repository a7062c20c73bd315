"""What can go wrong with the disk, each with a sentence that says what happened, what is safe and what to do."""


class NotStored(Exception):
    """Nothing of this was stored: the disk is full, read-only, broken or gone. What was acknowledged before is safe."""


class Moved(Exception):
    """Somebody else wrote to the stream first: read the tail and the answers again, then decide again."""


class Rewritten(Exception):
    """The stream's past is not the one that was known: another copy of the database has taken its place."""


class AlreadyOpen(Exception):
    """Another process writes to the same SQLite file."""


class OtherKeys(Exception):
    """A server on the same database signs with another key or knows another secret."""


class CodeTaken(Exception):
    """A dialogue with this code exists already."""


class SchemaUnknown(Exception):
    """The database was written by a newer version of this program."""


class NotRestorable(Exception):
    """The backup is broken, or there is no place to put it."""
