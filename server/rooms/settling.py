"""How a group of commands becomes true: decided and then committed; where others write too, decided behind them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from live.commands import Call, CallNext
from live.dialogue import Dialogue
from live.entries import Entry
from live.rulebook import Moment
from server.rooms.turn import Turn, Waiting
from server.store.journal import Answered, Behind, Deed, Journal, Moved

TRIES = 3
"""How often a group is decided anew because a receipt that it made up was there already, in some dialogue."""


class Settling:
    """Of one room. `heard` says how many samples of each source are recorded."""

    def __init__(self, journal: Journal, clock: Callable[[], datetime], heard: Callable[[], dict[str, int]]) -> None:
        self._journal = journal
        self._clock = clock
        self._heard = heard
        self._shared = False

    async def settle(self, stream_id: int, dialogue: Dialogue, batch: Sequence[Waiting]) -> Turn:
        """Decide the group on `dialogue` and on whatever others wrote behind it; all of it is on disk on return.

        As long as nobody else writes, deciding costs the database nothing. After somebody did, a room decides while it
        holds the others off, so that each gets its turn, until it finds nobody. Raises as `Journal.append`.
        """
        if not self._shared:
            try:
                return await self._alone(stream_id, dialogue, batch)
            except Moved:
                self._shared = True
        for tries_left in reversed(range(TRIES)):
            try:
                return await self._behind_others(stream_id, dialogue, batch)
            except Moved:
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _alone(self, stream_id: int, dialogue: Dialogue, batch: Sequence[Waiting]) -> Turn:
        """An op that comes again finds its answer in the way of its new one. Only what leaves nothing is asked for."""
        supports = await self._journal.supports(stream_id, dialogue.leads) if _calls(batch) else {}
        moment = Moment(self._clock(), supports=supports, heard=self._heard())
        turn = _decided(batch, dialogue, {}, moment)
        if turn.left_nothing and (known := await self._journal.answers(stream_id, _ops(turn.left_nothing))):
            turn = _decided(batch, dialogue, known, moment)
        if turn.deeds:
            await self._journal.append(stream_id, dialogue.n, turn.deeds, turn.moment.at)
        return turn

    async def _behind_others(self, stream_id: int, dialogue: Dialogue, batch: Sequence[Waiting]) -> Turn:
        moment, turns = Moment(self._clock(), heard=self._heard()), list[Turn]()

        def decide(behind: Behind) -> Sequence[Deed]:
            self._shared = bool(behind.entries)
            known = followed(dialogue, behind.entries)
            supports = behind.supports(known.leads) if _calls(batch) else {}
            now = Moment(moment.at, supports=supports, heard=moment.heard)
            turns.append(_decided(batch, known, behind.answers, now))
            return turns[-1].deeds

        await self._journal.append_behind(stream_id, dialogue.n, _ops(batch), decide, moment.at)
        return turns[-1]


def followed(dialogue: Dialogue, entries: Sequence[Entry]) -> Dialogue:
    """The dialogue after these entries as well."""
    for entry in entries:
        dialogue = dialogue.apply(entry)
    return dialogue


def _calls(batch: Sequence[Waiting]) -> bool:
    """Whether one of them keeps a tally."""
    return any(isinstance(waiting.command, Call | CallNext) for waiting in batch)


def _ops(batch: Sequence[Waiting]) -> list[tuple[str, str]]:
    return [(waiting.seat.id, waiting.op) for waiting in batch if waiting.op is not None]


def _decided(
    batch: Sequence[Waiting], dialogue: Dialogue, known: Mapping[tuple[str, str], Answered], moment: Moment
) -> Turn:
    turn = Turn(dialogue, known, moment)
    for waiting in batch:
        turn.take(waiting)
    return turn
