"""A moderator signs in by the province: the button, the province's own page, and back at the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.staff import STAFF, employ
from tests.province import Province, province
from tests.serving import Served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tinh() -> Iterator[Province]:
    with province() as running:
        yield running


@pytest.fixture
def served(tmp_path: Path, tinh: Province) -> Iterator[Served]:
    with Served(tmp_path, **tinh.settings()) as served:
        yield served


def known_as(served: Served, login: str, identity: str) -> None:
    async def give() -> None:
        (person,) = [one for one in await served.parts.people.all_staff() if one.login == login]
        await served.parts.identities.give(person.id, identity)

    served.run(give())


def signed_in(page: Page, sub: str) -> None:
    page.get_by_role("link", name="Đăng nhập qua Cổng tỉnh").click()
    page.get_by_role("heading", name="Authorize Client").wait_for()
    page.locator("input[name=sub]").fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_staff_come_by_the_button_and_strangers_read_why_not(chromium: Browser, served: Served, tinh: Province):
    employ(served)
    tinh.person("ha", preferred_username="ha.le")
    known_as(served, "kiemduyet", "ha.le")
    context = chromium.new_context(base_url=served.url, viewport={"width": 360, "height": 740})
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.goto("/sign-in?back=/staff")
    signed_in(page, "ha")
    expect(page).to_have_url(f"{served.url}/staff")
    expect(page.get_by_text(STAFF["kiemduyet"][0]).first).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status").filter(has_text="phiên đăng nhập ở đó có thể vẫn mở")).to_be_visible()

    tinh.person("la", preferred_username="nguoi.la")
    signed_in(page, "la")
    expect(page.get_by_role("alert")).to_contain_text("“nguoi.la”, nhưng ở đây chưa có tài khoản")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(f"{served.url}/sign-in?back=%2Fstaff")
    expect(page.get_by_role("link", name="Sign in with Cổng tỉnh")).to_be_visible()
    assert complaints == []
    context.close()
