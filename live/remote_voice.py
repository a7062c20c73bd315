"""Speaking from a phone: the microphone of whoever raised a hand and has the floor, opened and closed by its leaders.

The phone carries a voice only while its question is on the floor, the microphone is open, and its owner has agreed that
the voice is heard in the hall, recorded and written down: a choice of its own, asked when it is wanted (law
91/2025/QH15 on personal data; reference/domain.md on consent). Who declines speaks at a microphone, as before.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, MicrophoneClosed, MicrophoneOpened, VoiceAgreed
from live.questions import Question, find
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.states import OPEN_MICROPHONES, DialogueState, RemoteMicrophone

if TYPE_CHECKING:
    from live.dialogue import Dialogue

REMOTE_VOICE = "remote_voice"
"""The source that phones speak into, one after another; each has an intake of its own."""
_CARRIES = frozenset({DialogueState.REHEARSAL, DialogueState.OPEN, DialogueState.CLOSING})
"""States in which somebody may speak on the floor."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whose microphone is open, or was in this turn, and how it stands."""

    number: int
    microphone: RemoteMicrophone


def invitation(dialogue: "Dialogue") -> Invitation | None:
    """Of the turn that is on; None where nobody was invited."""
    turn = dialogue.turn
    return Invitation(turn.question, turn.microphone) if turn and turn.microphone else None


def raised(dialogue: "Dialogue") -> "Question | None":
    """The hand on the floor that a phone has raised; None for a hand entered by staff, a text, an empty floor."""
    question = dialogue.questions[dialogue.turn.question] if dialogue.turn else None
    return question if question and question.by_voice and question.seat else None


def speaker(dialogue: "Dialogue") -> "Question | None":
    """The question whose asker's phone carries their voice now."""
    agreed = dialogue.turn is not None and dialogue.turn.microphone is RemoteMicrophone.AGREED
    return raised(dialogue) if agreed and dialogue.state in _CARRIES else None


def closed_to(dialogue: "Dialogue", seat: Seat) -> Refused | None:
    """Why this seat may not speak from its phone now; None when it may."""
    asked = raised(dialogue)
    if seat.audience is not Audience.PHONE or (asked and asked.seat != seat.id):
        return refuse(Code.NOT_YOUR_MICROPHONE)
    return None if speaker(dialogue) else refuse(Code.MICROPHONE_CLOSED)


def barred(dialogue: "Dialogue", source: str, seat: Seat) -> Refused | None:
    """Nobody records the voices of phones but the recorder itself, for whoever may speak from one now."""
    if source != REMOTE_VOICE:
        return None
    if seat.audience is not Audience.MACHINE:
        return refuse(Code.NOT_YOUR_MICROPHONE)
    return None if speaker(dialogue) else refuse(Code.MICROPHONE_CLOSED)


@decides(do.OpenMicrophone)
def open_microphone(
    dialogue: "Dialogue", command: do.OpenMicrophone, seat: Seat, moment: Moment
) -> tuple[MicrophoneOpened, ...] | Refused:
    """Who declined is asked once more; who is asked already is not asked twice."""
    if isinstance(known := find(dialogue, command.question), Refused):
        return known
    turn = dialogue.turn
    if turn is None or turn.question != command.question:
        return refuse(Code.STAGE_CHANGED)
    if dialogue.state not in _CARRIES:
        return refuse(Code.WRONG_STATE)
    if known.asker_seat in dialogue.suspended:
        return refuse(Code.ASKER_SUSPENDED)
    if raised(dialogue) is None:
        return refuse(Code.NO_REMOTE_VOICE, number=command.question)
    if turn.microphone in {RemoteMicrophone.OFFERED, RemoteMicrophone.AGREED}:
        return ()
    return (MicrophoneOpened(command.question),)


@applies(MicrophoneOpened)
def microphone_opened(dialogue: "Dialogue", fact: MicrophoneOpened, entry: Entry) -> "Dialogue":
    """Who has agreed for this question is not asked again."""
    agreed = dialogue.questions[fact.question].voice_agreed
    return _with(dialogue, RemoteMicrophone.AGREED if agreed else RemoteMicrophone.OFFERED)


@decides(do.CloseMicrophone)
def close_microphone(
    dialogue: "Dialogue", command: do.CloseMicrophone, seat: Seat, moment: Moment
) -> tuple[MicrophoneClosed, ...] | Refused:
    """What is closed already, or left the floor, carries no voice: that is what was wanted."""
    if isinstance(known := find(dialogue, command.question), Refused):
        return known
    turn = dialogue.turn
    here = turn is not None and turn.question == command.question and turn.microphone in OPEN_MICROPHONES
    return (MicrophoneClosed(command.question),) if here else ()


@applies(MicrophoneClosed)
def microphone_closed(dialogue: "Dialogue", fact: MicrophoneClosed, entry: Entry) -> "Dialogue":
    return _with(dialogue, RemoteMicrophone.CLOSED)


@decides(do.AgreeToVoice)
def agree_to_voice(
    dialogue: "Dialogue", command: do.AgreeToVoice, seat: Seat, moment: Moment
) -> tuple[VoiceAgreed, ...] | Refused:
    if isinstance(known := find(dialogue, command.question), Refused):
        return known
    asked, found = raised(dialogue), invitation(dialogue)
    own = asked is not None and asked.number == command.question and asked.seat == seat.id
    if not own or found is None or found.microphone not in OPEN_MICROPHONES:
        return refuse(Code.MICROPHONE_CLOSED)
    wanted = RemoteMicrophone.AGREED if command.on else RemoteMicrophone.DECLINED
    return () if found.microphone is wanted else (VoiceAgreed(command.question, command.on),)


@applies(VoiceAgreed)
def voice_agreed(dialogue: "Dialogue", fact: VoiceAgreed, entry: Entry) -> "Dialogue":
    dialogue = dialogue.with_question(replace(dialogue.questions[fact.question], voice_agreed=fact.on))
    return _with(dialogue, RemoteMicrophone.AGREED if fact.on else RemoteMicrophone.DECLINED)


def _with(dialogue: "Dialogue", microphone: RemoteMicrophone) -> "Dialogue":
    assert dialogue.turn is not None, "a microphone is of somebody who has the floor"
    return replace(dialogue, turn=replace(dialogue.turn, microphone=microphone))
