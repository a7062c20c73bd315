"""Whom work is given to: the agencies that somebody speaks for here, and those that were named so far."""

from typing import Any

from starlette.requests import Request

from live.dialogue import Dialogue
from live.texts import same_name
from server.parts import parts


async def offered(request: Request, dialogue: Dialogue) -> dict[str, list[str]]:
    """For a page's list of suggestions: `accounts` are reached by work they are given, the other `agencies` are not."""
    accounts = await parts(request).people.agencies()
    return {"accounts": accounts, "agencies": [name for name in named(dialogue) if not _among(name, accounts)]}


def named(dialogue: Dialogue) -> list[str]:
    """The agencies named in the dialogue so far."""
    found = {str(dialogue.notice.agency), str(dialogue.notice.superior)}
    found |= {str(question.agency) for question in dialogue.questions.values()}
    found |= {str(question.dossier.agency) for question in dialogue.questions.values()}
    found |= {str(commitment.agency) for commitment in dialogue.commitments.values()}
    return sorted(found - {""})


def unreached(name: str, offers: dict[str, Any]) -> bool:
    """Whether work given to this agency is on nobody's page."""
    return bool(name) and not _among(name, offers["accounts"])


def _among(name: str, accounts: list[str]) -> bool:
    return any(same_name(name, account) for account in accounts)
