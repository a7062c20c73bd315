"""The reasons to refuse a question: the usual ones (live/states), or a short list of the dialogue's own."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live import commands as do
from live.agreeing import changed_since, mark
from live.entries import Entry, ReasonsSet
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import RefusalReason
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

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
    if reasons == dialogue.reasons:
        return ()
    listed = in_lines(dialogue)
    return changed_since(command.was, mark(listed), listed) or (ReasonsSet(reasons),)


def in_lines(dialogue: "Dialogue") -> str:
    """The dialogue's own list as it is edited; empty where the usual list holds."""
    return "\n".join(f"{words} | {sentence}" if sentence else str(words) for words, sentence in dialogue.reasons)


@applies(ReasonsSet)
def reasons_set(dialogue: "Dialogue", fact: ReasonsSet, entry: Entry) -> "Dialogue":
    return replace(dialogue, reasons=fact.reasons)


def ground(dialogue: "Dialogue", command: do.Refuse) -> str | Refused:
    """The words of the dialogue's own list that the command names; empty where the usual list holds."""
    words = clean(command.words)
    if not dialogue.reasons:
        return "" if not words else refuse(Code.NOT_LISTED, what=words)
    if not words or command.reason is not RefusalReason.OTHER:
        return refuse(Code.REASON_MISSING)
    listed = any(str(own) == words for own, _ in dialogue.reasons)
    return words if listed else refuse(Code.NOT_LISTED, what=words)
