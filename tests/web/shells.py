"""Phones with the worker of the shell: what they keep, and how their network goes."""

from contextlib import AbstractContextManager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.serving import Served
from tests.waiting import until
from tests.web.house import House
from tests.web.visits import visitor

IS_KEPT = "async () => Boolean(await caches.match(location.pathname))"
PATHS = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found.filter((path) => !path.startsWith('/static/')).sort();
}"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
IDLE = "() => new Promise((resolve) => requestIdleCallback(resolve))"
BANNER = "#live-status"


def keeping(
    browser: Browser, house: House, *cookies: dict[str, str], **options: Any
) -> AbstractContextManager[BrowserContext]:
    """A phone whose browser has workers, as they have."""
    return visitor(browser, house, *cookies, service_workers="allow", **options)


def kept(context: BrowserContext, path: str) -> Page:
    """A page that this phone now keeps."""
    page = context.new_page()
    page.goto(path)
    until(lambda: page.evaluate(IS_KEPT), f"{path} to be kept")
    return page


def copy_of(context: BrowserContext, path: str) -> Page:
    """The page as it opens without a network; it may have come up to date by now."""
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("() => 'why' in document.documentElement.dataset"), "not a copy"
    return page


def opens(context: BrowserContext, path: str) -> bool:
    """Whether anything at all comes up at this address."""
    page = context.new_page()
    try:
        page.goto(path)
    except Error as problem:
        if "net::ERR" not in str(problem):
            raise
        return False
    finally:
        page.close()
    return True


def stop(house: House) -> None:
    """The server is gone: nobody listens at its port."""
    house.close()


def again(house: House, **settings: Any) -> Served:
    """The server of the house once more, where it was."""
    return Served(house.settings.data_dir, port=house.settings.port, secret="s" * 43, **settings)
