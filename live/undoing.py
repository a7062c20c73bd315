"""Taking back one's own act: exactly, for all that nobody has gone on with meanwhile; otherwise not at all."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from live import commands as do
from live import entries as facts
from live.acts import Act
from live.entries import ActUndone, Entry, Fact
from live.floor import Turn, floor_taken, heard_so_far
from live.notice import LIVE, WORKING
from live.order import DECK_PLACES
from live.places import place_again, put_back
from live.questions import Question
from live.refusals import Code, Refused, refuse
from live.rulebook import RULES, Moment, applies, decides
from live.seats import Seat
from live.sights import Thing
from live.states import DialogueState
from live.states import QuestionState as Q
from live.suspending import readmitted

if TYPE_CHECKING:
    from live.dialogue import Dialogue

ACTS_SHOWN = 6
"""Own acts that a page offers to undo."""
_JUDGED_APART = frozenset({"revision", "dossier", "supports"})


@dataclass(frozen=True, slots=True)
class MyAct(Thing):
    """What a member of staff did to a question; `kind` names the fact, `open` says that it can still be undone.

    `redacts`: it took private words out, which is never undone; nobody has gone on since.
    """

    act: int
    at: datetime
    kind: str
    question: int
    open: bool
    redacts: bool = False

    @property
    def key(self) -> str:
        return f"act-{self.act}"


@decides(do.Undo)
def undo(
    dialogue: "Dialogue", command: do.Undo, seat: Seat, moment: Moment
) -> tuple[Fact | facts.SupportSet, ...] | Refused:
    act = _found(dialogue, seat.id, command.act)
    if act is None:
        return refuse(Code.UNDO_GONE)
    if act.kind is facts.QuestionCalled:
        return _uncalled(dialogue, act, command.reason, seat, moment)
    if act.kind is facts.NoteWritten:
        return RULES[do.StrikeNote](dialogue, _strike(act), seat, moment)
    if act.kind is facts.AskerSuspended:
        return readmitted(dialogue, act.question, act.n, seat)
    return in_the_way(dialogue, act) or (ActUndone(act.n, heard_so_far(moment)),)


def my_acts(dialogue: "Dialogue", seat: Seat) -> tuple[MyAct, ...]:
    """What this seat did last, newest first, and whether nothing stands in the way of taking it back."""
    return tuple(
        MyAct(act.n, act.at, act.kind.__name__, act.question, _open(dialogue, act, seat), _redacts(act))
        for act in dialogue.acts.get(seat.id, ())[: -ACTS_SHOWN - 1 : -1]
    )


def _open(dialogue: "Dialogue", act: Act, seat: Seat) -> bool:
    """With a reason, as the button sends one."""
    return not isinstance(undo(dialogue, do.Undo(act.n, "…"), seat, Moment(act.at)), Refused)


def _found(dialogue: "Dialogue", seat: str, n: int) -> Act | None:
    return next((act for act in dialogue.acts.get(seat, ()) if act.n == n), None)


def _uncalled(
    dialogue: "Dialogue", act: Act, reason: str, seat: Seat, moment: Moment
) -> tuple[Fact | facts.SupportSet, ...] | Refused:
    """Off the stage again; and what came with the call goes with it, as long as nobody has put words to it."""
    if dialogue.questions[act.question].state is not Q.ON_STAGE:
        return refuse(Code.STAGE_CHANGED)
    back = RULES[do.ReturnToQueue](dialogue, do.ReturnToQueue(act.question, reason=reason), seat, moment)
    if isinstance(back, Refused) or not _came_with_it(dialogue, act):
        return back
    return (*back, facts.QuestionWithdrawn(act.question))


def _came_with_it(dialogue: "Dialogue", act: Act) -> bool:
    unchanged = dialogue.questions[act.question] == act.after[act.question]
    unsaid = all(line.question != act.question or line.struck for line in dialogue.lines.values())
    return dialogue.turn is not None and dialogue.turn.at_once and unchanged and unsaid


def _strike(act: Act) -> do.StrikeNote:
    return do.StrikeNote(act.question, act.after[act.question].dossier.notes[-1].number)


def in_the_way(dialogue: "Dialogue", act: Act) -> Refused | None:
    """Why this act cannot be taken back now."""
    if _redacts(act):
        return refuse(Code.REDACTED)
    for number, before in act.before.items():
        if undone(dialogue.questions[number], before, act.after[number]) is None:
            return refuse(Code.GONE_ON, number=number)
    waits = any(before.waiting and not act.after[n].waiting for n, before in act.before.items())
    if waits and dialogue.state not in WORKING:
        return refuse(Code.WRONG_STATE)
    if _floor_comes_back(act) and (
        dialogue.turn is not None or dialogue.state not in LIVE or dialogue.state is DialogueState.PAUSED
    ):
        return refuse(Code.STAGE_CHANGED)
    announced = [n for n in act.moved if n in act.deck and n not in dialogue.deck]
    return refuse(Code.DECK_FULL) if len(dialogue.deck) + len(announced) > DECK_PLACES else None


def _redacts(act: Act) -> bool:
    return any(act.after[n].redacted and not act.before[n].redacted for n in act.before)


def _floor_comes_back(act: Act) -> bool:
    ends_a_turn = act.kind in {facts.OutcomeGiven, facts.QuestionRerouted}
    return ends_a_turn and any(before.state is Q.ON_STAGE for before in act.before.values())


@applies(ActUndone)
def act_undone(dialogue: "Dialogue", fact: ActUndone, entry: Entry) -> "Dialogue":
    act = _found(dialogue, entry.seat, fact.act)
    assert act is not None, "only an act that is remembered is taken back"
    for number, before in act.before.items():
        question = undone(dialogue.questions[number], before, act.after[number])
        assert question is not None, "only what nobody has gone on with is taken back"
        dialogue = dialogue.with_question(question)
    dialogue = _order_again(dialogue, act)
    if _floor_comes_back(act) and act.turn is not None:
        dialogue = floor_taken(dialogue, fact.heard, entry.at, act.question, act.turn.part)
        dialogue = replace(dialogue, turn=_again(act.turn), turn_back_at=entry.at)
    left = tuple(one for one in dialogue.acts[entry.seat] if one is not act)
    return replace(dialogue, acts={**dialogue.acts, entry.seat: left})


def _again(turn: Turn) -> Turn:
    """As it was, but for the microphone of a phone: only a person opens it, and only now."""
    return replace(turn, microphone=None)


def _order_again(dialogue: "Dialogue", act: Act) -> "Dialogue":
    deck = tuple(n for n in dialogue.deck if n not in act.moved)
    queue = tuple(n for n in dialogue.queue if n not in act.moved)
    for number in sorted(act.moved):
        if number in act.deck:
            deck = put_back(act.deck, deck, number)
        elif number in act.queue:
            queue = put_back(act.queue, queue, number)
    return replace(dialogue, deck=deck, queue=queue)


def undone(now: Question, before: Question, after: Question) -> Question | None:
    """The question without what turned `before` into `after`; None where somebody has changed that since.

    The revision goes on: whoever holds an older text in a form must not save over the newer one.
    """
    changed = _without(now, before, after)
    dossier = _without(now.dossier, before.dossier, after.dossier)
    if changed is None or dossier is None:
        return None
    if before.revision != after.revision:
        if now.revision != after.revision:
            return None
        changed["revision"] = now.revision + 1
    return replace(now, **changed, dossier=replace(now.dossier, **dossier))


def _without(now: Any, before: Any, after: Any) -> dict[str, Any] | None:
    """The fields to set, each back to what it was; None when one of them says something else by now."""
    changed: dict[str, Any] = {}
    for name in (field.name for field in fields(now) if field.name not in _JUDGED_APART):
        was, became, holds = (getattr(one, name) for one in (before, after, now))
        if was == became:
            continue
        if isinstance(was, tuple):
            was = _less(holds, was, became)
            if was is None:
                return None
        elif holds != became:
            return None
        changed[name] = was
    return changed


def _less(now: tuple[Any, ...], before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The row without what came and with what went between `before` and `after`, whatever others did beside it."""
    came, went = [one for one in after if one not in before], [one for one in before if one not in after]
    if any(one not in now for one in came) or any(one in now for one in went):
        return None
    left = [one for one in now if one not in came]
    for one in went:
        left.insert(place_again(before, left, one), one)
    return tuple(left)
