"""What the recogniser says of a source, brought to its room: words in progress, final words, the lives of a run."""

import structlog

from live.captioning import kept_back
from live.commands import EndRun, SkipSound, StartRun
from live.gaps import passed_over
from server.rooms.delays import Delays
from server.rooms.ears import MACHINE, Ear
from server.rooms.hearing import hear
from server.rooms.insisting import insist
from server.rooms.room import Room
from transcription.heard import Cut, Final, Partial
from transcription.messages import Ended, Skipped, Started, Trouble
from transcription.models import Model
from transcription.polish import Polish
from transcription.steady import NOTHING, Steady, steady

Said = Started | Partial | Final | Cut | Ended | Skipped | Trouble

log = structlog.get_logger()


class Dictation:
    """Of all sources of this server. `read_again` is asked to read what was passed over once a source has ended."""

    def __init__(self, model: Model | None, polish: Polish, delays: Delays) -> None:
        self._engine, self._model = (model.engine, model.name) if model else ("", "")
        self._polish = polish
        self._delays = delays
        self._shown: dict[str, Steady] = {}
        self._unsent: dict[str, tuple[Room, float]] = {}

    def sent(self, room: Room, keys: set[str]) -> None:
        """Words in progress went out to the pages of a dialogue."""
        if "draft" not in keys:
            return
        for name, (of, spoken) in tuple(self._unsent.items()):
            if of is room:
                del self._unsent[name]
                self._delays.sent(room.code, "partial", spoken)

    async def take(self, ear: Ear, said: Said) -> None:
        """One thing that was said, in its order."""
        match said:
            case Partial():
                self._partial(ear, said)
            case Final():
                await self._final(ear, said)
            case Started(run=run, at=at):
                await insist(ear.room, StartRun(ear.source, run, self._engine, self._model, at), MACHINE)
            case Ended(run=run):
                await insist(ear.room, EndRun(ear.source, run, "ended"), MACHINE)
            case Skipped():
                await self._skipped(ear, said)
            case Trouble(vi=vi):
                log.error("recogniser_trouble", source=ear.name, problem=vi)

    def _partial(self, ear: Ear, said: Partial) -> None:
        self._shown[ear.name] = steady(self._shown.get(ear.name, NOTHING), said.text)
        spoken = ear.spoken_at(said.at)
        if spoken:
            self._delays.recognised("partial", spoken.timestamp())
            self._unsent[ear.name] = ear.room, spoken.timestamp()
        private = kept_back(ear.room.dialogue, ear.source, max(0, said.at - 1), spoken)
        ear.room.words(ear.source, self._shown[ear.name].text, private=private)

    async def _final(self, ear: Ear, said: Final) -> None:
        if ended := ear.spoken_at(said.end):
            self._delays.recognised("final", ended.timestamp())
        spoken = ear.spoken_at(said.start)
        await insist(ear.room, hear(ear.source, said, self._polish, ear.room.dialogue, spoken), MACHINE)
        if ended:
            self._delays.sent(ear.room.code, "final", ended.timestamp())
        self.over(ear)

    async def _skipped(self, ear: Ear, said: Skipped) -> None:
        reason = f"skipped {said.start}-{said.end}"
        await insist(ear.room, EndRun(ear.source, said.run, reason), MACHINE)
        skipped = SkipSound(ear.source, said.run, said.start, said.end, ear.spoken_at(said.start))
        await insist(ear.room, skipped, MACHINE)
        self.over(ear)

    def over(self, ear: Ear) -> None:
        """Nobody is in the middle of a sentence there any more."""
        self._shown.pop(ear.name, None)
        ear.room.words(ear.source, "")


def unread(ear: Ear) -> list[tuple[int, int]]:
    """What recognition passed over of this source and nobody has read since."""
    return passed_over(ear.room.dialogue, ear.source)
