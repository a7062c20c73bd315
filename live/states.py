"""Every state and kind as one enum: never a puzzle of empty columns."""

from enum import StrEnum


class Channel(StrEnum):
    """How a question came (decision 29/2022/QĐ-UBND lets people take part in every one of these ways)."""

    ONLINE = "online"
    VOICE = "voice"
    HALL_CARD = "hall_card"
    HALL_MIC = "hall_mic"
    SITE = "site"
    PHONE_CALL = "phone_call"
    IN_ADVANCE = "in_advance"


class Desk(StrEnum):
    """A place that messages are sent to; each is the audience of the same name."""

    CHAIR = "chair"
    MODERATOR = "moderator"
    CLERK = "clerk"
    SECRETARY = "secretary"


class Overlay(StrEnum):
    """What may lie over the hall screen."""

    MESSAGE = "message"
    BREAK = "break"
    QR = "qr"


class Lane(StrEnum):
    """Channels that take turns with one another in a declared mixing rule."""

    HALL = "hall"
    ONLINE = "online"
    SITE = "site"
    IN_ADVANCE = "in_advance"


class DialogueState(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    REHEARSAL = "rehearsal"
    READY = "ready"
    OPEN = "open"
    PAUSED = "paused"
    CLOSING = "closing"
    CLOSED = "closed"
    MINUTES_SIGNED = "minutes_signed"
    PUBLISHED = "published"
    FOLLOWING_UP = "following_up"
    ARCHIVED = "archived"


class Outcome(StrEnum):
    """What came of a question that was put on the floor, or was waiting when the dialogue closed."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    WRITTEN_DUE = "written_due"
    FORWARDED_UP = "forwarded_up"


class RefusalReason(StrEnum):
    """Grounds to decline, after the reception law 42/2013/QH13 article 9 and provincial rules."""

    OFF_TOPIC = "off_topic"
    OTHER_PROCEDURE = "other_procedure"
    FINAL_DECISION = "final_decision"
    NO_QUESTION = "no_question"
    INSULT = "insult"
    PRIVATE_MATTER = "private_matter"
    OTHER = "other"


class SuspensionReason(StrEnum):
    """Why nothing new is taken from one phone for a while."""

    FLOOD = "flood"
    INSULT = "insult"
    BORROWED_NAME = "borrowed_name"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


class Reasoned(StrEnum):
    """What a list of reasons is for."""

    REFUSAL = "refusal"
    SUSPENSION = "suspension"


class Part(StrEnum):
    """Whose time the clock counts."""

    ASKING = "asking"
    ANSWERING = "answering"


class Role(StrEnum):
    """In what role somebody spoke."""

    CHAIR = "chair"
    AGENCY = "agency"
    CITIZEN = "citizen"
    HOST = "host"
    UNKNOWN = "unknown"


class Mouth(StrEnum):
    """What a source's sound comes out of: people at a microphone, a file, or somebody trying the room."""

    MICROPHONE = "microphone"
    FILE = "file"
    TRIAL = "trial"


class RemoteMicrophone(StrEnum):
    """Whether the phone of whoever has the floor carries their voice; in a turn without an invitation there is none."""

    OFFERED = "offered"
    AGREED = "agreed"
    DECLINED = "declined"
    CLOSED = "closed"


OPEN_MICROPHONES = frozenset({RemoteMicrophone.OFFERED, RemoteMicrophone.AGREED, RemoteMicrophone.DECLINED})
"""Until somebody closes them, or the turn is over: who has declined may still think otherwise."""


class RoomVerdict(StrEnum):
    """What the captions of a room are good for, as its last trial said."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class GapKind(StrEnum):
    """What is missing: sound that never came, words of sound that was passed over, captions that people stopped."""

    LOST = "lost"
    SKIPPED = "skipped"
    HIDDEN = "hidden"


class CommitmentState(StrEnum):
    NOTED = "noted"
    READ_BACK = "read_back"
    IN_MINUTES = "in_minutes"
    IN_PROGRESS = "in_progress"
    EVIDENCE_GIVEN = "evidence_given"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class QuestionState(StrEnum):
    """The life of a question. Received, in review and refused are three different states."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    QUEUED = "queued"
    ON_DECK = "on_deck"
    ON_STAGE = "on_stage"
    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    WRITTEN_DUE = "written_due"
    FORWARDED_UP = "forwarded_up"
    MERGED = "merged"
    REFUSED = "refused"
    REROUTED = "rerouted"
    WITHDRAWN = "withdrawn"

    @property
    def waiting(self) -> bool:
        """Nothing has come of it yet."""
        return self in _WAITING


_WAITING = frozenset(
    {
        QuestionState.RECEIVED,
        QuestionState.IN_REVIEW,
        QuestionState.APPROVED,
        QuestionState.QUEUED,
        QuestionState.ON_DECK,
        QuestionState.ON_STAGE,
    }
)


class TurnState(StrEnum):
    """A turn on the floor; `done` and `absent` end it."""

    CALLED = "called"
    SPEAKING = "speaking"
    PAUSED = "paused"


class MinutesState(StrEnum):
    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    SIGNED = "signed"
    PUBLISHED = "published"
    AMENDED = "amended"


class Signatory(StrEnum):
    """Who signs the minutes: secretary left, chair right (decree 30/2020, form 1.9)."""

    SECRETARY = "secretary"
    CHAIR = "chair"
