"""How fast frames may come up one line, controls and empty ones too: a flood ends it before it costs others."""

FRAMES = 300
"""Frames that one line may send in `SPAN` seconds, sound apart: commands are 20, and the rest is the odd ping."""
SPAN = 10.0
TOO_FAST = 4013
"""Close code: this line sent a flood of frames; come back."""


class Pace:
    """Counts the frames of one line."""

    __slots__ = ("_began", "_frames")

    def __init__(self) -> None:
        self._began = 0.0
        self._frames = 0

    def calm(self, now: float) -> bool:
        """Count one more frame; whether this line still sends at a human pace."""
        if now - self._began > SPAN:
            self._began, self._frames = now, 0
        self._frames += 1
        return self._frames <= FRAMES
