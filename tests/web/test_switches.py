"""Language and theme: chosen once, remembered, on every page."""

import pytest

from tests.web.visits import opened, shown, visitor

pytestmark = pytest.mark.browser

PAPER = "() => getComputedStyle(document.documentElement).backgroundColor"


def test_the_language_is_switched_and_remembered_and_the_page_stays(browser, house):
    with visitor(browser, house) as context:
        page = opened(context, f"/d/{house.code}")
        page.get_by_role("button", name="English").click()
        shown(page, "Under way.")
        assert page.url.endswith(f"/d/{house.code}")
        assert page.locator("html").get_attribute("lang") == "en"
        page.goto("/")
        shown(page, "The People ask, agencies answer")
        page.get_by_role("button", name="Tiếng Việt").click()
        shown(page, "Nhân dân hỏi, cơ quan trả lời")


@pytest.mark.parametrize("script", [True, False])
def test_the_language_switch_keeps_what_the_address_asks_for(browser, house, script):
    with visitor(browser, house, java_script_enabled=script) as context:
        page = context.new_page()
        for path in (f"/sign-in?back=/d/{house.code}/moderator", "/commitments?show=overdue", "/?code=KHONGCO"):
            page.goto(path)
            page.get_by_role("button", name="English").click()
            page.get_by_role("button", name="Tiếng Việt").wait_for()
            assert page.url == f"{house.url}{path}"
            page.get_by_role("button", name="Tiếng Việt").click()
            page.get_by_role("button", name="English").wait_for()


def test_a_refused_sign_in_changes_its_language_and_still_leads_back(browser, house):
    with visitor(browser, house) as context:
        page = context.new_page()
        page.goto(f"/sign-in?back=/d/{house.code}/moderator")
        page.get_by_label("Tên đăng nhập").fill("ai")
        page.get_by_label("Mật khẩu").fill("không đúng")
        page.get_by_role("button", name="Đăng nhập").click()
        shown(page, "không khớp")
        page.get_by_role("button", name="English").click()
        page.get_by_role("button", name="Tiếng Việt").wait_for()
        assert page.locator("form[action='/sign-in'] [name=back]").input_value() == f"/d/{house.code}/moderator"


def test_a_chosen_theme_wins_over_the_systems_and_stays(browser, house):
    with visitor(browser, house, color_scheme="dark") as context:
        page = context.new_page()
        page.goto("/")
        dark = page.evaluate(PAPER)
        page.get_by_role("button", name="Nền sáng").click()
        light = page.evaluate(PAPER)
        assert light != dark
        page.reload()
        assert page.evaluate(PAPER) == light
        page.get_by_role("button", name="Nền tối").click()
        assert page.evaluate(PAPER) == dark


def test_without_script_the_systems_theme_holds_and_no_dead_button_is_shown(browser, house):
    with visitor(browser, house, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        assert not page.get_by_text("Nền tối").is_visible()
        assert page.get_by_role("button", name="English").is_visible()
