"""Speaking from a phone as it is seen: by those who lead and the hall, and by whoever is invited to speak."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.remote_voice import REMOTE_VOICE, invitation, raised
from live.sights import Thing
from live.states import RemoteMicrophone

if TYPE_CHECKING:
    from live.dialogue import Dialogue


@dataclass(frozen=True, slots=True)
class RemoteVoice(Thing):
    """`number`: the hand on the floor that a phone has raised. `microphone` is None until its owner was invited.

    `speaking`: sound of it is being recorded.
    """

    number: int | None = None
    microphone: RemoteMicrophone | None = None
    speaking: bool = False


@dataclass(frozen=True, slots=True)
class MyMicrophone(Thing):
    """Somebody's own invitation to speak from this phone; closed, it stays to say so while they have the floor."""

    number: int
    microphone: RemoteMicrophone

    @property
    def key(self) -> str:
        return "my-microphone"


def remote_voice(dialogue: "Dialogue") -> RemoteVoice:
    question, found = raised(dialogue), invitation(dialogue)
    if question is None:
        return RemoteVoice()
    source = dialogue.sources.get(REMOTE_VOICE)
    microphone = found.microphone if found else None
    speaking = microphone is RemoteMicrophone.AGREED and source is not None and source.recording
    return RemoteVoice(question.number, microphone, speaking)


def my_microphone(dialogue: "Dialogue", seat: str) -> tuple[MyMicrophone, ...]:
    """The seat's own invitation, if there is one."""
    question, found = raised(dialogue), invitation(dialogue)
    mine = question is not None and found is not None and question.seat == seat != ""
    return (MyMicrophone(found.number, found.microphone),) if mine and found else ()
