"""A page as a browser holds it: regions of elements with ids, changed one patch at a time."""

from collections.abc import Iterable

from live.differences import Change
from live.sights import Thing
from live.views import View


class Page:
    """What a listener has on the screen. A patch that does not fit the page is a failure, as it is in a browser."""

    def __init__(self, view: View) -> None:
        self.regions: dict[str, list[str]] = {region.name: [item.key for item in region.items] for region in view}
        self.shown: dict[str, Thing] = {item.key: item.thing for region in view for item in region.items}
        keys = [key for region in self.regions.values() for key in region]
        assert len(keys) == len(set(keys)), f"an element id stands twice: {sorted(keys)}"

    def patch(self, changes: Iterable[Change]) -> "Page":
        for change in changes:
            self._patch(change)
        return self

    def _patch(self, change: Change) -> None:
        keys = self.regions[change.region]
        if change.verb == "insert":
            assert change.key not in self.shown, f"{change.key} is on the page already"
            assert change.thing is not None
            self.shown[change.key] = change.thing
            self._put(keys, change)
            return
        assert change.key in keys, f"{change.key} is not in {change.region}"
        if change.verb == "remove":
            keys.remove(change.key)
            del self.shown[change.key]
        elif change.verb == "move":
            keys.remove(change.key)
            self._put(keys, change)
        else:
            assert change.thing is not None
            self.shown[change.key] = change.thing

    @staticmethod
    def _put(keys: list[str], change: Change) -> None:
        keys.insert(len(keys) if change.anchor is None else keys.index(change.anchor), change.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Page) and (self.regions, self.shown) == (other.regions, other.shown)

    def __hash__(self) -> int:
        raise TypeError("a page changes")

    def __repr__(self) -> str:
        return f"Page({self.regions})"
