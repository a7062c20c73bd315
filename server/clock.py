"""The only clock and the only dice. "Now" is taken once at the door and passed in; so is everything random."""

import secrets
from datetime import UTC, datetime

# Crockford's base 32: no I, L, O or U, so that a code read aloud or from paper is typed in right.
_SPOKEN = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def token() -> str:
    """40 random bits as ABCD-EFGH: a receipt, read aloud or copied from paper. The limits hold off guessing."""
    bits = secrets.randbits(40)
    letters = "".join([_SPOKEN[bits >> shift & 31] for shift in range(0, 40, 5)])
    return f"{letters[:4]}-{letters[4:]}"


def password() -> str:
    """80 random bits as abcd-efgh-jkmn-pqrs: read off a screen or a slip of paper and typed in at a desk."""
    return f"{token()}-{token()}".lower()


def secret() -> str:
    """256 random bits as 43 letters that are safe in a cookie or an address."""
    return secrets.token_urlsafe(32)


def epoch() -> str:
    """128 random bits as 22 letters: the name of one life of a journal."""
    return secrets.token_urlsafe(16)


def salt() -> bytes:
    """128 random bits that keep a digest of a short text from being guessed."""
    return secrets.token_bytes(16)


def dialogue_code() -> str:
    """Some 29 random bits as six letters, for a poster: no 0, 1, I, L, O or U, so that nobody wonders what to type."""
    return "".join(secrets.choice(_SPOKEN[2:]) for _ in range(6))
