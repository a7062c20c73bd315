"""What a command writes is there whole or not at all, and a full disk is a sentence."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from live import commands as do
from server.cli.whole import whole
from server.store.putting import put_new
from tests.cast import CLERK
from tests.rules.tree import ROOT
from tests.serving import Served
from tests.visitors import open_dialogue

FULL = 'ulimit -f 60; exec "$@"'
"""No file may grow beyond so many kilobytes: what is written beyond them fails as on a full disk."""
LETTER = "Kính gửi Ủy ban nhân dân xã, đường vào thôn hỏng từ mùa mưa năm ngoái, xe chở nông sản không vào được. " * 4


def test_a_file_takes_its_place_when_everything_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("bản cũ")
    with whole(path) as file:
        file.write(b"moi")
        assert path.read_text() == "bản cũ"
    assert path.read_bytes() == b"moi"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("before", ["bản cũ", None])
def test_trouble_leaves_what_was_there(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "a.json"
    if before is not None:
        path.write_text(before)

    def half() -> None:
        with whole(path) as file:
            file.write(b"nua")
            raise OSError("the stick was pulled")

    with pytest.raises(OSError, match="pulled"):
        half()
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == ([("a.json", before)] if before else [])


def test_a_folder_that_takes_nothing_is_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole(tmp_path / "nowhere" / "a.json"):
        pytest.fail("the work began")


def test_what_is_no_plain_file_is_written_as_it_comes(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with whole(pipe) as file:
        file.write(b"chu")
    assert os.read(reader, 10) == b"chu"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_name_that_was_taken_a_moment_ago_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"

    def late() -> None:
        with whole(path, over=False) as file:
            file.write(b"cua toi")
            path.write_bytes(b"cua ai khac")

    with pytest.raises(FileExistsError):
        late()
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"a.pdf": b"cua ai khac"}


def test_a_finished_file_is_moved_where_no_link_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick's file system has none; whoever asks for one there is told that it is not permitted."""

    def forbidden(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", forbidden)
    (tmp_path / "made").write_bytes(b"x")
    put_new(tmp_path / "made", tmp_path / "a.db")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"a.db": b"x"}


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a dialogue that is larger than what a full disk takes, and a copy of its database."""
    data_dir = tmp_path_factory.mktemp("evening")
    with Served(data_dir) as served:
        room = open_dialogue(served)
        for number in range(150):
            served.run(room.handle(do.Ask(f"{number} {LETTER}"), CLERK))
    assert doithoai(data_dir, "backup", str(data_dir / "copy.db")).returncode == 0
    return data_dir


def doithoai(data_dir: Path, *words: str, before: str = 'exec "$@"') -> "subprocess.CompletedProcess[str]":
    command = ["bash", "-c", before, "doithoai", sys.executable, "-m", "server", *words]
    given = os.environ | {"DOITHOAI_DATA_DIR": str(data_dir), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("words", [("backup",), ("export", "TEST01", "--output")])
def test_a_full_disk_gets_no_half_file(evening: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    target = tmp_path / "made"
    told = doithoai(evening, *words, str(target), before=FULL)
    assert (told.returncode, "Traceback" in told.stderr) == (1, False), told.stderr
    assert " / " in told.stderr
    assert list(tmp_path.iterdir()) == []
    assert doithoai(evening, *words, str(target)).returncode == 0
    assert target.stat().st_size > 60 * 1024


@pytest.mark.slow
def test_a_restore_on_a_full_disk_changes_nothing_and_can_be_run_again(evening: Path) -> None:
    before = contents(evening)
    told = doithoai(evening, "restore", str(evening / "copy.db"), before=FULL)
    assert (told.returncode, "dữ liệu hiện có còn nguyên" in told.stderr) == (1, True), told.stderr
    assert contents(evening) == before
    assert doithoai(evening, "restore", str(evening / "copy.db")).returncode == 0


@pytest.mark.slow
def test_what_an_interrupted_restore_left_is_not_taken_for_a_part_of_the_next(evening: Path) -> None:
    """A WAL that lies there is good in itself: SQLite writes it into whatever database comes under that name."""
    half = evening / ".doithoai.db.restored"
    shutil.copy(evening / "copy.db", half)
    with closing(sqlite3.connect(half)) as earlier:
        earlier.execute("PRAGMA journal_mode=WAL")
        earlier.execute("UPDATE dialogues SET n = 1")
        earlier.commit()
        left = Path(f"{half}-wal").read_bytes()
    Path(f"{half}-wal").write_bytes(left)
    assert doithoai(evening, "restore", str(evening / "copy.db")).returncode == 0
    assert doithoai(evening, "verify").returncode == 0
    assert not [path.name for path in evening.iterdir() if ".restored" in path.name]
