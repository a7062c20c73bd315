"""Commands about sound and what the machine heard."""

from dataclasses import dataclass
from datetime import datetime

from live.commands.base import Command
from live.states import Mouth, Role, RoomVerdict


@dataclass(frozen=True, slots=True)
class StartRecording(Command):
    """Begin to keep the sound of one source; every page then says that it is being recorded."""

    source: str


@dataclass(frozen=True, slots=True)
class StopRecording(Command):
    source: str


@dataclass(frozen=True, slots=True)
class SetIntake(Command):
    """From now on this comes into a source. `role` and `owner`: whose microphone it is; else the floor decides."""

    source: str
    mouth: Mouth = Mouth.MICROPHONE
    role: Role = Role.UNKNOWN
    owner: str = ""


@dataclass(frozen=True, slots=True)
class LoseSound(Command):
    """Samples `start` to `end` (16 kHz, end excluded) of a source never arrived. `spoken_at`: when, if known."""

    source: str
    start: int
    end: int
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SkipSound(Command):
    """Recognition gave up these samples, on which it failed again and again; the recording has them."""

    source: str
    run: int
    start: int
    end: int
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StartRun(Command):
    """One life of a recogniser begins reading `source` at sample `start`."""

    source: str
    run: int
    engine: str
    model: str
    start: int


@dataclass(frozen=True, slots=True)
class EndRun(Command):
    source: str
    run: int
    reason: str


@dataclass(frozen=True, slots=True)
class Hear(Command):
    """Final words of the machine.

    `times` holds (start sample, end sample, confidence in thousandths or -1) for each blank-separated word of `raw`;
    `text` is the polished form people see first, `spans` the words of `raw` (first, behind the last) for each of its
    blank-separated pieces. `suggestions`: names that may have been said in place of such a range of words. `salvaged`:
    the final was empty and the last partial was kept. `masked`: coarse words are hidden in `text`. `spoken_at`: when
    `start` was spoken, where that is known: sound that waited for the network comes late.
    """

    source: str
    run: int
    seq: int
    start: int
    end: int
    raw: str
    text: str
    times: tuple[tuple[int, int, int], ...] = ()
    salvaged: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    suggestions: tuple[tuple[int, int, str], ...] = ()
    masked: bool = False
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TryRoom(Command):
    """What a text read aloud showed: so many thousandths of its words were wrong, measured by the server."""

    source: str
    wrong: int
    verdict: RoomVerdict


@dataclass(frozen=True, slots=True)
class HideCaptions(Command):
    """Stop public captions at once (private matter); the recording goes on."""


@dataclass(frozen=True, slots=True)
class ShowCaptions(Command):
    pass
