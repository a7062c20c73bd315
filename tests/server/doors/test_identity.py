"""Signing in: right, wrong and unknown; how often; and that nobody learns which logins exist."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from server.doors import identity
from server.doors.identity import (
    LONGEST_WORDS,
    NotSignedIn,
    SignedIn,
    SignIn,
    hash_password,
    over_long,
    plain_login,
    unfit,
)
from server.doors.limits import SIGN_IN_ADDRESS, SIGN_IN_LOGIN, Limits
from server.store.database import Database
from server.store.people import People

pytestmark = pytest.mark.anyio

AT = datetime(2026, 3, 12, 0, 30, tzinfo=UTC)
PASSWORD = "mật khẩu của Bình"


@pytest.fixture(autouse=True)
def quarter_of_an_hour(monkeypatch):
    """Tries are counted by quarters of an hour on the clock: none ends in the middle of a test."""
    for clock in ("time.time", "server.doors.limits.time"):
        monkeypatch.setattr(clock, AT.timestamp)


@pytest.fixture(scope="module")
async def hashed() -> str:
    """Made once: it is meant to take its time."""
    return await hash_password(PASSWORD)


@pytest.fixture
async def people(database: Database, hashed: str) -> People:
    people = People(database)
    await people.add_staff("binh", "Trần Bình", hashed, frozenset({"moderator"}), AT)
    return people


@pytest.fixture
def door(people: People) -> SignIn:
    return SignIn(people, Limits(), timedelta(hours=12))


@pytest.mark.parametrize("login", ["binh", " Binh ", "BINH\u200b"])
async def test_a_right_password_opens(door, people, login):
    result = await door.try_password(login, PASSWORD, "10.0.0.1")
    assert isinstance(result, SignedIn)
    person = await people.session(result.token, datetime.now(UTC))
    assert person is not None
    assert person.login == "binh"


@pytest.mark.parametrize(
    "login, password",
    [
        ("binh", "mat khau cua Binh"),
        ("binh", PASSWORD + " "),
        ("binh", ""),
        ("binh", "x" * 100_000),
        ("binh", "\ud800"),
        ("an", PASSWORD),
        ("", ""),
        ("binh' or 1=1 --", PASSWORD),
    ],
)
async def test_anything_else_does_not_and_says_no_more(door, login, password):
    assert await door.try_password(login, password, "10.0.0.1") == NotSignedIn()


async def test_an_unknown_login_costs_the_same_check(door, monkeypatch):
    checked: list[str] = []
    check: Callable[[str, str], bool] = identity._matches

    def counted(password_hash: str, password: str) -> bool:
        checked.append(password_hash.rsplit("$", 2)[0])
        return check(password_hash, password)

    monkeypatch.setattr(identity, "_matches", counted)
    await door.try_password("binh", "wrong", "10.0.0.1")
    await door.try_password("nobody", "wrong", "10.0.0.1")
    assert checked == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


async def test_a_locked_out_person_is_as_unknown(door, people):
    await people.disable("binh", AT)
    assert await door.try_password("binh", PASSWORD, "10.0.0.1") == NotSignedIn()


async def test_guessing_one_login_is_stopped_from_everywhere(door):
    for number in range(SIGN_IN_LOGIN.amount):
        assert await door.try_password("an", "wrong", f"10.0.0.{number}") == NotSignedIn()
    result = await door.try_password("an", "wrong", "10.0.1.1")
    assert isinstance(result, NotSignedIn)
    assert 0 < result.wait <= SIGN_IN_LOGIN.get_expiry()
    assert isinstance(await door.try_password("binh", PASSWORD, "10.0.1.1"), SignedIn)


async def test_guessing_many_logins_is_stopped_by_address(people):
    limits = Limits()
    door = SignIn(people, limits, timedelta(hours=12))
    while not limits.wait(SIGN_IN_ADDRESS, "10.0.0.1"):
        pass
    stopped = await door.try_password("binh", PASSWORD, "10.0.0.1")
    assert isinstance(stopped, NotSignedIn)
    assert stopped.wait > 0
    assert isinstance(await door.try_password("binh", PASSWORD, "10.0.0.2"), SignedIn)


async def test_slips_are_forgotten_after_the_right_password(door):
    for _ in range(2):
        for _ in range(SIGN_IN_LOGIN.amount - 1):
            await door.try_password("binh", "wrong", "10.0.0.1")
        assert isinstance(await door.try_password("binh", PASSWORD, "10.0.0.1"), SignedIn)


async def test_an_older_hash_is_made_anew(door, people):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await people.set_password("binh", weak, AT)
    assert isinstance(await door.try_password("binh", PASSWORD, "10.0.0.1"), SignedIn)
    found = await people.credentials("binh")
    assert found is not None
    assert "m=19456" in found[1]


async def test_a_login_has_one_spelling():
    assert plain_login(" Bi\u0300nh\n") == "bình"


async def test_an_overlong_login_is_nobodys_and_is_not_cut_to_somebodys(door, people):
    assert plain_login("x" * 500) == "x" * 500
    for login in ("binh" + "x" * 500, "x" * LONGEST_WORDS["login"] + "y"):
        assert isinstance(await door.try_password(login, PASSWORD, "10.0.0.1"), NotSignedIn)


@pytest.mark.parametrize("name, most", LONGEST_WORDS.items())
def test_the_words_of_an_account_are_judged_by_their_own_length(name, most):
    assert over_long(**{name: "ệ" * most}) is None
    assert over_long(**{name: "ệ" * (most + 1)}) == name


@pytest.mark.parametrize("password, fits", [("x" * 9, False), ("x" * 10, True), ("x" * 200, True), ("x" * 201, False)])
async def test_a_password_has_a_fit_length(password, fits):
    assert (unfit(password) is None) is fits
