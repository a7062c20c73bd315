"""Filling in a form as a browser does: open the page, keep its hidden fields, send it back."""

import html
import re

import httpx2

from tests.serving import Served
from tests.visitors import browser


def fields_on(text: str) -> dict[str, str]:
    """What the form on a page would send if nothing were typed: inputs with values, ticks that are set."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", text):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = attributes.get("type") not in {"checkbox", "radio"} or " checked" in tag
        if "name" in attributes and ticked:
            found[attributes["name"]] = html.unescape(attributes.get("value", "on"))
    for name, content in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        found[name] = html.unescape(content)
    return found


def send(browser: httpx2.Client, path: str, **typed: str | None) -> httpx2.Response:
    """Open `path`, type, send it back to the same address. A field that is None is left out."""
    fields = fields_on(browser.get(path).text) | typed
    return browser.post(path, data={name: value for name, value in fields.items() if value is not None})


def keeping(served: Served, cookie: str) -> httpx2.Client:
    """A browser that has this cookie from an earlier visit, and keeps those it gets besides."""
    found = browser(served)
    name, value = cookie.split("=", 1)
    found.cookies.set(name, value)
    return found
