"""Which cards of the moderator's page are wanted, for a browser without script; with it, js/moderator/sieve.js says."""

from datetime import datetime, timedelta

from live.judged import judgement
from live.personal import flagged
from live.questions import REVIEWABLE, Question
from live.sites import linked
from live.states import QuestionState as Q
from server.rooms.room import Room

LONG = timedelta(minutes=5)
"""What waits longer to be read has waited long."""
READ = frozenset({Q.APPROVED, Q.QUEUED, Q.ON_DECK})
ENOUGH, SHARE = 9, 3
"""Few phones have shown a question: less than a third of those that showed another, once nine have (decision 0218)."""

WANTED = 2
"""Many support a question: at least half as many as the most supported that waits."""


def sites_and_topics(room: Room) -> tuple[list[str], list[str]]:
    """What there is to choose from by now."""
    questions = room.dialogue.questions.values()
    sites = {str(site.name) for site in linked(room.dialogue)} | {str(question.site) for question in questions}
    return sorted(sites - {""}), sorted({str(question.topic) for question in questions} - {""})


def holders(room: Room) -> list[str]:
    """Who holds a question now."""
    return sorted({str(q.reviewer_name) for q in room.dialogue.questions.values() if q.state is Q.IN_REVIEW} - {""})


def sifted(room: Room, wanted: str, now: datetime) -> list[int] | None:
    """The numbers of the questions that fit; None when nothing in particular is wanted."""
    questions = room.dialogue.questions.values()
    return [question.number for question in questions if _fits(room, question, wanted, now)] if wanted else None


def _fits(room: Room, question: Question, wanted: str, now: datetime) -> bool:
    kind, _, value = wanted.partition(":")
    match kind:
        case "old":
            since = question.dossier.appealed_at or question.asked_at
            return question.state in REVIEWABLE and now - since >= LONG
        case "few":
            return question.state in READ and _seen_by_few(room, question.number)
        case "wanted":
            return question.state in READ and _wanted_by_many(room, question.number)
        case "appeal":
            return question.dossier.appealed
        case "private":
            return not question.redacted and bool(flagged(str(question.text)))
        case "unsettled":
            said = judgement(room.dialogue, question)
            return said is not None and not said.settled
        case "channel" | "site" | "topic":
            return bool(value) and str(getattr(question, kind)) == value
        case "label":
            return value in map(str, question.dossier.labels)
        case "agency":
            return bool(value) and value in {str(question.dossier.agency), str(question.agency)}
        case "holder":
            return question.state is Q.IN_REVIEW and str(question.reviewer_name) == value != ""
    return False


def _seen_by_few(room: Room, number: int) -> bool:
    counts = room.seen.counts
    most = max(counts.values(), default=0)
    return most >= ENOUGH and counts[number] * SHARE < most


def _wanted_by_many(room: Room, number: int) -> bool:
    waiting = [count for one, count in room.tally.items() if room.dialogue.questions[one].state in READ]
    most = max(waiting, default=0)
    return most > 0 and room.tally.get(number, 0) * WANTED >= most
