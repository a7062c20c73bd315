"""The form that says what a dialogue is: from its fields to `Describe` and back."""

from collections.abc import Mapping
from datetime import UTC, datetime

from live.commands import Describe
from live.compose import VIETNAM
from live.notice import LONGEST_TURN, Notice
from server.pages import whole

FIELDS = (
    "title", "agency", "superior", "place", "starts_at", "chair", "secretary", "theme", "topics", "asking_minutes",
    "answering_minutes",
)  # fmt: skip
EMPTY = dict.fromkeys(FIELDS, "") | {"asking_minutes": "3", "answering_minutes": "5"}
LONGEST_MINUTES = LONGEST_TURN // 60


def described(said: Mapping[str, str]) -> Describe | str:
    """The command; or the name of the field that cannot be read."""
    try:
        starts_at = datetime.fromisoformat(said["starts_at"]).replace(tzinfo=VIETNAM).astimezone(UTC)
    except (ValueError, OverflowError):
        return "starts_at"
    seconds = {}
    for name in ("asking_minutes", "answering_minutes"):
        minutes = whole(said[name])
        if minutes is None or not 0 < minutes <= LONGEST_MINUTES:
            return name
        seconds[name] = minutes * 60
    return Describe(
        title=said["title"],
        agency=said["agency"],
        place=said["place"],
        starts_at=starts_at,
        superior=said["superior"],
        chair=said["chair"],
        secretary=said["secretary"],
        theme=said["theme"],
        topics=tuple(line for line in said["topics"].splitlines() if line.strip()),
        question_seconds=seconds["asking_minutes"],
        answer_seconds=seconds["answering_minutes"],
    )


def said_by(fields: Mapping[str, object]) -> dict[str, str]:
    """The form's fields as texts, none missing."""
    return {name: str(fields.get(name, "")) for name in FIELDS}


def as_said(notice: Notice) -> dict[str, str]:
    """The notice as the form shows it."""
    start = notice.starts_at
    return {
        "title": str(notice.title),
        "agency": str(notice.agency),
        "superior": str(notice.superior),
        "place": str(notice.place),
        "starts_at": "" if start is None else start.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M"),
        "chair": str(notice.chair),
        "secretary": str(notice.secretary),
        "theme": str(notice.theme),
        "topics": "\n".join(map(str, notice.topics)),
        "asking_minutes": str(max(1, notice.question_seconds // 60)),
        "answering_minutes": str(max(1, notice.answer_seconds // 60)),
    }
