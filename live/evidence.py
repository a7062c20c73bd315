"""What shows that a promise was kept: words, an address where everybody can look, and who saw it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from live.commands import MoveCommitment
from live.refusals import Code, Refused, refuse
from live.states import CommitmentState
from live.texts import Sealed, clean

if TYPE_CHECKING:
    from live.seats import Seat

# A plain name and nothing before it (https://agency.example@elsewhere.example), no quotes, blanks or backslashes behind
# it, which browsers read in their own ways. Letters beyond ASCII would let one name look like another.
_NAME = r"((?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62})"
_LINK = re.compile(rf"https://{_NAME}(?::[0-9]{{1,5}})?(?:[/?#][^\s\\<>\"'`]*)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Sent:
    """That an answer went out in writing: what shows it, who said so, and when."""

    note: Sealed
    link: Sealed
    name: Sealed
    at: datetime


def host(link: str) -> str:
    """The name of the machine that a link leads to, in small letters; empty when this is no https address."""
    found = _LINK.fullmatch(link)
    return found[1].lower() if found else ""


def unfit_report(command: MoveCommitment) -> Refused | None:
    """Why a promise cannot be moved with what is said here, if it cannot."""
    note, link = clean(command.note), clean(command.link)
    if command.to is CommitmentState.EVIDENCE_GIVEN:
        return nothing_shown(note, link)
    if command.to is CommitmentState.DISPUTED and not note:
        return refuse(Code.REASON_MISSING)
    return _not_a_link(link)


def nothing_shown(note: str, link: str) -> Refused | None:
    """The refusal when neither words nor an address that everybody can open show what was done."""
    return refuse(Code.EVIDENCE_MISSING) if not note and not link else _not_a_link(link)


def _not_a_link(link: str) -> Refused | None:
    return refuse(Code.NOT_A_LINK) if link and not host(link) else None


def confirmer(command: MoveCommitment, seat: "Seat") -> str:
    """Who saw that the promise was kept: as it was said, or whoever says so."""
    if command.to is not CommitmentState.CONFIRMED:
        return ""
    return clean(command.confirmed_by) or clean(seat.name)
