"""What only a script can do is not offered without one: the keys of the machine in the hall, the printing of a slip."""

import pytest

from live import commands as do
from tests.web.visits import visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_keys_of_the_machine_in_the_hall_are_shown_where_they_work(browser, house, script):
    with visitor(browser, house, java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/kiosk")
        page.locator(".kiosk__pad.needs-script").first.wait_for(state="visible" if script else "hidden")
        page.get_by_label("Gõ số trên phiếu").fill("7")
        page.get_by_label("Gõ số trên phiếu").press("Enter")
        page.get_by_text("Không thấy “7”").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_slip_is_printed_by_a_button_where_it_works(browser, house, script):
    house.send(do.Ask("Bao giờ sửa cầu?"), by=house.clerk)
    with visitor(browser, house, house.staff("nhap", "clerk"), java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/slip/1")
        page.get_by_text("In giấy hẹn").wait_for(state="visible" if script else "hidden")
