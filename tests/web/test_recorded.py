"""A page that is not live and stays open says that it is recorded, as long as it is."""

import pytest

from live import commands as do
from tests.cast import SECRETARY
from tests.web.visits import visitor

pytestmark = pytest.mark.browser


def test_a_machine_in_the_hall_says_it_while_it_stands_there(browser, house):
    with visitor(browser, house) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"/d/{house.code}/kiosk")
        said = page.get_by_text("Phiên đang được ghi âm")
        assert said.is_hidden()
        house.send(do.StartRecording("hall"), by=SECRETARY)
        page.clock.run_for(20_000)
        said.wait_for(state="visible")
        house.send(do.StopRecording("hall"), by=SECRETARY)
        page.clock.run_for(20_000)
        said.wait_for(state="hidden")
