"""What Vosk itself does with misuse, in a process that may be lost: the reasons for our checks.

When a newer Vosk behaves better one of these fails, and the check that it is the reason for can go."""

import signal
import subprocess
import sys

import pytest

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


def test_a_rate_of_zero_never_returns(korean):
    with begun(korean, "vosk.KaldiRecognizer(model, 0).AcceptWaveform(noise); print('returned')") as process:
        assert process.stdout
        assert process.stdout.readline() == b"loaded\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        process.kill()
        assert process.stdout.read() == b""
    with pytest.raises(BadSound):
        right_rate(0)


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
        "for sound in (bytearray(noise), memoryview(noise), 'noise'):\n"
        "  try: r.AcceptWaveform(sound)\n"
        "  except TypeError: print('TypeError')\n"
    )
    assert ended(korean, code) == (0, ["loaded", *["True"] * 3, *["TypeError"] * 3])
    with pytest.raises(BadSound):
        whole_samples(bytes(3))


def test_a_model_that_is_none_is_told_without_a_reason(tmp_path):
    code = "import sys, vosk\ntry: vosk.Model(model_path=sys.argv[1])\nexcept Exception as why: print(why)"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False, timeout=60)
    assert done.stdout == b"Failed to create a model\n"
