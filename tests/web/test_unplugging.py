"""The microphone is unplugged while it records: nothing is lost, and the page goes on or says what to do."""

import pytest

from tests.waiting import until
from tests.web.test_capture import have, microphone, started
from tests.web.visits import shown, visitor, while_it_runs

__all__ = ["microphone"]  # a fixture

pytestmark = pytest.mark.browser
DEVICES = """
    window.tracks = [];
    const media = navigator.mediaDevices ?? {}; // None on an empty page.
    const real = media.getUserMedia?.bind(media);
    const all = media.enumerateDevices?.bind(media);
    media.enumerateDevices = async () => (window.gone ? [] : all());
    media.getUserMedia = async (wanted) => {
      if (window.gone) throw new DOMException("", "NotFoundError");
      const stream = await real(wanted);
      window.tracks.push(...stream.getAudioTracks());
      return stream;
    };
"""
"""Chromium's false devices cannot be pulled out: their list is emptied, and the track ends as a real one does."""
UNPLUG = "() => { const track = window.tracks.at(-1); track.stop(); track.dispatchEvent(new Event('ended')); }"


@pytest.fixture
def context(microphone, house):
    with visitor(microphone, house, house.staff("thuky", "secretary"), permissions=["microphone"]) as context:
        context.add_init_script(DEVICES)
        yield context


def test_another_microphone_goes_on_at_once_and_is_named(context, house):
    page = started(context, house)
    until(lambda: have(house) > 16_000, "a second of sound")
    page.evaluate(UNPLUG)
    shown(page, "Đang thu tiếp bằng: Fake")
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    before = have(house)
    until(lambda: have(house) > before + 16_000, "a second of the other microphone")
    assert house.room.dialogue.sources["hall"].recording
    page.get_by_role("button", name="Dừng thu").click()
    shown(page, "Đã dừng thu. Mọi tiếng đã thu đều ở trên máy chủ.")


def test_without_another_one_the_page_says_so_and_goes_on_when_one_is_plugged_in(context, house):
    page = started(context, house)
    until(lambda: have(house) > 16_000, "a second of sound")
    page.evaluate("() => { window.gone = true }")
    page.evaluate(UNPLUG)
    shown(page, "Micrô vừa bị rút hoặc tắt. Phần đã thu vẫn an toàn. Cắm lại, trang sẽ tự thu tiếp")
    until(lambda: not house.room.dialogue.sources["hall"].recording, "the recording to have ended")
    before = have(house)
    assert before > 16_000
    page.evaluate("() => { window.gone = false; navigator.mediaDevices.dispatchEvent(new Event('devicechange')) }")
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    until(lambda: have(house) > before + 16_000, "a second of the microphone that came back")


def test_unplugged_while_the_network_is_away_both_parts_arrive_in_order(context, house):
    cut: list[bool] = []
    sockets = []

    def through(socket):
        if cut:
            socket.close(code=4000)
        else:
            sockets.append((socket, socket.connect_to_server()))

    context.route_web_socket("**/sound/hall", through)
    page = started(context, house)
    while_it_runs(page, lambda: have(house) > 16_000, "a second of sound")
    cut.append(True)
    for socket, server in sockets:
        socket.close(code=4000)
        server.close()
    shown(page, "Tiếng vẫn đang được giữ trên máy này")
    before = have(house)
    shown(page, "1 giây, đang giữ trên máy này")
    page.evaluate(UNPLUG)
    shown(page, "Đang thu tiếp bằng: Fake")
    page.wait_for_function("() => parseInt(document.getElementById('unsent').textContent) >= 2")
    cut.clear()
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    while_it_runs(page, lambda: have(house) > before + 48_000, "both parts", 20)
    page.get_by_role("button", name="Dừng thu").click()
    shown(page, "Đã dừng thu.")
    assert house.room.dialogue.sources["hall"].gaps == ()
