"""What a full disk, a dead disk and a killed process do to a recording."""

import errno
import os
import signal
import subprocess
import sys

import pytest

from transcription.pieces import duration, piece_path, read
from transcription.problems import CannotWrite, DiskFull
from transcription.recordings import Recording

WRITER = """
import sys
from pathlib import Path
from transcription.recordings import Recording
recording = Recording(Path(sys.argv[1]))
at = 0
while True:
    at = recording.append(at, b"".join(n.to_bytes(2, "little") for n in range(at % 60_000, at % 60_000 + 800)))
    print(at, flush=True)
"""

LIMITED = """
import resource, signal, sys
from pathlib import Path
from transcription.problems import CannotWrite
from transcription.recordings import Recording
resource.setrlimit(resource.RLIMIT_FSIZE, (10_001, resource.RLIM_INFINITY))
recording = Recording(Path(sys.argv[1]))
print(recording.append(0, bytes(8_000)))
try:
    recording.append(4_000, bytes(8_000))
except CannotWrite as why:
    print(recording.have, type(why).__name__)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(recording.append(4_000, b"ab" * 4_000))
"""


@pytest.fixture
def writes_fail(monkeypatch):
    """Make the next write store three bytes and then fail, as a disk does that fills up."""

    def fail(code: int) -> None:
        real = os.pwrite
        calls = iter([False, True])

        def pwrite(file, pcm, offset):
            if next(calls, True):
                raise OSError(code, os.strerror(code))
            return real(file, pcm[:3], offset)

        monkeypatch.setattr(os, "pwrite", pwrite)

    return fail


@pytest.mark.faults
@pytest.mark.parametrize("code, kind", [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, CannotWrite)])
@pytest.mark.parametrize("position", [2, 7])
def test_what_does_not_fit_is_not_acknowledged_and_can_be_sent_again(
    tmp_path, monkeypatch, writes_fail, code, kind, position
):
    recording = Recording(tmp_path)
    recording.append(0, b"abcd")
    writes_fail(code)
    with pytest.raises(kind, match="vẫn an toàn"):
        recording.append(position, b"efghij")
    assert recording.have == duration(tmp_path) == 2
    assert recording.gaps == []
    monkeypatch.undo()
    assert recording.append(2, b"klmn") == 4
    assert read(tmp_path, 0, 4) == b"abcdklmn"
    assert Recording(tmp_path).gaps == []  # the gap that was told before the failure no longer holds


@pytest.mark.faults
def test_a_failed_wait_for_the_disk_acknowledges_nothing(tmp_path, monkeypatch):
    recording = Recording(tmp_path)
    recording.append(0, bytes(2_000))

    def fsync(_file):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(CannotWrite):
        recording.append(1_000, bytes(64_000))
    assert recording.have == duration(tmp_path) == 1_000


@pytest.mark.faults
def test_a_limit_of_the_system_takes_back_what_was_written_in_part(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.split("\n")[:3] == ["4000", "4000 CannotWrite", "8000"]  # EFBIG: the disk is not full
    assert read(tmp_path, 4_000, 4_000) == b"ab" * 4_000


@pytest.mark.faults
@pytest.mark.parametrize("kept", [0, 1, 7, 16], ids="{} bytes of the line kept".format)
@pytest.mark.parametrize("stuck", [False, True], ids=["taken back", "not even to be taken back"])
def test_half_a_line_of_the_story_that_a_full_disk_left_spoils_no_other(tmp_path, monkeypatch, kept, stuck):
    recording = Recording(tmp_path)
    recording.append(10, b"ab")
    real = os.write

    def write(file, line):
        real(file, line[:kept])
        raise OSError(errno.ENOSPC, "No space left on device")

    def ftruncate(_file, _length):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "write", write)
        if stuck:
            full.setattr(os, "ftruncate", ftruncate)
        with pytest.raises(DiskFull):
            recording.append(20, b"cd")
    assert recording.append(30, b"ef") == 31
    recording.close()
    found = Recording(tmp_path)
    assert found.gaps == recording.gaps == [(0, 10), (11, 30)]
    assert found.have == 31


def test_a_story_with_a_broken_line_in_the_middle_is_told_without_it(tmp_path):
    broken = b'{"gap":[0,5]}\n{"gap":[6,{"reopened":6}\n\xff\xfe\n[1]\n{"gap":[20,30]}\n'
    (tmp_path / "manifest.jsonl").write_bytes(broken)
    piece_path(tmp_path, 0).write_bytes(bytes(80))
    assert Recording(tmp_path).gaps == [(0, 5), (20, 30)]


@pytest.mark.faults
def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
    assert writer.stdout
    with writer.stdout as told:
        for _ in range(50):
            acknowledged = int(told.readline())
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        acknowledged = int((told.read().split() or [b"%d" % acknowledged])[-1])
    recording = Recording(tmp_path)
    assert recording.have >= acknowledged >= 40_000
    pcm = recording.read(0, acknowledged)
    for at in range(0, acknowledged, 800):
        assert int.from_bytes(pcm[at * 2 : at * 2 + 2], "little") == at % 60_000


@pytest.mark.faults
def test_a_place_that_cannot_be_written_is_told_at_once(tmp_path):
    (tmp_path / "hall").write_bytes(b"a file stands where the directory should be")
    with pytest.raises(CannotWrite, match="kiểm tra ổ đĩa"):
        Recording(tmp_path / "hall")
