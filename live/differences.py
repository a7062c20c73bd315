"""What turns one page into another: items that are inserted, replaced, moved and removed.

Whoever shows a page of `before` and carries these out shows one of `after`. So a page at n with all changes since n is
the page now, by construction (the law of the house).
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from live.sights import Thing
from live.views import Region, View


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a page: an item is inserted, replaced, moved or removed.

    `anchor` is the key of the item to stand before; None means the end of the region.
    """

    verb: Literal["insert", "replace", "move", "remove"]
    region: str
    key: str
    thing: Thing | None = None
    anchor: str | None = None


def changes(before: View, after: View) -> list[Change]:
    """The changes that turn a page of `before` into one of `after`. Removals come first, so a key may move regions."""
    found: list[Change] = []
    for old, new in zip(before, after, strict=True):
        kept = {item.key for item in new.items}
        found += [Change("remove", old.name, item.key) for item in old.items if item.key not in kept]
    for old, new in zip(before, after, strict=True):
        found += _region_changes(old, new)
    return found


def _region_changes(old: Region, new: Region) -> list[Change]:
    if old.items == new.items:
        return []
    had = {item.key: item.thing for item in old.items}
    place = {item.key: index for index, item in enumerate(new.items)}
    staying = _longest_rising([place[item.key] for item in old.items if item.key in place])
    found: list[Change] = []
    anchor: str | None = None
    for index in range(len(new.items) - 1, -1, -1):
        item = new.items[index]
        if item.key not in had:
            found.append(Change("insert", new.name, item.key, item.thing, anchor))
        else:
            if index not in staying:
                found.append(Change("move", new.name, item.key, anchor=anchor))
            if had[item.key] != item.thing:
                found.append(Change("replace", new.name, item.key, item.thing))
        anchor = item.key
    return found


def _longest_rising(places: list[int]) -> set[int]:
    """The largest set of items that keep their order, so that as few as possible move (patience sorting)."""
    tops: list[int] = []
    links: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        links[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    rising: set[int] = set()
    last: int | None = tops[-1] if tops else None
    while last is not None:
        rising.add(last)
        last = links[last]
    return rising
