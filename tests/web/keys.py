"""Somebody with a keyboard and no mouse: where the focus is must be seen, and what it is must be heard."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.web.house import House
from tests.web.visits import LIVE, visitor

DESK = {"viewport": {"width": 1440, "height": 900}}
MOST = 160
"""Stops on the way to anything. What is further off is found by nobody."""
ROUND = 250
"""Stops of the longest page, with room to spare."""

SEEN = """() => {
  const at = document.activeElement;
  const labels = [...(at.labels ?? [])];
  const styles = [at, ...labels].map((one) => getComputedStyle(one));
  const ringed = styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
  // A field that steps behind its words: they are looked at.
  const behind = at.matches(".visually-hidden") || styles[0].opacity === "0";
  const box = ((behind && labels.at(-1)) || at).getClientRects()[0];
  if (!ringed || !box) return ringed ? "it has no box" : "it has no ring";
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.y, 0) + Math.min(box.height, 40) / 2, innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!within) return "it is out of sight";
  const free = top && (at.contains(top) || top.contains(at) || labels.some((label) => label.contains(top)));
  return free ? "" : "something lies over it";
}"""
"""Why nobody sees where the focus is; nothing when it is seen."""
LOST = "() => document.activeElement === document.body || !document.activeElement.isConnected"
VISITED = """() => {
  const at = document.activeElement;
  if (at === window.stoodAt) return false;  // a date: its day, month and year are stops of one field
  window.stoodAt = at;
  return "visited" in at.dataset || !(at.dataset.visited = "yes");
}"""
LEFT_OUT = """() => {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.closest("[inert]");
  const radios = new Set([...document.querySelectorAll("[data-visited][type=radio]")].map((one) => one.name));
  const been = (one) => "visited" in one.dataset || (one.type === "radio" && radios.has(one.name));
  return [...document.querySelectorAll(can)]
    .filter((one) => seen(one) && one.tabIndex >= 0 && !been(one))
    .map((one) => one.outerHTML.slice(0, 120));
}"""


class Keys:
    """The hands of somebody at a page. What the focus is, they know as a screen reader tells it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._tree = page.context.new_cdp_session(page)

    def heard(self) -> tuple[str, str]:
        """Role and name of what has the focus, by the browser's own accessibility tree."""
        found = self._tree.send("Runtime.evaluate", {"expression": "document.activeElement"})
        asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node = self._tree.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        return node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")

    def within(self, selector: str) -> bool:
        """Whether what has the focus is this, or lies in it."""
        return bool(self.page.evaluate("selector => Boolean(document.activeElement.closest(selector))", selector))

    def to(self, name: str, *, whole: bool = False, by: str = "Tab", within: str = "html") -> None:
        """Walk until what is so called is reached (there): its whole name, or how it begins. Each stop must be seen."""
        passed: list[str] = []
        for _ in range(MOST):
            self.page.keyboard.press(by)
            if self.page.evaluate(LOST):
                continue  # past the end of the page, on the way round
            role, heard = self.heard()
            hidden = self.page.evaluate(SEEN)
            assert not hidden, f"nobody sees the focus on {role} {heard!r}: {hidden}"
            if (heard == name or (not whole and heard.startswith(name))) and self.within(within):
                return
            passed.append(f"{role} {heard!r}")
        raise AssertionError(f"no key leads to {name!r}; passed: {list(dict.fromkeys(passed))}")

    def round(self) -> list[str]:
        """Walk through the page once. What was wrong: stops that nobody sees, and what no stop ever was."""
        wrong = []
        for _ in range(ROUND):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(LOST):
                continue  # between the last and the first
            if self.page.evaluate(VISITED):
                break
            hidden = self.page.evaluate(SEEN)
            wrong += [f"{self.heard()}: {hidden}"] if hidden else []
        return wrong + [f"never reached: {one}" for one in self.page.evaluate(LEFT_OUT)]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def follow(self, name: str, address: str = "**", **how: Any) -> None:
        """Walk to the link or button, press Enter, and be on the page that it leads to."""
        self.to(name, **how)
        self.enter(address)

    def enter(self, address: str = "**") -> None:
        """Press Enter, and be on the page that it leads to; it may have the same address."""
        with self.page.expect_navigation(url=address):
            self.page.keyboard.press("Enter")

    def pressed(self, name: str, key: str = "Enter", **how: Any) -> None:
        """Walk to the button and press it, on a page that stays."""
        self.to(name, **how)
        self.page.keyboard.press(key)

    def described(self) -> str:
        """What is read after role and name of what has the focus: the sentence that describes it."""
        told: str = self.page.evaluate(
            "() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText"
        )
        return told.strip()

    def fill(self, name: str, text: str, **how: Any) -> None:
        """Walk to the field and put this in the place of what stands in it."""
        self.to(name, **how)
        self.press("Control+a")
        self.write(text)

    def write(self, text: str) -> None:
        """Put a text into the field, as an input method of Vietnamese does."""
        self.page.keyboard.insert_text(text)

    def still_here(self) -> None:
        """The page changed, and whoever works by keys is not thrown back to its beginning."""
        assert not self.page.evaluate(LOST), "the change took the focus away"
        hidden = self.page.evaluate(SEEN)
        assert not hidden, f"nobody sees the focus on {self.heard()}: {hidden}"


@contextmanager
def by_keys(browser: Browser, house: House, path: str, *cookies: dict[str, str], **options: Any) -> Iterator[Keys]:
    """Somebody who has opened a page, and has nothing but a keyboard. A live page has caught up."""
    with visitor(browser, house, *cookies, **options) as context:
        page = context.new_page()
        page.goto(path)
        if page.locator("#live").count():
            page.wait_for_function(LIVE)
        yield Keys(page)


@contextmanager
def at_desk(browser: Browser, house: House, desk: str, who: dict[str, str], **options: Any) -> Iterator[Keys]:
    """Somebody of staff at a page of the dialogue, on a computer."""
    with by_keys(browser, house, f"/d/{house.code}/{desk}", who, **(DESK | options)) as keys:
        yield keys
