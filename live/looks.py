"""How the things on pages are read off a dialogue: which questions are where, and what each audience may see."""

from dataclasses import replace
from typing import TYPE_CHECKING

from live.asking import phones_ask
from live.intakes import by_microphone
from live.judged import judgements
from live.lineup import line, next_called
from live.notice import AWAITED, PHONES_ASK
from live.order import DECK_PLACES
from live.photos import shown_to_all
from live.questions import REVIEWABLE, Question
from live.reckoning import by_site, reckon
from live.sights import (
    Asker,
    Banner,
    Clock,
    PublicCard,
    ReckoningCard,
    Stage,
)
from live.states import DialogueState, QuestionState
from live.trials import misheard
from live.written import OWED

if TYPE_CHECKING:
    from live.dialogue import Dialogue


def asker(question: Question) -> Asker:
    return Asker(str(question.name) if question.publish_name else "", str(question.locality))


def recorded(dialogue: "Dialogue") -> bool:
    """Whether a microphone's sound is being kept now: every page says so. A given file is nobody's voice of now."""
    return any(source.recording and by_microphone(source) for source in dialogue.sources.values())


def banner(dialogue: "Dialogue") -> Banner:
    stopped = dialogue.state in PHONES_ASK and not dialogue.asking.open
    banner = Banner(
        dialogue.state, recorded(dialogue), dialogue.captions_hidden, phones_ask(dialogue), stopped, misheard(dialogue)
    )
    if dialogue.state not in AWAITED:
        return banner
    return replace(banner, starts_at=dialogue.notice.starts_at, place=str(dialogue.notice.place))


def stage(dialogue: "Dialogue") -> Stage:
    turn = dialogue.turn
    if turn is None:
        return Stage()
    question = dialogue.questions[turn.question]
    clock = Clock(turn.part, turn.limit, turn.ran, turn.running_since)
    return replace(staged(question), turn=turn.state, clock=clock)


def led_stage(dialogue: "Dialogue") -> Stage:
    """The stage as those see it who lead: an empty one knows whom the button calls."""
    return stage(dialogue) if dialogue.turn else Stage(ahead=next_called(dialogue))


def staged(question: Question) -> Stage:
    """The question as it stands on the stage, without its turn."""
    site, photo = str(question.site), public_photo(question)
    nameless = bool(question.entered_by) and not question.name
    return Stage(
        question.number, asker(question), str(question.topic), str(question.text), site=site, photo=photo,
        by_voice=question.by_voice, nameless=nameless, card=question.card,
    )  # fmt: skip


def photo_mark(question: Question) -> str:
    """Tells one photo from another in an address: the beginning of its digest, which is not enough to seek by."""
    return str(question.photo)[:12]


def public_photo(question: Question) -> str:
    return photo_mark(question) if shown_to_all(question) else ""


def public_card(dialogue: "Dialogue", number: int) -> PublicCard:
    q = dialogue.questions[number]
    note = str(q.closing) if q.concluded else ""
    return PublicCard(
        q.number,
        asker(q),
        q.channel,
        str(q.topic),
        str(q.text),
        q.state,
        str(q.agency),
        q.due,
        note,
        q.redacted,
        dialogue.supports_shown,
        str(q.site),
        public_photo(q),
        sent_in_writing(q),
        judgements(dialogue, q),
        q.card,
    )


def sent_in_writing(q: Question) -> bool:
    return q.answer is not None and q.state in OWED


def upcoming(dialogue: "Dialogue") -> tuple[int, ...]:
    """The two places on deck; where they are not taken yet, those whom the declared rule draws for them."""
    return line(dialogue)[:DECK_PLACES]


def queued_after_upcoming(dialogue: "Dialogue") -> tuple[int, ...]:
    return line(dialogue)[DECK_PLACES:]


def _newest_first(questions: "list[Question]") -> tuple[int, ...]:
    return tuple(q.number for q in sorted(questions, key=lambda q: (q.moved_at, q.number), reverse=True))


def settled_in_public(dialogue: "Dialogue") -> tuple[int, ...]:
    return _newest_first([q for q in dialogue.questions.values() if q.concluded])


def approved(dialogue: "Dialogue") -> tuple[int, ...]:
    return tuple(q.number for q in dialogue.questions.values() if q.state is QuestionState.APPROVED)


def to_review(dialogue: "Dialogue") -> tuple[int, ...]:
    return tuple(q.number for q in dialogue.questions.values() if q.state in REVIEWABLE)


def done(dialogue: "Dialogue") -> tuple[int, ...]:
    return _newest_first([q for q in dialogue.questions.values() if not q.waiting])


def all_entered(dialogue: "Dialogue") -> tuple[int, ...]:
    return tuple(q.number for q in reversed(tuple(dialogue.questions.values())) if q.entered_by)


def reckoning(dialogue: "Dialogue") -> ReckoningCard:
    return ReckoningCard(reckon(dialogue), by_site(dialogue), dialogue.state is DialogueState.CLOSING)
