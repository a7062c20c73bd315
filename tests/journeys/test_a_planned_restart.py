"""A new version is installed in the middle of an evening: a page says so, waits, comes back, and has lost nothing."""

import pytest

from tests.faults.prepared import Prepared
from tests.journeys.hall import LIVE, opened, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

SAME_PAGE = "() => { window.stayed = true; }"


def test_a_page_lives_through_a_planned_restart(chromium, tmp_path):
    evening = Prepared(tmp_path)
    context = chromium.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    context.set_default_timeout(30_000)
    name, _, value = evening.citizen.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{evening.port}"}])
    with evening.serving() as served:
        page = opened(context, f"{served.url}/d/TEST01")
        page.evaluate(SAME_PAGE)
        served.process.terminate()
        shown(page, "Máy chủ khởi động lại theo kế hoạch; trang tự nối lại sau ít giây.")
        served.process.wait(30)
    page.locator("#ask-text").fill("Viết trong lúc máy chủ khởi động lại?")
    page.get_by_role("button", name="Gửi câu hỏi").click()
    shown(page, "Câu hỏi của bạn đã được lưu trên máy này, đang chờ gửi.")
    with evening.serving():
        shown(page, "Đã ghi vào sổ của phiên, số 1.")
        page.locator("#mine-1").wait_for()
        page.wait_for_function(LIVE)
        page.locator("#live-status").wait_for(state="hidden")
        assert page.evaluate("() => window.stayed"), "the page was loaded anew"
        context.close()
    assert evening.texts() == ["Viết trong lúc máy chủ khởi động lại?"]
