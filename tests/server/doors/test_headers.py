"""Every answer, whatever made it, carries the strict policy; a name that is not ours is not answered."""

import re
from pathlib import Path

import pytest
from httpx2 import Client
from starlette.routing import Route

from server.rooms.room import Room
from tests.serving import Served
from tests.visitors import browser, open_dialogue, staff_cookie


def addresses(served: Served) -> list[str]:
    """Every address that can be looked at, with plausible and with missing things in its place."""
    paths = [route.path for route in served.app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    filled = [
        re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: {"code": "TEST01", "name": "css/base.css"}.get(part[1], "x"), path)
        for path in paths
    ]
    return [*filled, "/nothing", "/d/NOBODY", "/static/x/css/none.css", "/static/x/..%2f..%2fapp.py"]


@pytest.mark.parametrize("role", ["", "organiser"])
def test_every_answer_carries_the_policy_with_a_fresh_nonce(served: Served, room: Room, role: str):
    nonces = []
    with browser(served, staff_cookie(served, role) if role else "") as visitor:
        for path in addresses(served):
            with visitor.stream("GET", path) as answer:  # the feed has an end only when its reader leaves
                assert answer.status_code < 500, path
                policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy, path
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "same-origin"
            nonces.append(re.findall(r"'nonce-([^']{22,})'", policy)[0])
    assert len(nonces) == len(set(nonces)) > 20


def test_inline_scripts_carry_the_nonce_and_there_are_no_inline_styles(served: Served, room: Room):
    with browser(served, staff_cookie(served, "organiser")) as visitor:
        for path in (
            "/",
            "/sign-in",
            "/staff",
            "/staff/new",
            "/privacy",
            "/d/TEST01/desk",
            "/d/TEST01/join",
            "/nothing",
        ):
            answer = visitor.get(path, follow_redirects=True)
            nonce = re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"])[0]
            inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)([^>]*)>", answer.text)
            assert all(f'nonce="{nonce}"' in tag for tag in inline), path
            assert not re.search(r"<[^>]+\s(style|on\w+)=", answer.text), path


def framing(visitor: Client, path: str) -> tuple[str, str]:
    """Who may show the page within another, as old and new browsers are told."""
    headers = visitor.get(path).headers
    return headers["content-security-policy"].split("frame-ancestors ")[1].split(";")[0], headers.get(
        "x-frame-options", ""
    )


def test_only_the_overlay_is_framed_and_only_by_whom_the_settings_name(tmp_path: Path):
    with Served(tmp_path, overlay_origins=("https://tinh.example.vn", "https://dai.example.vn")) as served:
        open_dialogue(served)
        with browser(served, staff_cookie(served, "organiser")) as visitor:
            assert framing(visitor, "/d/TEST01/overlay") == ("https://tinh.example.vn https://dai.example.vn", "")
            for path in ("/", "/d/TEST01", "/d/TEST01/stage", "/d/NOBODY/overlay", "/d/TEST01/overlay/x"):
                assert framing(visitor, path) == ("'none'", "DENY"), path


def test_without_the_setting_nothing_is_framed(served: Served, room: Room):
    with browser(served) as visitor:
        assert framing(visitor, "/d/TEST01/overlay") == ("'none'", "DENY")


@pytest.mark.parametrize("host", ["example.vn", "127.0.0.1", "127.0.0.1:1", "localhost.example.vn:{port}"])
def test_another_host_name_is_not_answered(served: Served, room: Room, host: str):
    with browser(served, Host=host.format(port=served.port)) as visitor:
        answer = visitor.get("/sign-in")
    assert answer.status_code == 400
    assert "example.vn" not in answer.text


def test_this_machine_may_use_its_own_names(served: Served):
    with browser(served, Host=f"localhost:{served.port}") as visitor:
        assert visitor.get("/healthz").status_code == 200


def test_cookies_are_bound_to_the_host_over_tls(tmp_path):
    at = "doithoai.example.vn"
    with Served(tmp_path, public_url=f"https://{at}") as served, browser(served, Host=at) as visitor:
        answer = visitor.get("/sign-in")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-visit=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "max-age=31536000" in answer.headers["strict-transport-security"]


def test_a_large_body_is_refused_in_words(served: Served, room: Room):
    with browser(served) as visitor:
        answer = visitor.post("/d/TEST01/join", content=b"name=" + b"x" * 1_100_000)
    assert answer.status_code == 413
