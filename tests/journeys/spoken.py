"""What a page is to somebody who hears it: the browser's own accessibility tree, and what is wrong with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

PLACES = {"RootWebArea", "main", "region", "listitem", "list", "generic", "group", "article", "dialog", "section"}
"""What may hold the focus and needs no name of its own: it is read out with what is in it."""
LANDMARKS = {"banner", "complementary", "contentinfo", "main", "navigation", "region", "search"}


@dataclass(frozen=True)
class Spoken:
    """A part of the page as it is read out. `link`: where it leads; `live`: how its changes are told."""

    role: str
    name: str
    focusable: bool
    level: int
    link: str
    live: str


def spoken(page: Page) -> list[Spoken]:
    """All that is read out, in the order of the page."""
    client = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
    client.detach()
    found, left = [], [node["nodeId"] for node in nodes.values() if "parentId" not in node]
    while left:
        node = nodes.get(left.pop())
        if node is None:
            continue  # what lies deeper than the browser tells
        left += reversed(node.get("childIds", []))
        found += [] if node["ignored"] else [_part(node)]
    return found


def _part(node: dict[str, Any]) -> Spoken:
    more = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return Spoken(
        node["role"]["value"],
        " ".join(str(node.get("name", {}).get("value", "")).split()),
        bool(more.get("focusable")),
        int(more.get("level") or 0),
        str(more.get("url") or ""),
        str(more.get("live") or ""),
    )


def faults(parts: list[Spoken]) -> list[str]:
    """All that is wrong. What is opened over a page hides the page, and with it its headings and parts."""
    covered = any(part.role == "dialog" for part in parts)
    whole = [] if covered else [*_headings(parts), *_landmarks(parts)]
    return [*_nameless(parts), *_alike(parts), *whole, *_loud(parts)]


def _nameless(parts: list[Spoken]) -> Iterator[str]:
    for part in parts:
        if part.focusable and part.role not in PLACES and not part.name:
            yield f"a {part.role} without a name"


def _alike(parts: list[Spoken]) -> Iterator[str]:
    """The same words twice for two different things. Two links to one place are one thing."""
    acts = [part for part in parts if part.focusable and part.role not in PLACES | {"option"}]
    for (role, name), times in Counter((part.role, part.name) for part in acts).items():
        links = {part.link for part in acts if (part.role, part.name) == (role, name)}
        if times > 1 and not (role == "link" and len(links) == 1):
            yield f"{times} times {role} {name!r}"


def _headings(parts: list[Spoken]) -> Iterator[str]:
    levels = [part.level for part in parts if part.role == "heading"]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} below one of {before}"
    for part in parts:
        if part.role == "heading" and not part.name:
            yield f"an empty heading of level {part.level}"


def _landmarks(parts: list[Spoken]) -> Iterator[str]:
    found = Counter((part.role, part.name) for part in parts if part.role in LANDMARKS)
    if (mains := sum(times for (role, _), times in found.items() if role == "main")) != 1:
        yield f"{mains} main parts"
    for (role, name), times in found.items():
        if role in {"region", "navigation"} and not name:
            yield f"a {role} without a name"
        if times > 1:
            yield f"{times} times the part {role} {name!r}"


def _loud(parts: list[Spoken]) -> Iterator[str]:
    for part in parts:
        if part.live == "assertive":
            yield f"{part.role} {part.name!r} interrupts whoever listens"
