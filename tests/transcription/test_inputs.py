"""Sound as it happens, from real addresses of this machine: stations over HTTP, and a sound card made of a file."""

import os
import random
import struct
import subprocess
import sys
import threading

import numpy as np
import pytest

from tests.transcription.cameras import Camera, filming
from tests.transcription.streams import Station, on_air
from tests.transcription.test_audio import encode, pitch, tone
from transcription import inputs
from transcription.inputs import listen
from transcription.problems import BadSound

SOUND = random.Random(1).randbytes(2 * 40_000)


def wav(pcm: bytes, rate: int = 16_000, *, live: bool = False) -> bytes:
    """A WAV file; a live encoder cannot know the lengths when it writes its head."""
    size = 0xFFFFFFFF if live else len(pcm)
    head = b"RIFF" + struct.pack("<I", min(0xFFFFFFFF, size + 36)) + b"WAVEfmt "
    return head + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16) + b"data" + struct.pack("<I", size) + pcm


def test_a_recording_behind_an_address_is_heard_to_its_end_sample_by_sample():
    with on_air(Station([wav(SOUND)], [False])) as station:
        assert b"".join(listen(station.address)) == SOUND


def test_the_last_milliseconds_of_another_rate_are_not_kept_back(tmp_path):
    samples = tone(44_100)
    (tmp_path / "a.wav").write_bytes(wav(samples.tobytes(), 44_100))
    heard = b"".join(listen(str(tmp_path / "a.wav")))
    assert abs(len(heard) // 2 - len(samples) * 16_000 / 44_100) <= 2


@pytest.mark.parametrize(
    "name, codec, kind", [("a.mp3", "libmp3lame", "audio/mpeg"), ("a.ogg", "libopus", "audio/ogg")]
)
@pytest.mark.parametrize("chunked", [True, False], ids=["that says it ends", "that is cut off"])
def test_a_live_station_is_heard_until_it_stops_and_that_is_a_break(tmp_path, name, codec, kind, chunked):
    sent = encode(tmp_path / name, codec, 48_000).read_bytes()
    heard: list[bytes] = []
    station = Station([sent], [True], kind, chunked=chunked)
    with on_air(station), pytest.raises(BadSound, match="What was recorded is safe") as told:
        heard.extend(listen(station.address))
    assert station.address in told.value.vi
    assert pitch(b"".join(heard)) == pytest.approx(440, abs=2)


def test_a_camera_is_heard_sample_by_sample_over_its_own_connection_until_it_goes_and_that_is_a_break():
    heard: list[bytes] = []
    with filming(Camera([SOUND])) as camera, pytest.raises(BadSound, match="What was recorded is safe"):
        heard.extend(listen(camera.address))
    assert b"".join(heard) == SOUND
    assert camera.refused_udp == 0


@pytest.mark.slow
def test_a_station_that_falls_silent_is_given_up_with_a_sentence(monkeypatch):
    monkeypatch.setattr(inputs, "PATIENCE", (5.0, 0.5))
    heard: list[bytes] = []
    station = Station([wav(SOUND, live=True)], [True], silent=threading.Event())
    with on_air(station), pytest.raises(BadSound, match="What was recorded is safe"):
        heard.extend(listen(station.address))
    assert SOUND.startswith(b"".join(heard))


def test_a_station_that_is_not_there_and_one_that_refuses_are_sentences():
    with on_air(Station([], [])) as station, pytest.raises(BadSound, match="404"):
        list(listen(station.address))
    with pytest.raises(BadSound, match="refused"):
        list(listen(station.address))


def test_a_page_in_place_of_a_station_is_a_sentence():
    with on_air(Station([b"<html>sign in</html>"], [False], "text/html")) as station, pytest.raises(BadSound):
        list(listen(station.address))


def test_a_sound_card_is_heard(tmp_path, monkeypatch):
    """A card of ALSA's own making, as wide and fast as real ones: it plays a file."""
    samples = np.tile(tone(48_000, channels=2), 4)
    (tmp_path / "played").write_bytes(samples.tobytes())
    card = f'type file slave.pcm {{ type null }} file /dev/null infile "{tmp_path / "played"}" format raw'
    cards = f"pcm.file {{ {card} }} pcm.hall {{ type rate slave {{ pcm file rate 48000 }} converter linear }}"
    (tmp_path / "asound.conf").write_text(cards)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    heard, sound = b"", listen("alsa:hall")
    while len(heard) < 32_000:
        heard += next(sound)
    del sound  # which lets go of the card
    assert pitch(heard[:32_000]) == pytest.approx(440, abs=3)


def test_a_card_is_found_where_this_machine_describes_it_and_not_where_the_library_was_built(tmp_path):
    (tmp_path / "played").write_bytes(tone(16_000).tobytes())
    (tmp_path / "alsa.conf").write_text(
        f'pcm.hall {{ type file slave.pcm {{ type null }} file /dev/null infile "{tmp_path / "played"}" format raw }}'
    )
    code = (
        "import sys; from pathlib import Path; from transcription import inputs\n"
        "inputs.ALSA = Path(sys.argv[1]); print(len(next(inputs.listen('alsa:hall'))) > 0)"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ALSA_")}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=clean, capture_output=True, check=False, timeout=60
    )  # fmt: skip
    assert ran.stdout == b"True\n", ran.stderr.decode()


def test_a_sound_card_that_is_not_there_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "asound.conf").write_text("pcm.other { type null }")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    with pytest.raises(BadSound, match="hãy kiểm tra dây"):
        list(listen("alsa:hall"))
