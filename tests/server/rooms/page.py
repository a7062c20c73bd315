"""A page as a browser keeps it: patches applied to a tree of elements, the six verbs of the wire."""

from typing import Any

from lxml import html
from lxml.html import HtmlElement


class Page:
    """Regions with their items. `markup` is what a person would see, region by region."""

    def __init__(self) -> None:
        self.root = html.fromstring("<main></main>")
        self.n = 0

    def take(self, message: dict[str, Any]) -> None:
        """Apply a message; patches that do not follow what the page has are a hole in the wire."""
        if "after" in message:
            assert message["after"] <= self.n < message["n"], "a hole"
        self.n = message.get("n", self.n)
        for verb, *rest in message.get("patches", []):
            getattr(self, f"_{verb}")(*rest)

    @property
    def markup(self) -> dict[str, str]:
        return {
            region.get("id"): "".join(html.tostring(item, encoding="unicode", with_tail=False) for item in region)
            for region in self.root
        }

    def _find(self, key: str) -> HtmlElement | None:
        found = self.root.xpath(".//*[@id=$key]", key=key)
        return found[0] if found else None

    def _region(self, name: str) -> HtmlElement:
        region = self._find(name)
        if region is None:
            region = html.Element("section", id=name)
            self.root.append(region)
        return region

    def _fill(self, region: str, markup: str) -> None:
        place = self._region(region)
        for item in list(place):
            place.remove(item)
        for item in html.fragments_fromstring(markup) if markup else []:
            place.append(item)

    def _new(self, markup: str) -> HtmlElement:
        item = html.fragment_fromstring(markup)
        self._remove(item.get("id"))
        return item

    def _append(self, region: str, markup: str) -> None:
        self._region(region).append(self._new(markup))

    def _before(self, anchor: str, markup: str) -> None:
        place = self._find(anchor)
        assert place is not None, f"no {anchor} to stand before"
        place.addprevious(self._new(markup))

    def _replace(self, key: str, markup: str) -> None:
        old = self._find(key)
        assert old is not None, f"no {key} to replace"
        old.getparent().replace(old, html.fragment_fromstring(markup))

    def _remove(self, key: str) -> None:
        old = self._find(key)
        if old is not None:
            old.getparent().remove(old)

    def _move(self, key: str, region: str, anchor: str | None) -> None:
        item = self._find(key)
        assert item is not None, f"no {key} to move"
        item.getparent().remove(item)
        place = None if anchor is None else self._find(anchor)
        if place is None:
            self._region(region).append(item)
        else:
            place.addprevious(item)
