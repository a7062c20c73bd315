"""What Vosk itself does with misuse, in a process that may be lost: the reasons for our checks.

When a newer Vosk behaves better one of these fails, and the check that it is the reason for can go."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from tests.transcription.streams import Station, on_air
from transcription.engine import right_rate, whole_samples
from transcription.problems import BadSound

pytestmark = [pytest.mark.vosk, pytest.mark.faults, pytest.mark.timeout(240)]

BEGIN = (
    "import sys, vosk; vosk.SetLogLevel(-2); model = vosk.Model(model_path=sys.argv[1]); print('loaded', flush=True)\n"
)
NOISE = "import random; noise = random.Random(1).randbytes(64_000)\n"


def begun(model, code):
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + NOISE + code, str(model)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def ended(model, code):
    """The exit code, and what was printed."""
    with begun(model, code) as process:
        said, _ = process.communicate(timeout=200)
    return process.returncode, said.decode().split()


@pytest.mark.parametrize("rate", [0, -1])
def test_a_rate_of_nothing_never_returns(korean, rate):
    code = f"vosk.KaldiRecognizer(model, {rate}).AcceptWaveform(noise); print('returned')"
    with begun(korean, code) as process:
        assert process.stdout
        assert process.stdout.readline() == b"loaded\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        process.kill()
        assert process.stdout.read() == b""
    with pytest.raises(BadSound):
        right_rate(rate)


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 96_000])
def test_other_rates_are_taken_and_we_resample_all_the_same(korean, rate):
    code = f"r = vosk.KaldiRecognizer(model, {rate}); print(r.AcceptWaveform(noise) in (0, 1), r.FinalResult()[0])"
    assert ended(korean, code) == (0, ["loaded", "True", "{"])
    with pytest.raises(BadSound):
        right_rate(rate)  # a rate is believed: one way in keeps one rate


def test_one_recogniser_in_two_threads_ends_the_process(korean):
    code = (
        "import threading\n"
        "r = vosk.KaldiRecognizer(model, 16000)\n"
        "feed = lambda: [r.AcceptWaveform(noise) for _ in range(40)]\n"
        "threads = [threading.Thread(target=feed) for _ in range(2)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "print('survived')\n"
    )
    returned, said = ended(korean, code)
    assert said == ["loaded"]
    assert returned in (-signal.SIGABRT, -signal.SIGSEGV)


def test_a_grammar_of_words_that_the_model_lacks_is_taken_with_a_warning_alone(korean):
    code = 'r = vosk.KaldiRecognizer(model, 16000, \'["[unk]", "zzzz"]\'); print(r.AcceptWaveform(noise) in (0, 1))'
    assert ended(korean, code) == (0, ["loaded", "True"])


@pytest.mark.parametrize(
    "code, died",
    [
        ("r = vosk.KaldiRecognizer(model, 16000); r.AcceptWaveform(noise); r.SetGrammar('[\"a\"]')", signal.SIGABRT),
        ("r = vosk.KaldiRecognizer(model, 16000); r.SetGrammar('not json')", signal.SIGSEGV),
        ("vosk.KaldiRecognizer(model, 12345.6).AcceptWaveform(noise)", signal.SIGABRT),
    ],
    ids=["grammar while running", "grammar that is none", "rate that is no integer"],
)
def test_misuse_outside_of_accept_waveform_ends_the_process(korean, code, died):
    returned, said = ended(korean, code)
    assert said == ["loaded"]
    assert returned == -died


def test_bytes_that_are_no_sound_are_decoded_without_a_word_of_complaint(korean):
    code = (
        "r = vosk.KaldiRecognizer(model, 16000)\n"
        "for sound in (noise[:-1], b'RIFF' + noise, b''): print(r.AcceptWaveform(sound) in (0, 1))\n"
        "import numpy\n"
        "for sound in (bytearray(noise), memoryview(noise), 'noise', numpy.frombuffer(noise, '<i2')):\n"
        "  try: r.AcceptWaveform(sound)\n"
        "  except TypeError: print('TypeError')\n"
    )
    assert ended(korean, code) == (0, ["loaded", *["True"] * 3, *["TypeError"] * 4])
    for sound in (bytes(3), np.zeros(4, "<i2"), bytearray(4)):
        with pytest.raises(BadSound):
            whole_samples(sound)


def alone(code, *words):
    """A program of its own, without a model in it."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        env=os.environ | {"NO_PROXY": "*"}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip


MADE = "vosk.Model(model_path=sys.argv[1])"
NOT_MADE = b"\nException: Failed to create a model\n"
"""How it ends: with the bare class, so that vosk_engine.py has no narrower one to catch."""


def test_a_model_that_is_none_is_told_without_a_reason(tmp_path):
    assert alone("import sys, vosk\n" + MADE, tmp_path).stderr.endswith(NOT_MADE)


def test_a_model_cut_short_is_told_without_a_reason_too(korean, tmp_path):
    whole = (korean / "am" / "final.mdl").read_bytes()
    for entry in korean.iterdir():
        if entry.name != "am":
            (tmp_path / entry.name).symlink_to(entry)
    (tmp_path / "am").mkdir()
    (tmp_path / "am" / "final.mdl").write_bytes(whole[: len(whole) // 2])
    done = alone("import sys, vosk\nvosk.SetLogLevel(-2)\n" + MADE, tmp_path)
    assert done.returncode == 1
    assert done.stderr.endswith(NOT_MADE)
    told = alone(
        "import sys\nfrom transcription.problems import BadModel\nfrom transcription.vosk_engine import VoskEngine\n"
        "try: VoskEngine(sys.argv[1])\nexcept BadModel as why: print(why.en)",
        tmp_path,
    )
    assert b"Install it again." in told.stdout


def test_a_path_that_is_no_text_leaves_a_second_error_behind_the_first(korean):
    code = (
        "import pathlib, sys, vosk\n"
        "try: vosk.Model(model_path=pathlib.Path(sys.argv[1]))\n"
        "except AttributeError as why: print('encode' in str(why))"
    )
    done = alone(code, korean)
    assert done.stdout == b"True\n"
    assert b"Exception ignored in" in done.stderr
    assert b"_handle" in done.stderr


@pytest.mark.parametrize("asked", ["lang='xx'", "model_name='vosk-model-xx'"])
def test_a_name_in_place_of_a_path_asks_the_network_and_ends_the_program(tmp_path, asked):
    code = (
        "import pathlib, sys, vosk\n"
        "vosk.MODEL_LIST_URL, vosk.MODEL_DIRS = sys.argv[1], [pathlib.Path(sys.argv[2])]\n"
        f"try: vosk.Model({asked})\n"
        "except SystemExit as end: print('SystemExit', end.code)\n"
    )
    with on_air(Station([b"[]"], [False], "application/json")) as network:
        done = alone(code, network.address, tmp_path)
        assert network.heard == 1
    assert done.stdout.endswith(b" does not exist\nSystemExit 1\n")
