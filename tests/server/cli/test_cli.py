"""The command line, as an operator uses it: real files, real answers, sentences instead of reports."""

import errno
import io
import json
import shutil
import sqlite3
import sys
import uuid
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import server.cli
from server.cli import app, serving
from server.cli.trouble import sentence
from server.settings import BadSetting, Settings
from server.store.lock import FileLock
from tests.serving import Served
from tests.visitors import browser, citizen_cookie, open_dialogue


@pytest.fixture(autouse=True)
def own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
    return tmp_path


def run(*words: str, said: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=said)


def told(*words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `doithoai` writes to standard error before it exits with 1."""
    monkeypatch.setattr(sys, "argv", ["doithoai", *words])
    with pytest.raises(SystemExit) as exit_:
        server.cli.main()
    assert exit_.value.code == 1
    return capsys.readouterr().err


def test_staff_are_added_listed_locked_and_given_a_new_password():
    added = run("staff", "add", "Binh", "--name", "Trần Bình", "--role", "moderator", "--role", "clerk")
    assert added.exit_code == 0
    assert "password" in added.output
    again = run("staff", "add", "binh", "--name", "Khác", "--role", "chair")
    assert again.exit_code == 1
    assert run("staff", "disable", "binh").exit_code == 0
    assert "disabled" in run("staff", "list").output
    given = run("staff", "passwd", "binh", "--password-stdin", said="một mật khẩu dài\n")
    assert given.exit_code == 0
    assert "một mật khẩu dài" not in given.output
    listed = run("staff", "list").output
    assert "clerk, moderator" in listed
    assert "disabled" not in listed


@pytest.mark.parametrize(
    "words, said",
    [
        (["add", "an", "--name", "An", "--role", "king"], ""),
        (["add", " ", "--name", "An", "--role", "clerk"], ""),
        (["add", "an", "--name", "\u200b", "--role", "clerk"], ""),
        (["add", "an", "--name", "An", "--role", "clerk", "--password-stdin"], "short\n"),
        (["add", "an" * 41, "--name", "An", "--role", "clerk"], ""),
        (["add", "an", "--name", "n" * 81, "--role", "clerk"], ""),
        (["add", "an", "--name", "An", "--role", "agency", "--agency", "s" * 301], ""),
        (["disable", "nobody"], ""),
        (["passwd", "nobody"], ""),
    ],
)
def test_what_cannot_be_done_to_staff_is_said(words: list[str], said: str):
    assert run("staff", *words, said=said).exit_code == 1
    assert "an" not in run("staff", "list").output.split()


@pytest.fixture
def evening(own_directory: Path) -> str:
    """A dialogue on disk, its server stopped again; the answer is the receipt of its one question."""
    with Served(own_directory) as served:
        open_dialogue(served)
        with browser(served, citizen_cookie(served, "Bà Sáu"), Accept="application/json") as phone:
            sent = phone.post("/d/TEST01/do/ask", data={"text": "Bao giờ sửa cầu?", "op": str(uuid.uuid4())})
        receipt: str = sent.json()["receipt"]["code"]
    return receipt


def test_a_journal_verifies_until_somebody_touches_it(evening: str, own_directory: Path):
    good = run("verify")
    assert (good.exit_code, "TEST01" in good.output) == (0, True)
    with sqlite3.connect(own_directory / "doithoai.db") as raw:
        raw.execute("update entries set body = replace(body, 'open', 'paused') where kind = 'dialogue_moved'")
    raw.close()
    bad = run("verify")
    assert bad.exit_code == 1
    assert "WRONG" in bad.output


def test_a_dialogue_is_exported_whole_public_and_as_journal(evening: str, own_directory: Path):
    whole = run("export", "test01", "--output", str(own_directory / "whole.json"))
    assert whole.exit_code == 0
    assert "Bao giờ sửa cầu?" in (own_directory / "whole.json").read_text(encoding="utf-8")
    assert (own_directory / "whole.json").stat().st_mode & 0o077 == 0
    assert "Bao giờ sửa cầu?" not in run("export", "TEST01", "--public").output
    lines = [json.loads(line) for line in run("export", "TEST01", "--journal").output.splitlines()]
    assert [line["n"] for line in lines] == list(range(1, len(lines) + 1))
    assert "Bao giờ sửa cầu?" in lines[-1]["texts"].values()
    assert run("export", "NOBODY").exit_code == 1
    assert run("export", "TEST01", "--public", "--journal").exit_code == 2


def test_a_backup_is_taken_beside_a_running_server_and_restored_later(own_directory: Path, tmp_path: Path):
    copy = own_directory / "copy.db"
    with Served(own_directory) as served:
        open_dialogue(served)
        assert run("backup", str(copy)).exit_code == 0
        epoch = served.run(served.parts.journal.stream("TEST01"))
    (own_directory / "doithoai.db").unlink()
    restored = run("restore", str(copy))
    assert (restored.exit_code, "TEST01" in restored.output) == (0, True)
    assert run("verify").exit_code == 0
    with Served(own_directory) as served:
        again = served.run(served.parts.journal.stream("TEST01"))
    assert epoch is not None
    assert again is not None
    assert (again.n, again.epoch != epoch.epoch) == (epoch.n, True)


def test_trouble_is_a_sentence(own_directory: Path, monkeypatch, capsys):
    said = told("restore", __file__, monkeypatch=monkeypatch, capsys=capsys)
    assert "nothing was changed" in said
    run("migrate")
    lock = FileLock(own_directory / "doithoai.db")
    try:
        for words in (["staff", "list"], ["serve"]):
            assert "doithoai.db" in told(*words, monkeypatch=monkeypatch, capsys=capsys)
    finally:
        lock.release()
    monkeypatch.setenv("DOITHOAI_PORT", "high")
    assert "DOITHOAI_PORT" in told("migrate", monkeypatch=monkeypatch, capsys=capsys)


def test_a_mistake_of_ours_is_a_whole_report(monkeypatch):
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(server.cli, "app", broken)
    with pytest.raises(ZeroDivisionError):
        server.cli.main()


def test_models_are_listed_and_checked_without_any():
    assert "doithoai model install vi" in run("model", "list").output
    assert run("model", "verify").exit_code == 1


def test_a_model_that_is_none_is_refused_in_words(own_directory: Path, monkeypatch, capsys):
    (own_directory / "empty").mkdir()
    said = told("model", "install", str(own_directory / "empty"), monkeypatch=monkeypatch, capsys=capsys)
    assert "am/final.mdl" in said or "final.mdl" in said
    assert not list((own_directory / "models").glob("[!.]*"))


def test_without_a_model_transcribing_says_how_to_get_one(own_directory: Path, monkeypatch, capsys):
    sound = own_directory / "a.wav"
    sound.write_bytes(b"RIFF")
    assert "model install vi" in told("transcribe", str(sound), monkeypatch=monkeypatch, capsys=capsys)


def test_the_server_is_told_to_keep_quiet_and_small(tmp_path: Path):
    asked = serving.configuration(Settings(data_dir=tmp_path, trusted_proxies=("10.0.0.1",)))
    assert (asked.server_header, asked.access_log, asked.ws_per_message_deflate) == (False, False, False)
    assert asked.timeout_graceful_shutdown == 5
    assert asked.ws_max_size == 64 * 1024
    assert (asked.proxy_headers, asked.forwarded_allow_ips) == (True, ["10.0.0.1"])
    assert serving.configuration(Settings(data_dir=tmp_path)).proxy_headers is False


def test_the_hall_gets_the_address_of_this_machine(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(serving, "own_address", lambda: "192.168.7.7")
    opened = serving.for_hall(Settings(data_dir=tmp_path))
    assert (opened.public_url, opened.plain_http) == ("http://192.168.7.7:8000", True)
    assert "http://127.0.0.1:8000" in opened.origins
    behind_tls = Settings(data_dir=tmp_path, public_url="https://example.vn")
    assert serving.for_hall(behind_tls) is behind_tls
    monkeypatch.setattr(serving, "own_address", lambda: None)
    with pytest.raises(BadSetting, match="Wi-Fi"):
        serving.for_hall(Settings(data_dir=tmp_path))


def test_the_log_is_one_json_object_a_line(monkeypatch):
    import logging

    import structlog

    from server import log

    written, root = io.StringIO(), logging.getLogger()
    kept, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "stderr", written)
    try:
        log.configure("info")
        structlog.get_logger().info("một", question=34)
        logging.getLogger("library").warning("hai %s", 2)
        logging.getLogger("library").debug("never")
    finally:
        structlog.reset_defaults()
        root.handlers[:] = kept
        root.setLevel(level)
    one, two = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (one["event"], one["question"], one["level"]) == ("một", 34, "info")
    assert (two["event"], two["level"]) == ("hai 2", "warning")
    assert one["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "problem",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]),
    ],
)
def test_a_disk_that_takes_nothing_is_a_sentence(problem: OSError):
    assert "make room" in str(sentence(problem))
    assert sentence(shutil.Error([("a", "b", "Is a named pipe")])) is None
