"""Files given in pieces: real ones of every kind, cut and resumed; false, silent, endless and broken ones."""

import io
import subprocess
import wave
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from live.intakes import heard_now
from server.rooms import given_files
from server.rooms.ears import sound_directory
from server.rooms.room import Room
from tests.server.doors.test_sound import TONE, Microphone
from tests.serving import Served
from tests.transcription.test_audio import encode, pitch
from tests.visitors import browser, citizen_cookie, staff_cookie
from tests.waiting import until
from transcription.recordings import Recording

SECONDS = 3


@pytest.fixture
def cookie(served: Served, room: Room) -> str:
    return staff_cookie(served, "secretary")


def tone(seconds: float = SECONDS, rate: int = 16_000) -> np.ndarray:
    return (0.4 * 32_767 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)).astype("<i2")


def wav(samples: np.ndarray, rate: int = 16_000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def coded(path: Path, codec: str, rate: int = 48_000) -> bytes:
    """The tone in a container chosen by the path's name."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(tone(rate=rate).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate, frame_size=stream.frame_size or 1024
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path.read_bytes()


def silent_film(path: Path) -> bytes:
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(10):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        container.mux(stream.encode(None))
    return path.read_bytes()


class Giver:
    """The page that gives a file."""

    def __init__(self, served: Served, cookie: str) -> None:
        self.client = browser(served, cookie)

    def begin(self, content: bytes, name: str = "ghi âm.wav", source: str = "hall") -> dict[str, Any]:
        asked = {"name": name, "size": len(content), "modified": 1}
        found: dict[str, Any] = self.client.post(f"/d/TEST01/sound/{source}/file", json=asked).json()
        return found

    def send(self, given: dict[str, Any], content: bytes, piece: int = 400_000) -> None:
        for at in range(given["have"], len(content), piece):
            self.put(given, at, content[at : at + piece])

    def put(self, given: dict[str, Any], at: int, piece: bytes) -> int:
        return self.client.put(f"/d/TEST01/file/{given['id']}?at={at}", content=piece).status_code

    def state(self, given: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/d/TEST01/file/{given['id']}").json()
        return found

    def give(self, content: bytes, name: str = "ghi âm.wav") -> dict[str, Any]:
        given = self.begin(content, name)
        self.send(given, content)
        until(lambda: self.state(given)["stage"] not in {"receiving", "reading"}, "the file to be read", 30)
        return self.state(given)


@pytest.fixture
def giver(served: Served, cookie: str) -> Any:
    giver = Giver(served, cookie)
    yield giver
    giver.client.close()


def on_disk(served: Served) -> bytes:
    recording = Recording(sound_directory(served.settings.data_dir, "TEST01", "hall"))
    return recording.read(0, recording.have)


def test_what_is_in_a_wav_is_in_the_recording_sample_by_sample(served: Served, room: Room, giver: Giver) -> None:
    told = giver.give(wav(tone()))
    assert (told["stage"], told["seconds"]) == ("done", SECONDS)
    assert on_disk(served) == tone().tobytes()
    assert not room.dialogue.sources["hall"].recording
    assert not list((served.settings.data_dir / "given").iterdir())


KINDS = [
    ("a.mp3", "mp3"),
    ("a.m4a", "aac"),
    ("a.ogg", "libopus"),
    ("a.mp4", "aac"),
    ("a.webm", "libopus"),
    ("a.flac", "flac"),
]


@pytest.mark.parametrize("name, codec", KINDS, ids=[name for name, _ in KINDS])
def test_every_usual_kind_is_read_whatever_its_name_says(served, giver, tmp_path, name, codec):
    told = giver.give(coded(tmp_path / name, codec), name="một đoạn.txt")
    assert told["stage"] == "done", told["en"]
    heard = np.frombuffer(on_disk(served), "<i2") / 32_768
    assert abs(len(heard) / 16_000 - SECONDS) < 0.2
    spectrum = np.abs(np.fft.rfft(heard))
    assert abs(np.fft.rfftfreq(len(heard), 1 / 16_000)[spectrum.argmax()] - 440) < 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "codec, rate", [("pcm_u8", 11_025), ("pcm_f32le", 48_000), ("pcm_s24le", 44_100), ("pcm_alaw", 12_345)]
)
def test_files_of_any_width_and_rate_and_of_two_channels_become_the_same_sound(served, giver, tmp_path, codec, rate):
    told = giver.give(encode(tmp_path / "a.wav", codec, rate).read_bytes())
    assert told["stage"] == "done", told["en"]
    assert pitch(on_disk(served)) == pytest.approx(440, abs=2)
    assert abs(len(on_disk(served)) / 32_000 - told["seconds"]) < 0.1
    assert told["seconds"] == pytest.approx(2, abs=0.1)


def test_a_cut_file_goes_on_where_it_was(served, giver):
    content = wav(tone(20))
    given = giver.begin(content)
    giver.put(given, 0, content[:300_000])
    again = giver.begin(content)
    assert (again["id"], again["have"]) == (given["id"], 300_000)
    assert giver.put(again, 200_000, content[200_000:300_000]) == 409
    giver.send(again, content)
    until(lambda: giver.state(given)["stage"] == "done", "the whole file", 30)
    assert on_disk(served) == tone(20).tobytes()


def refused(told: dict[str, Any]) -> str:
    assert told["stage"] == "failed"
    assert told["vi"]
    return str(told["en"])


def test_a_lying_name_and_other_peoples_files_are_no_sound(served, giver):
    assert "no sound or film" in refused(giver.give(b"Not sound at all. " * 500, "bài hát.mp3"))
    outside = f"ffconcat version 1.0\nfile '{served.settings.data_dir}/doithoai.db'\n".encode()
    assert "no sound or film" in refused(giver.give(outside, "danh sách.wav"))
    assert "no sound or film" in refused(giver.give(b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/a.ts\n", "a.m3u8"))
    assert on_disk(served) == b""


def test_a_film_without_sound_says_so(giver, tmp_path):
    assert refused(giver.give(silent_film(tmp_path / "a.mp4"), "phim.mp4")) == "This film has no sound."


def test_a_file_without_a_sample_says_so(giver):
    assert refused(giver.give(wav(tone(0)))).startswith("This ")


def test_a_file_that_lost_its_end_on_the_way_says_so(served, giver, tmp_path):
    content = coded(tmp_path / "a.mp4", "aac")
    assert "no sound or film" in refused(giver.give(content[: len(content) * 2 // 3], "a.mp4"))
    assert on_disk(served) == b""


@pytest.mark.parametrize("name, codec", [("a.webm", "libopus"), ("a.flac", "flac"), ("a.mp3", "mp3")])
def test_of_a_broken_file_is_kept_what_could_be_read_and_the_rest_is_told(served, giver, tmp_path, name, codec):
    content = coded(tmp_path / name, codec)
    half = len(content) // 2
    told = giver.give(content[:half] + bytes(half), name)
    assert (told["stage"], "could be read" in told["en"]) == ("done", True)
    assert 1 < told["seconds"] < 2
    assert abs(len(on_disk(served)) / 32_000 - told["seconds"]) < 0.1


def test_ten_hours_are_too_long_and_nothing_is_taken(served, giver, tmp_path):
    path = tmp_path / "long.flac"
    subprocess.run(
        ["flac", "-s", "-f", "--force-raw-format", "--endian=little", "--channels=1", "--bps=16", "--sample-rate=8000",
         "--sign=signed", "-o", str(path), "-"],
        input=bytes(2 * 8_000 * 36_000), check=True, timeout=60,
    )  # fmt: skip
    assert path.stat().st_size < 6_000_000
    assert "longer than 8 hours" in refused(giver.give(path.read_bytes(), "long.flac"))
    assert on_disk(served) == b""


def test_a_small_file_that_grows_without_end_is_stopped(served, giver, tmp_path):
    served.parts.given.longest = 60.0
    path = tmp_path / "bomb.mp3"
    content = coded(path, "mp3") * 60  # each part says 3 s, together three minutes
    assert "longer than" in refused(giver.give(content, "bomb.mp3"))
    assert len(on_disk(served)) <= 75 * 16_000 * 2


@pytest.mark.parametrize("size", [0, given_files.LARGEST + 1])
def test_a_size_that_cannot_be_is_refused_before_a_byte(giver, size):
    answer = giver.client.post("/d/TEST01/sound/hall/file", json={"name": "a", "size": size})
    assert (answer.status_code, bool(answer.json()["vi"])) == (409, True)


def test_no_room_on_the_disk_is_said_before_a_byte(giver, monkeypatch):
    monkeypatch.setattr(given_files, "SPARE", 1 << 60)
    assert "no room" in giver.begin(wav(tone()))["en"]


def test_cancelling_forgets_the_file(served, giver):
    content = wav(tone(20))
    given = giver.begin(content)
    giver.put(given, 0, content[:100_000])
    assert giver.client.delete(f"/d/TEST01/file/{given['id']}").json()["stage"] == "cancelled"
    assert giver.put(given, 100_000, content[100_000:200_000]) == 409
    assert not list((served.settings.data_dir / "given").iterdir())
    assert giver.begin(content)["have"] == 0


def test_a_file_waits_for_the_microphone_of_its_source(served, cookie, giver):
    content = wav(tone())
    with Microphone(served, cookie) as microphone:
        microphone.start()
        microphone.send(0)
        given = giver.begin(content)
        giver.send(given, content)
        until(lambda: "already being recorded" in giver.state(given)["en"], "the source to be held")
        microphone.socket.send('{"stop":1}')
        microphone.answer()
    until(lambda: giver.begin(content)["stage"] in {"reading", "done"}, "the source to be free")
    until(lambda: giver.state(given)["stage"] == "done", "the file to be read", 30)
    assert on_disk(served) == TONE + tone().tobytes()
    dialogue = served.parts.rooms.open_rooms()[0].dialogue
    assert heard_now(dialogue, "hall", 1_599), "the microphone's"
    assert not heard_now(dialogue, "hall", 1_600), "the file's: of no question, on no caption"
    with Microphone(served, cookie) as microphone:
        have = microphone.start()["have"]
        microphone.send(have)
    dialogue = served.parts.rooms.open_rooms()[0].dialogue
    assert heard_now(dialogue, "hall", have), "the microphone's again"


def test_nobody_else_may_give_or_see_a_file(served, giver):
    given = giver.begin(wav(tone()))
    for cookie in ("", citizen_cookie(served, "Bà Sáu")):
        with browser(served, cookie) as stranger:
            assert stranger.get(f"/d/TEST01/file/{given['id']}").status_code == 404
            assert stranger.post("/d/TEST01/sound/hall/file", json={"name": "a", "size": 1}).status_code == 404
    assert (
        giver.client.put(f"/d/TEST01/file/{given['id']}?at=0", headers={"Origin": "http://else.where"}).status_code
        == 404
    )
    assert giver.client.get("/d/TEST01/file/nonsense").status_code == 404
