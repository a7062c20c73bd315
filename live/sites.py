"""Linked sites (điểm cầu): where else people sit together, who keys in for them there, and what comes from where.

A site's number never changes and is never given again; a site that is taken off the list keeps what came from it.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live import commands as do
from live.agreeing import changed_since, mark
from live.entries import ClerkSeated, Entry, SitesSet
from live.notice import WORKING
from live.refusals import Code, Refused, refuse, too_long
from live.rulebook import Moment, applies, decides
from live.seats import Audience, Seat
from live.states import DialogueState
from live.texts import Sealed, clean, same_name

if TYPE_CHECKING:
    from live.dialogue import Dialogue
    from live.questions import Question

LIST_LIMIT = 2_000
"""Characters of the list of sites."""
NAME_LIMIT = 80
MOST = 40
"""Sites of one dialogue: above what a province links, and few enough for one page of codes."""


@dataclass(frozen=True, slots=True)
class Site:
    """`linked`: it takes part; else it was taken off the list, and nothing new comes from it."""

    number: int
    name: Sealed
    linked: bool = True


@decides(do.SetSites)
def set_sites(dialogue: "Dialogue", command: do.SetSites, seat: Seat, moment: Moment) -> tuple[SitesSet, ...] | Refused:
    """The list as it shall be; a name that has been on it before gets its old number back."""
    text = clean(command.text)
    if dialogue.state not in WORKING | {DialogueState.DRAFT}:
        return refuse(Code.WRONG_STATE)
    names: list[str] = []
    for name in filter(None, text.split("\n")):
        if problem := too_long(NAME_LIMIT, name):
            return problem
        if not any(same_name(name, other) for other in names):
            names.append(name)
    if problem := too_long(LIST_LIMIT, text):
        return problem
    if len(names) > MOST:
        return refuse(Code.ENOUGH_SITES, count=MOST)
    listed = in_lines(dialogue)
    if names == listed.split("\n") or (not names and not listed):
        return ()
    return changed_since(command.was, mark(listed), listed) or (SitesSet(tuple(map(Sealed, names))),)


def in_lines(dialogue: "Dialogue") -> str:
    """The linked sites as they are edited, a name a line."""
    return "\n".join(str(site.name) for site in linked(dialogue))


@applies(SitesSet)
def sites_set(dialogue: "Dialogue", fact: SitesSet, entry: Entry) -> "Dialogue":
    sites = {number: replace(site, linked=False) for number, site in dialogue.sites.items()}
    for name in fact.sites:
        known = next((site.number for site in sites.values() if same_name(str(site.name), str(name))), len(sites) + 1)
        sites[known] = Site(known, name)
    return replace(dialogue, sites=sites)


@decides(do.SeatClerk)
def seat_clerk(
    dialogue: "Dialogue", command: do.SeatClerk, seat: Seat, moment: Moment
) -> tuple[ClerkSeated, ...] | Refused:
    """At a site, or (None) back in the main hall."""
    if not command.clerk:
        return refuse(Code.EMPTY)
    site = None if command.site is None else dialogue.sites.get(command.site)
    if command.site is not None and (site is None or not site.linked):
        return refuse(Code.UNKNOWN_SITE, what=str(command.site))
    return () if dialogue.clerks.get(command.clerk) == command.site else (ClerkSeated(command.clerk, command.site),)


@applies(ClerkSeated)
def clerk_seated(dialogue: "Dialogue", fact: ClerkSeated, entry: Entry) -> "Dialogue":
    clerks = {clerk: site for clerk, site in dialogue.clerks.items() if clerk != fact.clerk}
    return replace(dialogue, clerks=clerks if fact.site is None else {**clerks, fact.clerk: fact.site})


def linked(dialogue: "Dialogue") -> list[Site]:
    """The sites that take part, in the order in which they were first named."""
    return [site for site in dialogue.sites.values() if site.linked]


def clerk_site(dialogue: "Dialogue", clerk: str) -> str:
    """The name of the site where this clerk sits; empty in the main hall."""
    site = dialogue.sites.get(dialogue.clerks.get(clerk, 0))
    return "" if site is None else str(site.name)


def joined_site(dialogue: "Dialogue", number: int) -> str:
    """The name of the site where a phone joined; empty when it joined elsewhere, or the site has left."""
    site = dialogue.sites.get(number)
    return str(site.name) if site is not None and site.linked else ""


def came_from(dialogue: "Dialogue", said: str, seat: Seat, card: str = "") -> str | Refused:
    """The site that a question or a card belongs to: the seat's own; else the one named, else the card's.

    `said` is as typed. A dialogue without a list takes any name; a clerk of a site speaks for no other.
    """
    said = clean(said)
    if seat.audience is Audience.PHONE:
        return seat.site
    if seat.site:
        strange = next((name for name in (said, card) if name and not same_name(name, seat.site)), "")
        return refuse(Code.OTHER_SITE, site=seat.site) if strange else seat.site
    if not said:
        return card
    if not (sites := linked(dialogue)):
        return said
    known = next((str(site.name) for site in sites if same_name(str(site.name), said)), "")
    return known or refuse(Code.UNKNOWN_SITE, what=said)


def not_here(question: "Question", seat: Seat) -> Refused | None:
    """The refusal when a clerk of one site reaches for what came from elsewhere."""
    away = seat.site and seat.audience is Audience.CLERK and not same_name(str(question.site), seat.site)
    return refuse(Code.OTHER_SITE, site=seat.site) if away else None
