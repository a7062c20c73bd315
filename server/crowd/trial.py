"""A dialogue and an account of the crowd's own, made through the operator's door and left marked as invented."""

import secrets
from pathlib import Path

from server import clock
from server.doors.identity import hash_password
from server.doors.operator import PeopleThere, people_there
from server.store.people import LoginTaken

LOGIN = "thu-tai"
NAME = "Người thử tải"


class NoGround(Exception):
    """No dialogue of one's own can be made here; the text says why and what to do instead."""


async def make_ground(data_dir: Path, moderators: int) -> tuple[str, list[tuple[str, str]]]:
    """The code of a fresh draft, and so many accounts as (login, password), at least one.

    Raises NoGround, and OSError when no server runs on this directory.
    """
    async with people_there(data_dir) as people:
        accounts = [(f"{LOGIN}-{index}", secrets.token_urlsafe(12)) for index in range(1, max(1, moderators) + 1)]
        for login, password in accounts:
            await _unlocked(people, login, password)
        return await people.make_trial(accounts[0][0], clock.now()), accounts


async def lock_accounts(data_dir: Path) -> None:
    """Lock every account that a crowd has here; after a restart of the server too. Raises OSError when it is gone."""
    async with people_there(data_dir) as people:
        for person in await people.all_staff():
            if person.name == NAME and person.login.startswith(LOGIN) and person.disabled_at is None:
                await people.disable(person.login, clock.now())


async def _unlocked(people: PeopleThere, login: str, password: str) -> None:
    """Make the account, or open the one that an earlier crowd has left locked."""
    hashed = await hash_password(password)
    try:
        await people.add_staff(login, NAME, hashed, frozenset({"moderator"}), clock.now())
    except LoginTaken:
        (known,) = [one for one in await people.all_staff() if one.login == login]
        if known.name != NAME:
            raise NoGround(
                f"Tên đăng nhập {login} là của {known.name}; hãy dùng --code và --login. / "
                f"The login {login} belongs to {known.name}; use --code and --login."
            ) from None
        await people.set_password(login, hashed, clock.now())
        await people.enable(login, clock.now())
