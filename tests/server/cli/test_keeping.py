"""What `capture` puts on its own machine's disk is there after any end, and what is acknowledged is not."""

import asyncio
import os
import random
import tempfile
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.cli import keeping
from server.cli.keeper import Keeper
from server.cli.keeping import Kept, Label, left_behind
from server.cli.left import left_of, put_by
from server.cli.outgoing import PRINT, Outgoing
from tests.server.cli.test_outgoing import Kept as Recorded
from tests.server.cli.test_outgoing import evenings

BLOCK = 2 * PRINT
DOOR = "http://hall.example/d/TEST01/sound/hall"
LABEL = Label(DOOR, "aa", 1_000)
SOUND = random.Random(4).randbytes(200 * BLOCK)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a few pieces, so that there are several; nobody pulls the plug, so that nothing waits for the disk."""
    monkeypatch.setattr(keeping, "MINUTE", 4 * BLOCK)
    monkeypatch.setattr(os, "fsync", lambda _: None)


class AtOnce(Keeper):
    """The same without a thread: what is asked is done when the call returns."""

    def _do(self, work, *, also_after=False):
        done: Future[None] = Future()
        self._try(work, also_after=also_after)
        done.set_result(None)
        return done


def killed(kept: Kept) -> None:
    """The process is gone: the kernel closes its files, and nobody tidied up."""
    kept.close()


@given(
    st.lists(st.one_of(st.tuples(st.just("hear"), st.integers(1, 6)), st.tuples(st.just("has"), st.integers(0, 9)))),
    st.integers(0, 5_000),
)
def test_what_was_not_acknowledged_is_there_after_a_crash_and_a_power_cut_costs_its_end_alone(acts, cut):
    with tempfile.TemporaryDirectory() as folder:
        kept, waiting, end = Kept(Path(folder) / "aa"), [], 0
        kept.label(LABEL)
        for act, blocks in acts:
            if act == "hear":
                waiting.append((end, SOUND[end * 2 : end * 2 + blocks * BLOCK]))
                kept.add(*waiting[-1], 5_000)
                end += blocks * PRINT
            else:
                del waiting[:blocks]
                kept.forget(waiting[0][0] if waiting else end)
        killed(kept)
        last = max(Path(folder).glob("aa/*.pcm"), default=None)
        torn = last is not None and cut > 0
        if last is not None and torn:
            with last.open("r+b") as file:
                file.truncate(max(0, last.stat().st_size - cut))
        [(again, label)] = left_behind(Path(folder), DOOR)
        pieces, _ = again.pieces()
        assert label == LABEL
        if not torn:
            assert pieces == waiting
        behind = [piece for piece in pieces if piece[0] >= (waiting[0][0] if waiting else end)]
        assert behind == waiting[: len(behind)]  # never a hole, never a torn piece


def test_while_the_server_answers_nothing_is_left_on_the_disk(tmp_path):
    kept = Kept(tmp_path / "aa")
    for at in range(0, 40 * PRINT, PRINT):
        kept.add(at, SOUND[at * 2 :][:BLOCK], 0)
        kept.forget(at + PRINT)
    assert sum(path.stat().st_size for path in (tmp_path / "aa").glob("*.pcm")) == 0


def test_a_line_whose_process_lives_belongs_to_nobody_else_and_one_of_another_door_stays(tmp_path):
    kept, other = Kept(tmp_path / "aa"), Kept(tmp_path / "bb")
    kept.label(LABEL)
    other.label(Label("http://hall.example/d/TEST01/sound/chair", "bb", 1))
    (tmp_path / "cc").mkdir()
    (tmp_path / "cc" / "line.json").write_text('{"from":"something else"}')
    killed(other)
    assert left_behind(tmp_path, DOOR) == []
    killed(kept)
    assert [label for _, label in left_behind(tmp_path, DOOR)] == [LABEL]


def test_a_disk_that_takes_nothing_is_told_once_and_the_sound_is_kept_in_memory(tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")
    outgoing = Outgoing()
    outgoing.keep(AtOnce(tmp_path / "file", LABEL))
    outgoing.put(SOUND[: 9 * BLOCK], heard=1.0)
    outgoing.put(SOUND[9 * BLOCK : 20 * BLOCK], heard=2.0)
    outgoing.meet(0, [])
    assert capsys.readouterr().err.count("Sound cannot be kept in") == 1
    assert outgoing.left() == SOUND[: 20 * BLOCK]
    asyncio.run(outgoing.let_go(over=True))


def test_what_is_put_by_stays_on_the_disk_where_no_file_can_be_made(tmp_path, monkeypatch, capsys):
    outgoing = Outgoing()
    outgoing.keep(AtOnce(tmp_path / "capture", LABEL))
    outgoing.put(SOUND[: 3 * BLOCK], heard=1.0)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(Path, "write_bytes", _full)
    assert not put_by(outgoing, "TEST01-hall")
    assert "start this command again" in capsys.readouterr().err
    asyncio.run(outgoing.let_go(over=False))
    [again] = left_of(tmp_path / "capture", DOOR)
    assert again.left() == SOUND[: 3 * BLOCK]


def _full(*_):
    raise OSError(28, "No space left on device")


class Machine:
    """A machine that captures, and whose process may be killed; `lines` are sent one after the other."""

    def __init__(self, root: Path) -> None:
        self.root, self.server, self.number = root, Recorded(), 0
        self.heard = bytearray()
        self.start()

    def start(self) -> None:
        self.lines, self.open, self.at = left_of(self.root, DOOR), False, 0
        self.number += 1
        self.own = Outgoing(line=f"{self.number:04d}")
        self.own.keep(AtOnce(self.root, Label(DOOR, self.own.line, self.number)))
        self.lines.append(self.own)

    def kill(self) -> None:
        """What is less than a tenth of a second was not on the disk yet."""
        rest = len(self.own._rest)
        del self.heard[len(self.heard) - rest :]
        for line in self.lines:
            assert line.keeper
            assert line.keeper._kept
            killed(line.keeper._kept)
        self.start()

    def hear(self, pcm: bytes, skipped: int) -> None:
        if skipped:
            self.heard += bytes(-len(self.own._rest) % BLOCK)
        self.own.put(pcm, skipped, heard=1.0)
        self.heard += pcm

    def send(self) -> None:
        line = self.lines[0]
        if not self.open:
            line.meet(self.server.have, self.server.prints(line.start()["first"]))
            assert line.keeper
            assert line.base is not None
            line.keeper._do(partial(line.keeper._place, line.base))
            self.at, self.open = 0, True
        if (piece := line.after(self.at)) is not None:
            self.server.take((line.base or 0) + piece[0], piece[1])
            self.at = piece[0] + len(piece[1]) // 2

    def answer(self) -> None:
        if self.open:
            self.lines[0].have(self.server.have)
            if self.lines[0].ended and not self.lines[0].pieces:
                asyncio.run(self.lines.pop(0).let_go(over=True))
                self.open = False

    def cut(self, other: bytes) -> None:
        self.open = False
        self.server.take_of_another(other)


@given(evenings("kill"))
def test_through_crashes_cuts_and_other_peoples_recordings_every_sample_is_there_once_and_in_order(acts):
    with tempfile.TemporaryDirectory() as folder:
        machine, dice = Machine(Path(folder) / "capture"), random.Random(5)
        for act, size in acts:
            if act in {"hear", "skip"}:
                machine.hear(dice.randbytes(2 * (size if act == "hear" else 5)), size if act == "skip" else 0)
            elif act == "cut":
                machine.cut(dice.randbytes(2 * size))
            else:
                {"send": machine.send, "answer": machine.answer, "kill": machine.kill}[act]()
        machine.heard += bytes(-len(machine.own._rest) % BLOCK)
        machine.own.finish()
        while machine.lines:
            machine.send()
            machine.answer()
        assert machine.server.ours == bytes(machine.heard)
        assert list((Path(folder) / "capture").iterdir()) == []


def test_a_recording_that_is_another_one_is_gone_on_behind_and_not_from_its_old_place(tmp_path):
    outgoing = Outgoing(base=20 * 3600 * 16_000)  # as it stood in a rehearsal that was wiped since
    outgoing.put(SOUND[:BLOCK])
    outgoing.meet(100, [])
    assert outgoing.base == 100
