"""Staff sign in by the identity provider of the province, a real one on this machine, as without script."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest

from server import clock
from server.doors.identity import hash_password
from server.doors.limits import PROVIDER_ADDRESS
from server.doors.on_the_way import COOKIE
from server.store.people import LoginTaken
from tests.province import CLIENT, Province, province
from tests.server.pages.forms import fields_on, send
from tests.serving import Served
from tests.visitors import Visitor, browser, open_dialogue

pytestmark = pytest.mark.slow

WAY = "/sign-in/provider"
PASSWORD = "mật khẩu của Bình"


@pytest.fixture(scope="module")
def tinh() -> Iterator[Province]:
    with province() as running:
        running.person("binh", preferred_username="Binh.Tran")
        yield running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, tinh: Province) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("house"), **tinh.settings()) as served:
        open_dialogue(served)
        yield served


def employ(served: Served, login: str, identity: str) -> None:
    """An account with a password, and with a name at the provider by which nobody came yet; as if just made."""

    async def add() -> None:
        people, identities = served.parts.people, served.parts.identities
        with suppress(LoginTaken):
            hashed = await hash_password(PASSWORD)
            await people.add_staff(login, f"Nhân vật {login}", hashed, frozenset({"moderator"}), clock.now())
        await people.enable(login, clock.now())
        (made,) = [one for one in await people.all_staff() if one.login == login]
        await identities.give(made.id, "")
        await identities.give(made.id, identity)

    served.run(add())


@pytest.fixture
def binh(served: Served) -> None:
    employ(served, "binh", "binh.tran")
    served.parts.limits.forget(PROVIDER_ADDRESS, "127.0.0.1")


def left(person: httpx2.Client, back: str = "") -> str:
    """The address at the provider to which the button leads."""
    sent = person.get(WAY, params={"back": back} if back else {})
    assert sent.status_code == 302, sent.text
    return sent.headers["location"]


def returning(address: str, sub: str) -> str:
    """Sign in at the provider; the address to which it sends back, as a path of ours."""
    answer = httpx2.post(address, data={"sub": sub}, timeout=30)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def signed_in(person: httpx2.Client, sub: str, back: str = "") -> httpx2.Response:
    return person.get(returning(left(person, back), sub))


def changed(address: str, **other: str) -> str:
    """The same address with other words in its query."""
    parts = urlsplit(address)
    return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | other)).geturl()


def problem_on(answer: httpx2.Response) -> str:
    found = re.search(r'id="problem"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    assert found, "the page tells of no problem"
    return " ".join(found[1].split())


def test_who_may_comes_in_with_the_session_that_a_password_gives(served: Served, binh: None):
    with browser(served) as person, browser(served) as beside:
        assert f'href="{WAY}?back=/staff"' in person.get("/sign-in").text
        assert "Đăng nhập qua Cổng tỉnh" in person.get("/sign-in").text
        by_provider = signed_in(person, "binh")
        by_password = send(beside, "/sign-in", login="binh", password=PASSWORD)
        assert (by_provider.status_code, by_provider.headers["location"]) == (303, "/staff")

        def made(answer: httpx2.Response) -> set[str]:
            cookies = [one for one in answer.headers.get_list("set-cookie") if not one.startswith((COOKIE, "visit"))]
            return {re.sub(r"=[\w-]{43};", "=;", one) for one in cookies}

        assert made(by_provider) == made(by_password) != set()
        assert "Nhân vật binh" in person.get("/staff").text
        assert COOKIE not in person.cookies


def test_the_request_says_what_the_protocol_asks_for(served: Served, tinh: Province):
    with browser(served) as person:
        asked = dict(parse_qsl(urlsplit(left(person)).query))
        cookie = person.get(WAY).headers["set-cookie"]
    assert asked["redirect_uri"] == f"{served.url}/sign-in/provider/back"
    assert asked.keys() == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip
    assert (asked["client_id"], asked["code_challenge_method"], asked["response_type"]) == (CLIENT, "S256", "code")
    assert {"httponly", "path=/", "samesite=lax", "Max-Age=600"} <= set(cookie.split("; "))


def test_over_tls_what_is_on_its_way_is_bound_to_the_host(tmp_path: Path, tinh: Province):
    at = "doithoai.example.vn"
    settings = tinh.settings() | {"public_url": f"https://{at}"}
    with Served(tmp_path, **settings) as served, browser(served, Host=at) as person:
        sent = person.get(WAY)
    assert sent.headers["set-cookie"].startswith("__Host-provider=")
    assert {"secure", "httponly", "path=/"} <= set(sent.headers["set-cookie"].split("; "))
    assert dict(parse_qsl(urlsplit(sent.headers["location"]).query))["redirect_uri"] == f"https://{at}{WAY}/back"


@pytest.mark.parametrize(
    "back, goes", [("/d/TEST01/moderator", "/d/TEST01/moderator"), ("//tinh.example.vn", "/staff"), ("x:y", "/staff")]
)
def test_it_leads_back_to_the_page_that_was_wanted_on_this_site_only(served: Served, binh: None, back: str, goes: str):
    with browser(served) as person:
        assert signed_in(person, "binh", back).headers["location"] == goes


def test_a_stranger_whom_the_provider_knows_gets_no_account(served: Served, binh: None, tinh: Province):
    tinh.person("la", preferred_username="nguoi.la")
    with browser(served) as person:
        answer = signed_in(person, "la")
        assert answer.status_code == 403
        assert "“nguoi.la”, nhưng ở đây chưa có tài khoản" in problem_on(answer)
        assert "staff" not in person.cookies
        assert person.get("/staff").status_code == 404
    assert len(served.run(served.parts.people.all_staff())) == 1


def test_the_login_of_an_account_is_no_name_at_the_provider(served: Served, binh: None, tinh: Province):
    tinh.person("giong", preferred_username="binh")
    with browser(served) as person:
        assert "chưa có tài khoản" in problem_on(signed_in(person, "giong"))


def test_no_roles_come_from_the_provider(served: Served, binh: None, tinh: Province):
    tinh.person("vai", preferred_username="binh.tran", roles=["organiser"], groups=["organiser"])
    with browser(served) as person:
        assert signed_in(person, "vai").status_code == 303
        assert person.get("/staff/people").status_code == 404


def test_a_locked_account_stays_locked(served: Served, binh: None):
    with browser(served) as person:
        served.run(served.parts.people.disable("binh", clock.now()))
        answer = signed_in(person, "binh")
        assert answer.status_code == 403
        assert "“binh.tran” đang bị khóa" in problem_on(answer)
        assert "staff" not in person.cookies


def test_locking_out_ends_what_the_provider_began(served: Served, binh: None):
    with browser(served) as person:
        signed_in(person, "binh")
        with Visitor(served, f"staff={person.cookies['staff']}", "moderator") as page:
            page.next("caught_up")
            assert person.get("/staff").status_code == 200
        served.run(served.parts.people.disable("binh", clock.now()))
        assert person.get("/staff").status_code == 404


def test_a_name_that_passed_to_somebody_else_opens_nothing(served: Served, binh: None, tinh: Province):
    tinh.person("binh-moi", preferred_username="binh.tran")
    with browser(served) as first, browser(served) as second, browser(served) as again:
        assert signed_in(first, "binh").status_code == 303
        answer = signed_in(second, "binh-moi")
        assert answer.status_code == 403
        assert "trước đây là của một người khác" in problem_on(answer)
        assert signed_in(again, "binh").status_code == 303


LIES: dict[str, dict[str, object]] = {
    "another-audience": {"aud": "another"},
    "another-audience-for-us": {"aud": "another", "azp": CLIENT},
    "another-issuer": {"iss": "https://tinh.example.vn"},
    "expired": {"exp": 1},
    "another-nonce": {"nonce": "another"},
    "no-nonce": {"nonce": None},
    "from-tomorrow": {"nbf": 4102444800},
    "unsigned": {},
    "forged": {},
}
"""Who signs in, and what their token says that it must not."""


@pytest.mark.parametrize("sub", LIES)
def test_a_token_that_is_not_for_this_sign_in_opens_nothing(served: Served, binh: None, tinh: Province, sub: str):
    tinh.person(sub, preferred_username="binh.tran", **LIES[sub])
    with browser(served) as person:
        answer = signed_in(person, sub)
        assert answer.status_code == 403
        assert "không qua được kiểm tra" in problem_on(answer)
        assert "staff" not in person.cookies


def test_a_nonce_of_another_sign_in_opens_nothing(served: Served, binh: None):
    with browser(served) as person:
        answer = person.get(returning(changed(left(person), nonce="of-another"), "binh"))
        assert "không qua được kiểm tra" in problem_on(answer)


def test_a_code_of_another_sign_in_opens_nothing(served: Served, binh: None):
    """Somebody puts their own code into the way back of another: the provider asks for what only its browser has."""
    with browser(served) as person, browser(served) as other:
        stolen = dict(parse_qsl(urlsplit(returning(left(other), "binh")).query))["code"]
        mine = returning(left(person), "binh")
        assert "không qua được kiểm tra" in problem_on(person.get(changed(mine, code=f"{stolen}x")))
        assert "staff" not in person.cookies


@pytest.mark.parametrize("state", ["of-another", ""])
def test_a_wrong_state_opens_nothing(served: Served, binh: None, state: str):
    with browser(served) as person:
        answer = person.get(changed(returning(left(person), "binh"), state=state))
        assert answer.status_code == 403
        assert f"Hãy mở {served.url} rồi bấm nút lần nữa" in problem_on(answer)
        assert "staff" not in person.cookies


def test_the_way_back_opens_nothing_in_another_browser(served: Served, binh: None):
    with browser(served) as person, browser(served) as thief:
        back = returning(left(person), "binh")
        assert "bắt đầu ở nơi khác" in problem_on(thief.get(back))
        assert person.get(back).status_code == 303


def test_a_code_is_good_once(served: Served, binh: None):
    with browser(served) as person:
        back, kept = returning(left(person), "binh"), person.cookies[COOKIE]
        assert person.get(back).status_code == 303
        person.cookies.clear()
        assert "đã dùng rồi" in problem_on(person.get(back))
        person.cookies.set(COOKIE, kept)  # somebody kept the cookie too: then the provider says no
        assert "không qua được kiểm tra" in problem_on(person.get(back))
        assert "staff" not in person.cookies


def test_a_refusal_at_the_provider_is_told(served: Served, binh: None):
    with browser(served) as person:
        left(person)
        answer = person.get(f"{WAY}/back?error=access_denied&error_description=<b>x</b>")
        assert "đã bị hủy hoặc từ chối" in problem_on(answer)
        assert "<b>x" not in answer.text


def test_who_has_no_name_there_is_told_which_one_is_missing(served: Served, binh: None, tinh: Province):
    tinh.person("vo-danh", email="vodanh@tinh.example.vn")
    with browser(served) as person:
        assert "thiếu preferred_username" in problem_on(signed_in(person, "vo-danh"))


def test_a_name_that_is_told_only_when_asked_for_is_asked_for(served: Served, binh: None, tinh: Province):
    tinh.person("quiet", preferred_username="binh.tran")
    with browser(served) as person:
        assert signed_in(person, "quiet").status_code == 303


@pytest.mark.parametrize(
    "verified, opens", [(True, True), (False, False), (None, False), ("true", False)], ids=["yes", "no", "none", "text"]
)
def test_an_email_address_opens_an_account_when_it_is_verified(
    tmp_path: Path, tinh: Province, verified: object, opens: bool
):
    claims = {"email": "Binh@tinh.example.vn"} | ({} if verified is None else {"email_verified": verified})
    tinh.person("thu", **claims)
    with Served(tmp_path, **tinh.settings(oidc_claim="email")) as served, browser(served) as person:
        employ(served, "binh", "binh@tinh.example.vn")
        answer = signed_in(person, "thu")
        assert (answer.status_code == 303) is opens
        assert opens or "chưa xác minh địa chỉ email" in problem_on(answer)


def test_a_provider_that_is_away_hinders_neither_the_server_nor_its_own_accounts(tmp_path: Path):
    with ExitStack() as provider:
        gone = provider.enter_context(province())
        with Served(tmp_path, **gone.settings()) as served, browser(served) as person:
            employ(served, "binh", "binh.tran")
            back = returning(left(person, "/d/TEST01/moderator"), "binh")
            provider.close()
            for path in (back, f"{WAY}?back=/d/TEST01/moderator"):
                answer = person.get(path)
                assert answer.status_code == 503
                assert "hiện không trả lời đúng" in problem_on(answer)
                assert fields_on(answer.text)["back"] == "/d/TEST01/moderator"
            assert send(person, "/sign-in", login="binh", password=PASSWORD).status_code == 303


def test_what_is_no_provider_is_told(tmp_path: Path, tinh: Province):
    """Its address leads to pages of another kind; or the provider there goes by another name."""
    for issuer in (f"{tinh.url}/users", f"{tinh.url}/"):
        with Served(tmp_path, **tinh.settings() | {"oidc_issuer": issuer}) as served, browser(served) as person:
            assert person.get(WAY).status_code == 503


def test_too_many_ways_from_one_address_are_told_when_to_come_back(served: Served, binh: None):
    for _ in range(PROVIDER_ADDRESS.amount):
        served.parts.limits.wait(PROVIDER_ADDRESS, "127.0.0.1")
    with browser(served) as person:
        answer = person.get(WAY)
        assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
        assert "hãy đợi" in problem_on(answer)
        assert send(person, "/sign-in", login="binh", password=PASSWORD).status_code == 303


def test_signing_out_says_that_the_provider_may_still_be_open(served: Served, binh: None):
    with browser(served) as person:
        signed_in(person, "binh")
        out = person.post("/sign-out", data=fields_on(person.get("/staff").text))
        assert out.headers["location"] == "/sign-in?left=1"
        assert "phiên đăng nhập ở đó có thể vẫn mở" in person.get("/sign-in?left=1").text
        assert person.get("/staff").status_code == 404


def test_every_sentence_is_there_in_english(served: Served, binh: None):
    with browser(served) as person:
        person.cookies.set("lang", "en")
        assert "Sign in with Cổng tỉnh" in person.get("/sign-in").text
        assert "The sign-in was cancelled or refused at Cổng tỉnh" in problem_on(person.get(f"{WAY}/back?error=x"))


def test_without_the_settings_there_is_no_button_and_no_way(tmp_path: Path):
    with Served(tmp_path) as served, browser(served) as person:
        assert "provider" not in person.get("/sign-in").text
        assert person.get(WAY).status_code == person.get(f"{WAY}/back?code=x&state=y").status_code == 404
