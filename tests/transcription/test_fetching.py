"""A download over a line that breaks: it goes on where it was cut, and never puts two releases together."""

import errno
import random
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disk import leaving
from tests.transcription.cutting import Cutting, served
from transcription.fetching import Watch, fetch, validator_of
from transcription.problems import BadModel, Cancelled

BODY = random.Random(7).randbytes(300_000)
MOST = 1 << 30


def watch(told=None, cancelled=lambda: False, pauses=None):
    """Nobody waits: what a pause would have been is written down."""
    seen = [] if told is None else told
    return Watch(lambda done, total: seen.append((done, total)), cancelled, ([] if pauses is None else pauses).append)


@pytest.fixture
def to(tmp_path):
    return tmp_path / "model.zip"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 120_000), max_size=4))
def test_wherever_the_line_breaks_the_file_is_whole_and_no_byte_comes_twice(tmp_path_factory, cuts):
    to = tmp_path_factory.mktemp("fetch") / "model.zip"
    told: list[tuple[int, int]] = []
    pauses: list[float] = []
    with served(Cutting(BODY, list(cuts))) as line:
        fetch(line.address, to, MOST, watch(told, pauses=pauses))
    assert to.read_bytes() == BODY
    assert line.sent == len(BODY)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (len(BODY), len(BODY))
    assert len(pauses) == len(line.asked) - 1
    assert not validator_of(to).exists()


def test_what_came_is_kept_and_the_next_time_goes_on_from_there(to):
    with served(Cutting(BODY, [200_000, 0, 0, 0, 0, 0])) as line:
        with pytest.raises(BadModel, match="lần sau tải tiếp"):
            fetch(line.address, to, MOST, watch())
        assert to.stat().st_size == 200_000
        line.cuts = []
        fetch(line.address, to, MOST, watch())
    assert to.read_bytes() == BODY
    assert line.asked[-1] == "bytes=200000-"


def test_another_release_begins_anew(to):
    with served(Cutting(b"x" * 300_000, [100_000, 0, 0, 0, 0, 0])) as line:
        with pytest.raises(BadModel):
            fetch(line.address, to, MOST, watch())
        line.body, line.etag, line.cuts = BODY, '"second"', []
        fetch(line.address, to, MOST, watch())
    assert to.read_bytes() == BODY


def test_a_side_that_knows_no_ranges_begins_anew(to):
    with served(Cutting(BODY, [100_000], ranges=False)) as line:
        fetch(line.address, to, MOST, watch())
    assert to.read_bytes() == BODY


@pytest.mark.parametrize("etag", [None, 'W/"weak"'])
def test_without_a_validator_a_half_file_is_worth_nothing(to, etag):
    with served(Cutting(BODY, [100_000], etag=etag)) as line, pytest.raises(BadModel, match="Chưa cài gì"):
        fetch(line.address, to, MOST, watch())
    assert list(to.parent.iterdir()) == []


def test_a_side_in_trouble_and_one_that_refuses_are_told_by_their_word(to):
    with served(Cutting(BODY, status=503)) as line, pytest.raises(BadModel, match="503"):
        fetch(line.address, to, MOST, watch())
    with served(Cutting(BODY, status=404)) as line, pytest.raises(BadModel, match="404"):
        fetch(line.address, to, MOST, watch())
    assert len(line.asked) == 1
    assert list(to.parent.iterdir()) == []


def test_nobody_there_is_said_with_the_way_round(to):
    with served(Cutting(BODY)) as gone:
        pass
    with pytest.raises(BadModel, match="doithoai model install ĐƯỜNG_DẪN"):
        fetch(gone.address, to, MOST, watch())


def test_a_person_who_stops_leaves_nothing_half(to):
    with served(Cutting(BODY, [100_000])) as line, pytest.raises(Cancelled):
        fetch(line.address, to, MOST, watch(cancelled=lambda: len(line.asked) > 1))
    assert list(to.parent.iterdir()) == []


def test_a_person_who_stops_during_a_pause_is_heard_before_the_next_try(to):
    pauses: list[float] = []
    with served(Cutting(BODY, [10, 10])) as line, pytest.raises(Cancelled):
        fetch(line.address, to, MOST, watch(cancelled=lambda: bool(pauses), pauses=pauses))
    assert len(line.asked) == 1


def test_a_disk_too_small_is_told_before_the_first_byte(to, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", leaving(1_000))
    with served(Cutting(BODY)) as line, pytest.raises(BadModel, match="Không đủ chỗ"):
        fetch(line.address, to, MOST, watch())
    assert not to.exists()


def test_a_disk_that_fills_on_the_way_is_the_disks_trouble(to, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with served(Cutting(BODY)) as line, pytest.raises(OSError, match="No space"):
        fetch(line.address, to, MOST, Watch(full, lambda: False, print))


@pytest.mark.parametrize("address", ["http://models.example/a.zip", "ftp://models.example/a.zip", "file:///tmp/a.zip"])
def test_nothing_but_https_is_trusted(to, address):
    with pytest.raises(BadModel, match="https"):
        fetch(address, to, MOST, watch())


def test_more_than_any_model_is_refused_by_its_own_word(to):
    with served(Cutting(BODY)) as line, pytest.raises(BadModel, match="MB"):
        fetch(line.address, to, 1_000, watch())
    assert not to.exists()
