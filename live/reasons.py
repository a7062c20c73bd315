"""The reasons to refuse a question or to suspend its asker: the usual ones (live/states), or short lists of its own."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.agreeing import changed_since, mark
from live.entries import Entry, ReasonsSet
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import Reasoned, RefusalReason, SuspensionReason
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

Reasons = tuple[tuple[Sealed, Sealed], ...]
USUAL: dict[Reasoned, type[RefusalReason | SuspensionReason]] = {
    Reasoned.REFUSAL: RefusalReason,
    Reasoned.SUSPENSION: SuspensionReason,
}
"""The list that holds where the dialogue has none of its own."""

LIST_LIMIT = 4_000
WORDS_LIMIT = 80
SENTENCE_LIMIT = 500


@decides(do.SetReasons)
def set_reasons(
    dialogue: "Dialogue", command: do.SetReasons, seat: Seat, moment: Moment
) -> tuple[ReasonsSet, ...] | Refused:
    text = clean(command.text)
    if problem := too_long(LIST_LIMIT, text):
        return problem
    lines = [line.partition("|") for line in text.split("\n") if line.strip(" |")]
    reasons = tuple((Sealed(words.strip()), Sealed(sentence.strip())) for words, _, sentence in lines)
    for words, sentence in reasons:
        if not words:
            return refuse(Code.EMPTY)
        if problem := too_long(WORDS_LIMIT, str(words)) or too_long(SENTENCE_LIMIT, str(sentence)):
            return problem
    if reasons == own_list(dialogue, command.of):
        return ()
    listed = in_lines(dialogue, command.of)
    return changed_since(command.was, mark(listed), listed) or (ReasonsSet(reasons, command.of),)


def own_list(dialogue: "Dialogue", of: Reasoned) -> Reasons:
    """Each reason of the dialogue's own and the sentence it suggests; none where the usual list holds."""
    return dialogue.reasons if of is Reasoned.REFUSAL else dialogue.suspension_reasons


def in_lines(dialogue: "Dialogue", of: Reasoned = Reasoned.REFUSAL) -> str:
    """The dialogue's own list as it is edited; empty where the usual list holds."""
    own = own_list(dialogue, of)
    return "\n".join(f"{words} | {sentence}" if sentence else str(words) for words, sentence in own)


@applies(ReasonsSet)
def reasons_set(dialogue: "Dialogue", fact: ReasonsSet, entry: Entry) -> "Dialogue":
    if fact.of is Reasoned.REFUSAL:
        return replace(dialogue, reasons=fact.reasons)
    return replace(dialogue, suspension_reasons=fact.reasons)


def ground(dialogue: "Dialogue", command: do.Refuse | do.Suspend) -> str | Refused:
    """The words of the dialogue's own list that the command names; empty where the usual list holds."""
    words = clean(command.words)
    own = own_list(dialogue, Reasoned.REFUSAL if isinstance(command, do.Refuse) else Reasoned.SUSPENSION)
    if not own:
        return "" if not words else refuse(Code.NOT_LISTED, what=words)
    if not words or command.reason not in {RefusalReason.OTHER, SuspensionReason.OTHER}:
        return refuse(Code.REASON_MISSING)
    return words if any(str(one) == words for one, _ in own) else refuse(Code.NOT_LISTED, what=words)
