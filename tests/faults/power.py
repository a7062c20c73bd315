"""What is left on a disk after a power cut, worked out from a trace (disk.c) of all that was written and synced."""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = struct.Struct("=cB6xqq")
SECTOR = 512
FOLDER, STORY, PIECES = 3, 4, 5


@dataclass(frozen=True)
class Record:
    """W: bytes at an offset; T: cut to a length; S: synced; N: begun; A: said on stdout.

    `file` is 1, 2 for the WAL, FOLDER, STORY for a recording's manifest, PIECES + n for its nth minute (disk.c).
    """

    what: str
    file: int
    offset: int
    content: bytes


def records(trace: Path) -> list[Record]:
    return [*_records(trace.read_bytes())]


def _records(raw: bytes) -> Iterator[Record]:
    at = 0
    while at < len(raw):
        what, file, offset, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        has_content = what in {b"W", b"A"}
        yield Record(what.decode(), file, offset, raw[at : at + length] if has_content else b"")
        at += length if has_content else 0


@dataclass
class OneFile:
    """A file: what a sync has put beyond doubt, and what came since, of which the disk may have kept any part."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Record] = field(default_factory=list)

    def take(self, record: Record) -> None:
        if record.what == "S":
            for earlier in self.since:
                _write(self.safe, earlier, len(earlier.content))
            self.since = []
        else:
            self.since.append(record)

    def left(self, dice: random.Random | None) -> bytes:
        """Only what was synced; with dice also some of what came since, in part."""
        content = bytearray(self.safe)
        for record in self.since if dice else ():
            if dice and dice.random() < 0.5:
                sectors = dice.randint(1, max(1, len(record.content) // SECTOR))
                _write(content, record, sectors * SECTOR)
        return bytes(content)


def _write(content: bytearray, record: Record, most: int) -> None:
    if record.what == "T":
        del content[record.offset :]
        content.extend(bytes(record.offset - len(content)))
        return
    written = record.content[:most]
    content.extend(bytes(max(0, record.offset - len(content))))
    content[record.offset : record.offset + len(written)] = written


def after_cut(trace: list[Record], at: int, folder: Path, dice: random.Random | None) -> list[str]:
    """Make in `folder` the files as they are when the power goes at record `at`; give what had been said by then."""
    files, said = {1: OneFile(), 2: OneFile()}, b""
    for record in trace[:at]:
        if record.what == "A":
            said += record.content
        elif record.file in files:
            files[record.file].take(record)
    (folder / "a.db").write_bytes(files[1].left(dice))
    (folder / "a.db-wal").write_bytes(files[2].left(dice))
    return [line.split()[1] for line in said.decode().split("\n")[:-1] if line.startswith("ok ")]


def recording_after_cut(trace: list[Record], at: int, folder: Path, dice: random.Random | None) -> int:
    """Make in `folder` the recording as it is when the power goes at record `at`; give the samples acknowledged.

    A name that its folder had not been synced for is gone, with dice perhaps, and with it what was in the file.
    """
    files: dict[int, OneFile] = {}
    named: dict[int, bool] = {}
    said = b""
    for record in trace[:at]:
        if record.what == "A":
            said += record.content
        elif record.what == "N":
            named[record.file] = False
        elif record.file == FOLDER:
            named = dict.fromkeys(named, True)
        elif record.file > FOLDER:
            files.setdefault(record.file, OneFile()).take(record)
    for number, sure in named.items():
        if sure or (dice and dice.random() < 0.5):
            name = "manifest.jsonl" if number == STORY else f"{number - PIECES:06d}.pcm"
            (folder / name).write_bytes(files.get(number, OneFile()).left(dice))
    return max((int(line.split()[1]) for line in said.decode().split("\n")[:-1]), default=0)
