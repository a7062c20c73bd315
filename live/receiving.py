"""How a question comes in: written on a phone, entered by staff for somebody else, or as a hand raised to speak."""

from typing import TYPE_CHECKING

from live import commands as do
from live.cards import Card, unused
from live.entries import QuestionReceived
from live.notice import ASKING, PHONES_ASK
from live.questions import NAME_LIMIT, TEXT_LIMIT
from live.refusals import Code, Refused, refuse, too_long, unfit
from live.rulebook import Moment, decides
from live.seats import Audience, Seat
from live.sites import came_from
from live.states import Channel
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue

ABOUT_LIMIT = 120
"""Characters in which somebody says what they want to speak about; the rest is said aloud."""
READ_FIRST = frozenset({Channel.PHONE_CALL, Channel.HALL_MIC, Channel.SITE})
"""Channels on which a clerk writes down what somebody says: they hear it read before it counts as theirs."""


@decides(do.Ask)
def ask(dialogue: "Dialogue", command: do.Ask, seat: Seat, moment: Moment) -> tuple[QuestionReceived] | Refused:
    text, topic = clean(command.text), clean(command.topic)
    if problem := _not_taken(dialogue, seat) or unfit(text, TEXT_LIMIT):
        return problem
    if seat.by_message:
        return _sent(dialogue, seat, moment, text)
    if seat.audience is not Audience.PHONE:
        return _entered(dialogue, command, seat, moment, text, topic)
    if problem := _nameless(seat, topic) or _enough(dialogue, seat):
        return problem
    early = dialogue.opened_at is None and not seat.rehearsing
    return (_from_phone(dialogue, seat, moment, Channel.IN_ADVANCE if early else Channel.ONLINE, text, topic),)


@decides(do.RaiseHand)
def raise_hand(
    dialogue: "Dialogue", command: do.RaiseHand, seat: Seat, moment: Moment
) -> tuple[QuestionReceived] | Refused:
    """One hand for each phone; it is a question like all others, whose words are said aloud."""
    about, topic = clean(command.about), clean(command.topic)
    if problem := _not_taken(dialogue, seat) or too_long(ABOUT_LIMIT, about) or _nameless(seat, topic):
        return problem
    if raised := hand_of(dialogue, seat.id):
        return refuse(Code.HAND_UP, number=raised)
    if problem := _enough(dialogue, seat):
        return problem
    if not (about or topic):
        return refuse(Code.ABOUT_MISSING)
    return (_from_phone(dialogue, seat, moment, Channel.VOICE, about or topic, topic),)


def hand_of(dialogue: "Dialogue", seat: str) -> int | None:
    """The number under which this seat's hand is up; None when it is not."""
    own = (dialogue.questions[number] for number in dialogue.asked.get(seat, ()))
    return next((q.number for q in own if q.by_voice and q.waiting), None)


def _not_taken(dialogue: "Dialogue", seat: Seat) -> Refused | None:
    own = seat.audience is Audience.PHONE
    if dialogue.state not in (PHONES_ASK if own and not seat.rehearsing else ASKING):
        return refuse(Code.CLOSED)
    return refuse(Code.ASKING_STOPPED) if own and not dialogue.asking.open else None


def _nameless(seat: Seat, topic: str) -> Refused | None:
    name, locality = clean(seat.name), clean(seat.locality)
    if problem := too_long(NAME_LIMIT, topic, name, locality):
        return problem
    return None if seat.id and name and locality else refuse(Code.NAME_MISSING)


def _enough(dialogue: "Dialogue", seat: Seat) -> Refused | None:
    count = sum(dialogue.questions[number].waiting for number in dialogue.asked.get(seat.id, ()))
    return refuse(Code.TOO_MANY, count=count) if count >= dialogue.asking.waiting else None


def _from_phone(
    dialogue: "Dialogue", seat: Seat, moment: Moment, channel: Channel, text: str, topic: str
) -> QuestionReceived:
    return QuestionReceived(
        question=len(dialogue.questions) + 1,
        seat=seat.id,
        entered_by="",
        channel=channel,
        name=Sealed(clean(seat.name)),
        locality=Sealed(clean(seat.locality)),
        publish_name=seat.publish_name,
        text=Sealed(text),
        topic=Sealed(topic),
        receipt=Sealed(moment.token),
        site=Sealed(seat.site),
    )


def _sent(dialogue: "Dialogue", seat: Seat, moment: Moment, text: str) -> tuple[QuestionReceived] | Refused:
    """A text message: its sender has said no name and no place, and has the receipt as the answer."""
    count = sum(one.waiting and one.entered_by == seat.id for one in dialogue.questions.values())
    if not seat.id or count >= dialogue.asking.waiting:
        return refuse(Code.TOO_MANY, count=count)
    fact = QuestionReceived(
        question=len(dialogue.questions) + 1,
        seat="",
        entered_by=seat.id,
        channel=Channel.PHONE_CALL,
        name=NOTHING,
        locality=NOTHING,
        publish_name=False,
        text=Sealed(text),
        topic=NOTHING,
        receipt=Sealed(moment.token),
        by_message=True,
    )
    return (fact,)


def _entered(
    dialogue: "Dialogue", command: do.Ask, seat: Seat, moment: Moment, text: str, topic: str
) -> tuple[QuestionReceived] | Refused:
    name, locality = clean(command.name), clean(command.locality)
    if problem := too_long(NAME_LIMIT, topic, name, locality):
        return problem
    paper = None if command.card is None else unused(dialogue, command.card)
    if isinstance(paper, Refused):
        return paper
    site = came_from(dialogue, command.site, seat, str(paper.site) if paper else "")
    if isinstance(site, Refused):
        return site
    channel = Channel.SITE if seat.site else command.channel
    unread = "" if command.read_back else clean(command.reason)
    if channel in READ_FIRST and paper is None and not (command.read_back or unread):
        return refuse(Code.READ_BACK_FIRST)
    fact = QuestionReceived(
        question=len(dialogue.questions) + 1,
        seat="",
        entered_by=seat.id,
        channel=channel,
        name=Sealed(name),
        locality=Sealed(locality),
        publish_name=command.publish_name,
        text=Sealed(text),
        topic=Sealed(topic),
        receipt=_receipt(dialogue, paper, moment),
        site=Sealed(site),
        card=paper.number if paper else None,
        read_back=command.read_back,
        unread=Sealed(unread) if channel in READ_FIRST else NOTHING,
        officer=Sealed(clean(seat.name)),
    )
    return (fact,)


def _receipt(dialogue: "Dialogue", paper: Card | None, moment: Moment) -> Sealed:
    """That of the card. A rehearsal is wiped, the card is not: there it lends its number only."""
    return paper.receipt if paper is not None and dialogue.before_rehearsal is None else Sealed(moment.token)
