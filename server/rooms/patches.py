"""Changes of a view to patches of a page: the verbs of the wire, with their HTML."""

from collections.abc import Iterable

from live.differences import Change
from live.seats import Audience
from server.rooms.render import Render

Patch = list[str | None]


def drawn(found: Iterable[Change], render: Render, audience: Audience, code: str, language: str) -> list[Patch]:
    """What a page of this audience and language must do to follow."""
    patches: list[Patch] = []
    for change in found:
        if change.verb == "remove":
            patches.append(["remove", change.key])
        elif change.verb == "move":
            patches.append(["move", change.key, change.region, change.anchor])
        elif change.thing is not None:
            html = render.thing(change.key, change.thing, audience, code, language)
            if change.verb == "replace":
                patches.append(["replace", change.key, html])
            elif change.anchor is None:
                patches.append(["append", change.region, html])
            else:
                patches.append(["before", change.anchor, html])
    return patches
