"""`doithoai model`, as an administrator uses it: what is there, what may be had, a Ctrl-C that leaves nothing half."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.cli import app
from tests.transcription.brought import NAME, NEW_MODEL, lay
from tests.transcription.conftest import korean
from tests.transcription.cutting import Cutting, served
from tests.waiting import until

__all__ = ["korean"]  # a fixture, found by its name

SAID = "안녕하세요 오늘 회의를 시작하겠습니다"


@pytest.fixture(autouse=True)
def own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def model_dir(own_directory: Path) -> Path:
    return lay(own_directory / "brought" / NAME, NEW_MODEL)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["model", *words])


def test_a_model_is_installed_listed_checked_and_removed(own_directory: Path, model_dir: Path):
    assert run("install", str(model_dir)).exit_code == 0
    listed = run("list").output
    assert "in use" in listed
    assert f"OK {NAME} [vi]" in run("verify").output
    (own_directory / "models" / NAME / "am/final.mdl").write_bytes(b"rotten")
    spoiled = run("verify")
    assert (spoiled.exit_code, "am/final.mdl" in spoiled.output) == (1, True)
    removed = run("remove", NAME)
    assert (removed.exit_code, not (own_directory / "models" / NAME).exists()) == (0, True)


def test_what_may_be_had_is_listed_with_language_licence_and_source():
    listed = run("list").output
    for words in ("vi-small", "en-small", "Apache-2.0", "https://", "vosk-model-vn-0.4"):
        assert words in listed


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_ctrl_c_stops_a_stalled_download_with_a_sentence_and_leaves_nothing_half(own_directory: Path):
    hold = threading.Event()
    with served(Cutting(bytes(5_000_000), [1_000_000], hold=hold)) as line:
        command = [sys.executable, "-m", "server", "model", "install", f"{line.address}/{NAME}.zip"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            partial = own_directory / "models/.partial" / f"{NAME}.zip"
            until(lambda: partial.exists() and partial.stat().st_size > 0, "the download to begin", 30)
            child.send_signal(signal.SIGINT)  # while the other side is silent, which it stays
            _, said = child.communicate(timeout=100)  # a signal just before a read is seen when the read gives up
    assert child.returncode == 1
    assert "Đã dừng. Chưa cài gì." in said
    assert not list((own_directory / "models").glob("[!.]*"))
    assert not list((own_directory / "models/.partial").iterdir())


@pytest.mark.vosk
@pytest.mark.timeout(240)
def test_a_model_is_measured_on_recordings_with_their_words(own_directory: Path, korean: Path):
    recordings = own_directory / "recordings"
    recordings.mkdir()
    for n in range(6):
        path = recordings / f"{n}.wav"
        subprocess.run(["espeak-ng", "-v", "ko", "-s", str(140 + n), "-w", str(path), SAID], check=True, timeout=30)
        if n:
            path.with_suffix(".txt").write_text(SAID, encoding="utf-8")
    measured = run("bench", str(recordings), "--model", str(korean))
    assert measured.exit_code == 0
    for words in ("6 tệp / files\n", "5 tệp có lời", "real-time factor", "p99", "WER", "CER", "95 %"):
        assert words in measured.output


def test_a_folder_without_sound_and_a_file_that_is_none_are_told(own_directory: Path, korean: Path):
    (own_directory / "empty").mkdir()
    empty = run("bench", str(own_directory / "empty"), "--model", str(korean))
    assert "không có tệp âm thanh" in str(empty.exception)
    assert run("bench", str(own_directory / "none")).exit_code == 2
