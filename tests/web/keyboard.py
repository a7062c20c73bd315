"""Somebody who has only a keyboard: the focus goes from stop to stop, and each can be seen where it is."""

from typing import Any

from playwright.sync_api import Page

STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  // A field that steps behind its words: they carry the ring.
  const shown = getComputedStyle(one).opacity === "0" && one.labels?.length ? one.labels[one.labels.length - 1] : one;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const { left, top, width, height } = shown.getClientRects()[0];
  const at = document.elementFromPoint(left + width / 2, top + height / 2);
  const words = one.labels?.[0]?.innerText || one.innerText || one.textContent || one.name;
  const name = one.getAttribute("aria-label") || words;
  one.dataset.visited = "";
  return {
    name: name.trim().replace(/\\s+/g, " "),
    ringed: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1,
    uncovered: shown.contains(at),
    again: one.dataset.visits === "yes" || ((one.dataset.visits = "yes"), false),
  };
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
MOST = 250
"""Stops of the longest page, with room to spare."""


def stop(page: Page) -> dict[str, Any] | None:
    """Where the focus is: its name, whether a ring is around it, whether something lies over it. None: nowhere."""
    found: dict[str, Any] | None = page.evaluate(STOP)
    return found


def focused_in(page: Page, selector: str) -> bool:
    """Whether what has the focus is this, or lies in it."""
    return bool(page.evaluate("selector => Boolean(document.activeElement.closest(selector))", selector))


def tab_to(page: Page, name: str, key: str = "Tab", within: str = "body") -> None:
    """Press the key until the focus is on what is called so (there); every stop on the way must be seen."""
    passed: list[str] = []
    for _ in range(MOST):
        page.keyboard.press(key)
        here = stop(page)
        if here:
            passed.append(here["name"])
            assert here["ringed"], f"no ring around {here['name']}"
            assert here["uncovered"], f"something lies over {here['name']}"
            if here["name"].startswith(name) and focused_in(page, within):
                return
    raise AssertionError(f"{key} never came to {name}, but to {passed[:40]}")


def walked(page: Page) -> list[str]:
    """Tab through the page once. What was wrong: stops without a ring or covered, and what no stop ever was."""
    wrong = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None:
            continue  # between the last and the first
        if here["again"]:
            break
        wrong += [f"no ring: {here['name']}"] if not here["ringed"] else []
        wrong += [f"covered: {here['name']}"] if not here["uncovered"] else []
    return wrong + [f"never reached: {one}" for one in page.evaluate(LEFT_OUT)]
