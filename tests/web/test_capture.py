"""The capture page in a real browser whose microphone is a file: what lies on the server's disk is its sound."""

import io
import wave

import numpy as np
import pytest

from tests.waiting import until
from tests.web.sounding import microphone_of
from tests.web.visits import shown, visitor, while_it_runs

pytestmark = pytest.mark.browser
TONE = 1_000  # Hz


def tone_file(folder, rate=48_000, seconds=20):
    path = folder / "tone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        times = np.arange(rate * seconds) / rate
        file.writeframes((0.5 * 32_767 * np.sin(2 * np.pi * TONE * times)).astype("<i2").tobytes())
    return path


@pytest.fixture
def microphone(browser, tmp_path):
    """A browser whose microphone plays a tone."""
    with microphone_of(browser, tone_file(tmp_path)) as chromium:
        yield chromium


def started(context, house):
    page = context.new_page()
    page.goto(f"/d/{house.code}/sound")
    page.get_by_role("button", name="Bắt đầu thu").click()
    shown(page, "Đang thu. Tiếng đã đến máy chủ")
    return page


def recorded(context, house):
    """What the server serves of the recording, as numbers."""
    answer = context.request.get(f"{house.url}/d/{house.code}/sound/hall.wav")
    assert answer.status == 200
    with wave.open(io.BytesIO(answer.body())) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768


def have(house):
    return house.parts.rooms.heard.get(house.code, {}).get("hall", 0)


def loudest(samples):
    """The strongest frequency in Hz, and how much of all energy lies within 20 Hz of it."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    bins = np.fft.rfftfreq(len(samples), 1 / 16_000)
    peak = bins[spectrum.argmax()]
    return peak, spectrum[np.abs(bins - peak) < 20].sum() / spectrum.sum()


def test_what_the_microphone_heard_is_on_the_servers_disk(microphone, house):
    with visitor(microphone, house, house.staff("thuky", "secretary"), permissions=["microphone"]) as context:
        page = started(context, house)
        until(lambda: have(house) > 48_000, "three seconds of sound")
        assert house.room.dialogue.sources["hall"].recording
        page.get_by_role("button", name="Dừng thu").click()
        shown(page, "Đã dừng thu. Mọi tiếng đã thu đều ở trên máy chủ.")
        assert not house.room.dialogue.sources["hall"].recording
        frequency, share = loudest(recorded(context, house)[16_000:])
        assert abs(frequency - TONE) < 2
        assert share > 0.99


def test_a_cut_loses_nothing_and_doubles_nothing(microphone, house):
    sockets = []

    def through(socket):
        sockets.append((socket, socket.connect_to_server()))

    with visitor(microphone, house, house.staff("thuky", "secretary"), permissions=["microphone"]) as context:
        context.route_web_socket("**/sound/hall", through)
        page = started(context, house)
        while_it_runs(page, lambda: have(house) > 16_000, "a second of sound")
        socket, server = sockets[0]
        socket.close(code=4000)
        server.close()
        shown(page, "Tiếng vẫn đang được giữ trên máy này")
        shown(page, "Đang thu. Tiếng đã đến máy chủ")
        cut = have(house)
        while_it_runs(page, lambda: have(house) > cut + 32_000, "two more seconds of sound")
        page.get_by_role("button", name="Dừng thu").click()
        shown(page, "Đã dừng thu.")
        assert house.room.dialogue.sources["hall"].gaps == ()
        _, share = loudest(recorded(context, house)[16_000:])
        assert share > 0.99, "a gap or a repeated part would spread the tone over other frequencies"


RENDER = """async ([worklet, rate, tone]) => {
    const context = new OfflineAudioContext(1, rate * 2, rate);
    await context.audioWorklet.addModule(worklet);
    const node = new AudioWorkletNode(context, "capture");
    const blocks = [];
    node.port.onmessage = ({data}) => blocks.push(...data.pcm);
    const oscillator = new OscillatorNode(context, {frequency: tone});
    oscillator.connect(node).connect(context.destination);
    oscillator.start();
    await context.startRendering();
    while (blocks.length < 28_800) await new Promise(resolve => setTimeout(resolve, 10));
    return blocks;
}"""


@pytest.fixture
def render(browser, house):
    """Run a pure tone through the worklet at a context's rate; gives the samples at 16 kHz."""
    with visitor(browser, house, house.staff("thuky", "secretary")) as context:
        page = context.new_page()
        page.goto(f"/d/{house.code}/sound")
        worklet = page.locator("#main").get_attribute("data-worklet")
        yield lambda rate, tone: np.array(page.evaluate(RENDER, [worklet, rate, tone])) / 32_768


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000, 22_050, 96_000])
def test_every_rate_of_a_microphone_becomes_sixteen_kilohertz(render, rate):
    samples = render(rate, 440)
    frequency, share = loudest(samples[1_600:])
    assert abs(frequency - 440) < 2
    assert share > 0.9999
    assert 0.95 < np.abs(samples[1_600:]).max() <= 1


@pytest.mark.parametrize("tone", [9_500, 12_000, 15_000, 20_000])
def test_what_sixteen_kilohertz_cannot_hold_is_taken_out_and_not_folded_back(render, tone):
    assert np.abs(render(48_000, tone)[1_600:]).max() < 0.003


def test_an_address_without_a_microphone_says_what_to_do(browser, house):
    with visitor(browser, house, house.staff("thuky", "secretary")) as context:
        page = context.new_page()
        page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
        page.goto(f"/d/{house.code}/sound")
        shown(page, "Trình duyệt không cho dùng micrô trên địa chỉ này.")
        assert page.get_by_role("button", name="Bắt đầu thu").is_disabled()
