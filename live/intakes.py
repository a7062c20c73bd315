"""What comes into a source from which sample on: somebody's microphone, a file made elsewhere, or a trial of the room.

With the floor it says who spoke, and about what. A file and a trial are not what is being said now: their words belong
to no question and no speaker until a person says so, and never become captions.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from live import commands as do
from live.entries import Entry, IntakeSet
from live.refusals import Code, Refused, refuse
from live.rulebook import Moment, applies, decides
from live.seats import Seat
from live.states import Mouth, Role
from live.texts import NOTHING, Sealed, clean

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.transcript import Source

LONGEST_TRIAL = 3 * 60 * 16_000
"""Samples after which a trial is over by itself: whoever forgot to end it takes no captions from the evening."""
ON_ITS_WAY = timedelta(seconds=2)
"""From a mouth to the server's disk: sound that took longer was held up."""
OWN_ROLES = {"chair": Role.CHAIR}
"""Sources whose name says whose microphone they are."""


@dataclass(frozen=True, slots=True)
class Intake:
    """From sample `first` on. `role` unknown and no `owner`: the microphone goes round, and the floor decides."""

    first: int = 0
    mouth: Mouth = Mouth.MICROPHONE
    role: Role = Role.UNKNOWN
    owner: Sealed = NOTHING

    def says_the_same(self, other: "Intake") -> bool:
        """Whether nothing new begins; a trial always does."""
        again = self.mouth is Mouth.TRIAL
        return not again and replace(self, first=0) == replace(other, first=0)


ANYBODY = Intake()
"""What is taken for granted where nobody has said otherwise."""


def intake_at(source: "Source", sample: int) -> Intake:
    """What came into the source at this sample."""
    for intake in reversed(source.intakes):
        over = intake.mouth is Mouth.TRIAL and sample - intake.first >= LONGEST_TRIAL
        if intake.first <= sample and not over:
            return intake
    return ANYBODY


def by_microphone(source: "Source") -> bool:
    """Whether what comes in now is said by people who are there, and not read from a file."""
    return not source.intakes or source.intakes[-1].mouth is not Mouth.FILE


def heard_now(dialogue: "Dialogue", source: str, sample: int) -> bool:
    """Whether this sample was spoken into a microphone of the dialogue, for everybody's ears."""
    known = dialogue.sources.get(source)
    return known is None or intake_at(known, sample).mouth is Mouth.MICROPHONE


def floor_at(
    dialogue: "Dialogue", source: str, sample: int, spoken_at: datetime | None = None
) -> tuple[int | None, Role]:
    """The question on the floor when `sample` of `source` was spoken, and in what role somebody spoke.

    The samples decide, to the very one. Only sound that came late is judged by when it was spoken.
    """
    for change in reversed(dialogue.floor_log):
        late = spoken_at is not None and spoken_at < change.at - ON_ITS_WAY
        if change.heard.get(source, 0) <= sample and not late:
            return change.question, change.role
    return None, Role.UNKNOWN


def spoken_by(
    dialogue: "Dialogue", source: str, sample: int, spoken_at: datetime | None = None
) -> tuple[int | None, Role, Sealed]:
    """The question, the role and the name: of the microphone's owner, or else of who has the floor."""
    known = dialogue.sources.get(source)
    intake = intake_at(known, sample) if known else ANYBODY
    if intake.mouth is not Mouth.MICROPHONE:
        return None, Role.UNKNOWN, NOTHING
    question, role = floor_at(dialogue, source, sample, spoken_at)
    own = intake.role if intake.role is not Role.UNKNOWN else OWN_ROLES.get(source, Role.UNKNOWN)
    return question, role if own is Role.UNKNOWN else own, intake.owner


@decides(do.SetIntake)
def set_intake(
    dialogue: "Dialogue", command: do.SetIntake, seat: Seat, moment: Moment
) -> tuple[IntakeSet, ...] | Refused:
    """From the next sample on. What is so already is no entry."""
    source = dialogue.sources.get(command.source)
    if source is None:
        return refuse(Code.NOT_FOUND)
    first = moment.heard.get(command.source, 0)
    intake = Intake(first, command.mouth, command.role, Sealed(clean(command.owner)))
    if intake.says_the_same(intake_at(source, first)):
        return ()
    return (IntakeSet(command.source, intake.first, intake.mouth, intake.role, intake.owner),)


@applies(IntakeSet)
def intake_set(dialogue: "Dialogue", fact: IntakeSet, entry: Entry) -> "Dialogue":
    source = dialogue.sources[fact.source]
    intake = Intake(fact.first, fact.mouth, fact.role, fact.owner)
    source = replace(source, intakes=(*source.intakes, intake))
    return replace(dialogue, sources={**dialogue.sources, source.name: source})
