"""Passwords: hashed with Argon2id in a thread, checked in the same time whether or not the login exists."""

import asyncio
import base64
import hmac
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from live.texts import clean
from server import clock
from server.doors.limits import SIGN_IN_ADDRESS, SIGN_IN_LOGIN, Limits
from server.store.people import People

SHORTEST = 10
"""Characters of a password. OWASP asks for 8 with a second factor and more without one."""
LONGEST = 200
"""Beyond this nobody types; hashing a megabyte would be a way to keep the server busy."""
LONGEST_WORDS = {"login": 80, "name": 80, "agency": 300}
"""Characters of what an account is called by; a name and an agency as long as in a dialogue."""

# OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, 2 passes, 1 lane; about 0.07 s.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)
# Two at a time: a flood of tries may queue up, but never takes the machine's memory or the threads of others.
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="passwords")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The token of a fresh session."""

    token: str


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Wrong login or password (which one is not said), or too many tries: then `wait` is in seconds."""

    wait: float = 0.0


class SignIn:
    """The door of the staff."""

    def __init__(self, people: People, limits: Limits, lasts: timedelta) -> None:
        self._people = people
        self._limits = limits
        self._lasts = lasts

    async def try_password(
        self, login: str, password: str, address: str, *, known_device: bool = False
    ) -> SignedIn | NotSignedIn:
        """Begin a session for a right password.

        Tries from a device that has signed in with this login before are counted apart: a stranger's wrong tries must
        not keep its owner out (OWASP, slow down guessing with device cookies).
        """
        login = plain_login(login)
        if len(login) > LONGEST_WORDS["login"]:
            return NotSignedIn()  # nobody has such a one, and none is cut to fit
        counted = f"{login} known" if known_device else login
        wait = 0.0 if known_device else self._limits.wait(SIGN_IN_ADDRESS, address)
        if wait := wait or self._limits.wait(SIGN_IN_LOGIN, counted):
            return NotSignedIn(wait)
        found = await self._people.credentials(login)
        nobody = await asyncio.get_running_loop().run_in_executor(_THREADS, _nobody)
        right = await matches(found[1] if found else nobody, password)
        if found is None or not right:
            return NotSignedIn()
        person, password_hash = found
        self._limits.forget(SIGN_IN_LOGIN, counted)
        if _HASHER.check_needs_rehash(password_hash):
            await self._people.rehash(person.id, await hash_password(password))
        return SignedIn(await self._people.begin_session(person.id, clock.now(), self._lasts))


def device_mark(form_secret: str, login: str) -> str:
    """What a device keeps that has signed in with this login: 43 letters that nobody else can make."""
    mark = hmac.digest(form_secret.encode(), f"known device {plain_login(login)}".encode(), "sha256")
    return base64.urlsafe_b64encode(mark).rstrip(b"=").decode()


def plain_login(login: str) -> str:
    """The login as it is kept: one spelling, whatever the keyboard did to case and marks."""
    return clean(login).lower()


def over_long(**said: str) -> str | None:
    """The first of these cleaned words of an account that is too long, by its name in `LONGEST_WORDS`."""
    return next((name for name, text in said.items() if len(text) > LONGEST_WORDS[name]), None)


def unfit(password: str) -> str | None:
    """Why a password cannot be taken, in both languages; None when it can."""
    if SHORTEST <= len(password) <= LONGEST:
        return None
    return f"Mật khẩu cần từ {SHORTEST} đến {LONGEST} ký tự. / A password needs {SHORTEST} to {LONGEST} characters."


@cache
def _nobody() -> str:
    """Compared with when nobody has the login, so that the answer takes as long. Nobody knows its password."""
    return _HASHER.hash(clock.secret())


async def hash_password(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def matches(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed. An overlong one never is."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_THREADS, _matches, password_hash, password[: LONGEST + 1])


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
