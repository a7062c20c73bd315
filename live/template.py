"""A dialogue as the pattern of the next one: how it was arranged, and nothing that anybody asked, said or promised."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from live import commands as do
from live.asking import WAITING_LIMIT
from live.commands import Command
from live.reasons import in_lines
from live.seats import Audience
from live.sites import linked
from live.states import Lane, Reasoned

if TYPE_CHECKING:
    from live.dialogue import Dialogue


def arranged(dialogue: "Dialogue") -> Iterator[tuple[Audience, Command]]:
    """What has to be said in a fresh dialogue so that it is arranged like this one, and in whose place.

    The notice is not among it: a person looks at it and says when. Nor is what a rehearsal made of it.
    """
    pattern = dialogue.before_rehearsal or dialogue
    if pattern.reasons:
        yield Audience.MODERATOR, do.SetReasons(in_lines(pattern))
    if pattern.suspension_reasons:
        yield Audience.MODERATOR, do.SetReasons(in_lines(pattern, Reasoned.SUSPENSION), of=Reasoned.SUSPENSION)
    if rule := pattern.mixing:
        shares = dict(rule.shares)
        hall, online, site, in_advance = (shares.get(lane, 0) for lane in Lane)
        yield Audience.MODERATOR, do.DeclareMixing(hall, online, site, in_advance, rule.first_time, rule.topic_run)
    if pattern.asking.waiting != WAITING_LIMIT:
        yield Audience.MODERATOR, do.SetAsking(open=True, waiting=pattern.asking.waiting)
    if pattern.supports_shown:
        yield Audience.MODERATOR, do.ShowSupports(on=True)
    if pattern.hall.percent != 100:
        yield Audience.MODERATOR, do.ScaleStage(pattern.hall.percent)
    if pattern.glossary.lines:
        yield Audience.SECRETARY, do.SetGlossary(pattern.glossary.lines, 0)
    yield from _sites(pattern)


def _sites(pattern: "Dialogue") -> Iterator[tuple[Audience, Command]]:
    """Sites are numbered anew from 1, without those that have left."""
    sites = linked(pattern)
    if sites:
        yield Audience.MODERATOR, do.SetSites("\n".join(str(site.name) for site in sites))
    anew = {site.number: place for place, site in enumerate(sites, 1)}
    for clerk, number in pattern.clerks.items():
        if number in anew:
            yield Audience.MODERATOR, do.SeatClerk(clerk, anew[number])
