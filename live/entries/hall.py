"""Facts about the hall screen."""

from dataclasses import dataclass

from live.entries.base import Fact
from live.states import Overlay
from live.texts import Sealed


@dataclass(frozen=True, slots=True)
class OverlayShown(Fact):
    kind: Overlay
    text: Sealed


@dataclass(frozen=True, slots=True)
class OverlayHidden(Fact):
    pass


@dataclass(frozen=True, slots=True)
class StageScaled(Fact):
    percent: int


@dataclass(frozen=True, slots=True)
class StageFrozen(Fact):
    pass


@dataclass(frozen=True, slots=True)
class StageThawed(Fact):
    pass
