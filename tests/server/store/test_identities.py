"""Names at the identity provider, in both databases."""

from datetime import UTC, datetime

import pytest

from server.store.database import Database
from server.store.identities import Identities, IdentityTaken
from server.store.people import People
from tests.server.both import BOTH

pytestmark = pytest.mark.anyio
AT = datetime(2027, 3, 12, 7, 30, tzinfo=UTC)


async def two(database: Database) -> tuple[Identities, int, int]:
    people = People(database)
    for login in ("an", "binh"):
        await people.add_staff(login, login, "-", frozenset({"clerk"}), AT)
    an, binh = await people.all_staff()
    return Identities(database), an.id, binh.id


@BOTH
async def test_a_name_opens_one_account_and_for_one_person(database: Database):
    identities, an, binh = await two(database)
    assert not await identities.give(an, "an@tinh")
    with pytest.raises(IdentityTaken):
        await identities.give(binh, "an@tinh")
    assert await identities.names() == {an: "an@tinh"}
    assert await identities.settle("an@tinh", "tinh 1")
    assert await identities.settle("an@tinh", "tinh 1")
    assert not await identities.settle("an@tinh", "tinh 2")
    holder = await identities.holder("an@tinh")
    assert holder is not None
    assert (holder.staff.login, holder.subject) == ("an", "tinh 1")


@BOTH
async def test_a_name_that_is_given_anew_is_open_to_whoever_comes_first(database: Database):
    identities, an, _ = await two(database)
    await identities.give(an, "an@tinh")
    await identities.settle("an@tinh", "tinh 1")
    assert not await identities.give(an, "an@tinh"), "the same name keeps who came"
    assert not await identities.settle("an@tinh", "tinh 2")
    assert await identities.give(an, "")
    assert await identities.holder("an@tinh") is None
    assert not await identities.settle("an@tinh", "tinh 2"), "it opens nothing any more"
    await identities.give(an, "an@tinh")
    assert await identities.settle("an@tinh", "tinh 2")
