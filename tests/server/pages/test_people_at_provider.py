"""An organiser says beside each account by which name at the identity provider it opens."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from server.store.identities import LONGEST_IDENTITY
from tests.server.pages.forms import keeping, send
from tests.serving import Served
from tests.visitors import Visitor, browser, open_dialogue, staff_cookie

pytestmark = pytest.mark.slow

PEOPLE = "/staff/people"
AWAY: dict[str, Any] = {
    "oidc_issuer": "https://xacthuc.example.vn",
    "oidc_client": "doithoai",
    "oidc_secret": "a-secret",
    "oidc_name": "Cổng tỉnh",
}
"""A provider that nobody asks here."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path, **AWAY) as served:
        yield served


def names(served: Served) -> set[str]:
    return set(served.run(served.parts.identities.names()).values())


def test_a_name_is_given_changed_and_taken_away(served: Served):
    open_dialogue(served)
    cookie = staff_cookie(served, "moderator")
    with keeping(served, staff_cookie(served, "organiser")) as organiser, browser(served, cookie) as moderator:
        with Visitor(served, cookie, "moderator") as page:
            page.next("caught_up")
            given = send(organiser, PEOPLE, do="identity", login="moderator", identity="  Binh.Tran ")
            assert (given.status_code, given.headers["location"].partition("#")[0]) == (303, PEOPLE)
            assert names(served) == {"binh.tran"}
            assert "vào qua Cổng tỉnh: binh.tran" in organiser.get(PEOPLE).text
            send(organiser, PEOPLE, do="identity", login="moderator", identity="binh.tran")
            assert moderator.get("/staff").status_code == 200, "nothing was changed for them so far"
            send(organiser, PEOPLE, do="identity", login="moderator", identity="")
            with pytest.raises(ConnectionClosed):
                page.next("never")
        assert names(served) == set()
        assert moderator.get("/staff").status_code == 404


def test_a_name_opens_one_account(served: Served):
    staff_cookie(served, "moderator")
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        send(organiser, PEOPLE, do="identity", login="moderator", identity="binh")
        refused = send(organiser, PEOPLE, do="identity", login="organiser", identity="BINH")
        assert refused.status_code == 422
        assert "“binh” ở Cổng tỉnh đã mở một tài khoản khác" in refused.text
        assert names(served) == {"binh"}


def test_an_over_long_name_is_refused_and_not_cut(served: Served):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        long = "b" * (LONGEST_IDENTITY + 1)
        refused = send(organiser, PEOPLE, do="identity", login="organiser", identity=long)
        assert refused.status_code == 422
        assert f"dài quá {LONGEST_IDENTITY} ký tự. Tên cũ vẫn như trước" in refused.text
        assert names(served) == set()
        assert send(organiser, PEOPLE, do="identity", login="organiser", identity=long[1:]).status_code == 303


def test_an_organiser_gives_themselves_a_name_and_signs_in_again_after_another(served: Served):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        given = send(organiser, PEOPLE, do="identity", login="organiser", identity="son")
        assert given.headers["location"].startswith(PEOPLE)
        changed = send(organiser, PEOPLE, do="identity", login="organiser", identity="son.phan")
        assert changed.headers["location"] == "/sign-in"
        assert organiser.get(PEOPLE).status_code == 404


def test_nobody_is_given_a_name_who_is_not_there(served: Served):
    with keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert send(organiser, PEOPLE, do="identity", login="nobody", identity="binh").status_code == 400


@pytest.mark.parametrize("role", ["moderator", "chair", "secretary", "clerk", "agency", "stage"])
def test_only_an_organiser_gives_names(served: Served, role: str):
    with keeping(served, staff_cookie(served, role)) as other:
        form = {"csrf": "", "do": "identity", "login": role, "identity": "binh"}
        assert other.post(PEOPLE, data=form).status_code == 404
    assert names(served) == set()


def test_without_a_provider_there_is_nothing_to_give(tmp_path: Path):
    with Served(tmp_path) as served, keeping(served, staff_cookie(served, "organiser")) as organiser:
        assert "identity" not in organiser.get(PEOPLE).text
        assert send(organiser, PEOPLE, do="identity", login="organiser", identity="binh").status_code == 400
