"""The minutes: blocks composed from the journal, replaced where the secretary wrote otherwise, frozen when signed.

The first signature freezes the text, so both people sign the same words whatever is corrected in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from live import commands as do
from live.compose import Block, compose
from live.entries import Entry, MinutesEdited, MinutesMoved, MinutesSigned
from live.publishing import overdue, unexplained
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.states import DialogueState, Signatory
from live.states import MinutesState as M
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

BLOCK_LIMIT = 20_000
"""Characters in one block of the minutes."""

MOVES: dict[M, frozenset[M]] = {
    M.DRAFT: frozenset({M.CHECKED}),
    M.CHECKED: frozenset({M.DRAFT, M.APPROVED}),
    M.APPROVED: frozenset({M.DRAFT}),
    M.SIGNED: frozenset({M.PUBLISHED}),
    M.PUBLISHED: frozenset({M.AMENDED}),
    M.AMENDED: frozenset({M.AMENDED}),
}
FROZEN = frozenset({M.SIGNED, M.PUBLISHED, M.AMENDED})
BY_CHAIR = frozenset({M.APPROVED})
ENDED = frozenset(
    {DialogueState.CLOSED, DialogueState.MINUTES_SIGNED, DialogueState.PUBLISHED, DialogueState.FOLLOWING_UP}
)


@dataclass(frozen=True, slots=True)
class MinutesBook:
    """Where the minutes stand. `written` maps a block to the secretary's words and their revision.

    No words (None): the block says again what the journal says. `frozen` is the text from the first signature on, in
    its order then.
    """

    state: M = M.DRAFT
    written: Mapping[str, tuple[Sealed | None, int]] = field(default_factory=dict)
    signatures: Mapping[Signatory, Sealed] = field(default_factory=dict)
    frozen: Mapping[str, Sealed] = field(default_factory=dict)
    addenda: tuple[Sealed, ...] = ()
    late: Sealed = NOTHING  # why the conclusions were published after their time


def blocks(dialogue: "Dialogue") -> tuple[Block, ...]:
    """The minutes as they stand, in order: composed, then the secretary's words; the frozen text once signed."""
    book = dialogue.minutes
    composed = compose(dialogue)
    if book.frozen:
        # Later corrections may change the order of the composed blocks, never that of the signed ones.
        by_key = {block.key: block for block in composed}
        return tuple(replace(by_key[key], text=text) for key, text in book.frozen.items())
    written = [(block, *book.written.get(block.key, (None, 0))) for block in composed]
    return tuple(
        replace(b, text=b.text if text is None else text, revision=n, edited=text is not None) for b, text, n in written
    )


@decides(do.EditMinutes)
def edit(dialogue: "Dialogue", command: do.EditMinutes, seat: Seat, moment: Moment) -> tuple[MinutesEdited] | Refused:
    if dialogue.minutes.frozen:
        return refuse(Code.FROZEN)
    block = next((block for block in blocks(dialogue) if block.key == command.block), None)
    if block is None:
        return refuse(Code.NOT_FOUND)
    if block.revision != command.revision:
        return refuse(Code.STALE, current=str(block.text), seen=block.revision)
    if command.composed:
        return (MinutesEdited(command.block, NOTHING),)
    text = clean(command.text)
    return too_long(BLOCK_LIMIT, text) or (MinutesEdited(command.block, Sealed(text), emptied=not text),)


@applies(MinutesEdited)
def edited(dialogue: "Dialogue", fact: MinutesEdited, entry: Entry) -> "Dialogue":
    book = dialogue.minutes
    _, revision = book.written.get(fact.block, (None, 0))
    written = {**book.written, fact.block: (fact.text if fact.text or fact.emptied else None, revision + 1)}
    return replace(dialogue, minutes=replace(book, written=written))


@decides(do.MoveMinutes)
def move(dialogue: "Dialogue", command: do.MoveMinutes, seat: Seat, moment: Moment) -> tuple[MinutesMoved] | Refused:
    state = dialogue.minutes.state
    if dialogue.state not in ENDED or command.to not in MOVES[state]:
        return refuse(Code.WRONG_STATE)
    if command.to in BY_CHAIR and seat.audience is not Audience.CHAIR:
        return refuse(Code.NOT_ALLOWED)
    if command.to is M.AMENDED and not clean(command.note):
        return refuse(Code.REASON_MISSING)
    if command.to is M.PUBLISHED and (problem := unexplained(dialogue, moment.at, command.note)):
        return problem
    return (MinutesMoved(command.to, Sealed(clean(command.note))),)


@applies(MinutesMoved)
def moved(dialogue: "Dialogue", fact: MinutesMoved, entry: Entry) -> "Dialogue":
    book = replace(dialogue.minutes, state=fact.to)
    if fact.to is M.AMENDED:
        book = replace(book, addenda=(*book.addenda, fact.note))
    if fact.to is M.DRAFT:
        book = replace(book, signatures={}, frozen={})
    if fact.to is M.PUBLISHED and overdue(dialogue, entry.at):
        book = replace(book, late=fact.note)
    if fact.to is M.PUBLISHED and dialogue.state is DialogueState.MINUTES_SIGNED:
        return replace(dialogue, minutes=book, state=DialogueState.PUBLISHED)
    return replace(dialogue, minutes=book)


@decides(do.SignMinutes)
def sign(dialogue: "Dialogue", command: do.SignMinutes, seat: Seat, moment: Moment) -> tuple[MinutesSigned] | Refused:
    """Each signs in their own seat; signing twice is refused. The first signature carries the whole text."""
    book = dialogue.minutes
    own = Audience.CHAIR if command.role is Signatory.CHAIR else Audience.SECRETARY
    if seat.audience is not own:
        return refuse(Code.NOT_ALLOWED)
    if command.role in book.signatures or book.state in FROZEN:
        return refuse(Code.ALREADY_SIGNED)
    if book.state is not M.APPROVED or dialogue.state is not DialogueState.CLOSED:
        return refuse(Code.WRONG_STATE)
    name = clean(command.name)
    if not name:
        return refuse(Code.EMPTY)
    whole = () if book.frozen else tuple((block.key, block.text) for block in blocks(dialogue))
    return (MinutesSigned(command.role, Sealed(name), whole),)


@applies(MinutesSigned)
def signed(dialogue: "Dialogue", fact: MinutesSigned, entry: Entry) -> "Dialogue":
    book = dialogue.minutes
    signatures = {**book.signatures, fact.role: fact.name}
    book = replace(book, signatures=signatures, frozen=book.frozen or dict(fact.blocks))
    if len(signatures) < len(Signatory):
        return replace(dialogue, minutes=book)
    return replace(dialogue, minutes=replace(book, state=M.SIGNED), state=DialogueState.MINUTES_SIGNED)
