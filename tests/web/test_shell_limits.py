"""What the shell does not keep, and how it ends: staff, rehearsals, age, other versions, the switch, plain HTTP."""

from socket import create_server

import pytest

from live import commands as do
from live.states import DialogueState
from tests.chromium import CHROMIUM, FLAGS
from tests.serving import Served
from tests.visitors import open_dialogue
from tests.waiting import until
from tests.web.shells import IDLE, PATHS, WORKERS, again, copy_of, keeping, kept, opens, stop
from tests.web.visits import opened, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WEEK = 7 * 24 * 3_600_000
NAMES = "() => caches.keys()"


def test_pages_of_staff_of_the_hall_and_of_signing_in_are_never_kept(browser, house, hanh):
    paths = [f"/d/{house.code}/{page}" for page in ("stage", "kiosk", "moderator", "join", "notice", "reckoning")]
    with keeping(browser, house, hanh[1], house.staff("lan", "moderator", "organiser")) as desk:
        for path in [f"/d/{house.code}", *paths, "/sign-in", "/staff"]:
            page = desk.new_page()
            page.goto(path)
            page.evaluate(IDLE)
            assert (page.evaluate(PATHS), page.evaluate(WORKERS)) == ([], 0), path
            page.close()
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        for path in [*paths, "/", "/sign-in", "/commitments"]:
            page.goto(path)
        assert page.evaluate(PATHS) == [f"/d/{house.code}"]
        page.goto(f"/d/{house.code}")
        phone.set_offline(True)
        assert [path for path in [*paths, "/", "/sign-in", "/commitments"] if opens(phone, path)] == []
        assert opens(phone, f"/d/{house.code}")


def test_who_signs_in_as_staff_on_a_phone_leaves_no_copy_of_the_page_behind(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        staff = house.staff("lan", "moderator")
        phone.add_cookies([{"name": staff["name"], "value": staff["value"], "url": staff["url"]}])
        page.goto(f"/d/{house.code}")
        until(lambda: page.evaluate(PATHS) == [], "the copy to go")


def test_what_a_rehearsal_shows_is_not_kept_and_a_page_from_before_it_goes(browser, house, hanh):
    house.send(do.MoveDialogue(DialogueState.READY, "Mở nhầm"))
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        house.send(do.MoveDialogue(DialogueState.REHEARSAL))
        house.send(do.Ask("Câu thử?"), by=house.clerk)
        house.send(do.Approve(1))
        page.locator("#next #q-1").wait_for()
        page.close()
        before = copy_without_network(phone, house)
        assert before.locator("#q-1").count() == 0, "what will be wiped was kept"
        before.close()
        page = opened(phone, f"/d/{house.code}")
        until(lambda: page.evaluate(PATHS) == [], "the copy to go")
        page.close()
        phone.set_offline(True)
        assert not opens(phone, f"/d/{house.code}")


def copy_without_network(phone, house):
    phone.set_offline(True)
    page = copy_of(phone, f"/d/{house.code}")
    phone.set_offline(False)
    return page


PUT = """async ([paths, at]) => {
  const headers = { 'X-Kept-At': at, 'Content-Type': 'text/html; charset=utf-8' };
  const cache = await caches.open((await caches.keys())[0]);
  for (const path of paths) await cache.put(path, new Response('<html lang="vi"><p>Cũ', { headers }));
}"""


def test_a_page_that_is_no_more_is_kept_no_more(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        page.evaluate(PUT, [["/d/GONE99"], page.evaluate("() => Date.now()")])
        page.goto("/d/GONE99")
        until(lambda: page.evaluate(PATHS) == [f"/d/{house.code}"], "the copy of nothing to go")


def test_copies_are_few_and_end_after_a_week(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        now = page.evaluate("() => Date.now()")
        many = [f"/d/AAAA{number:02}" for number in range(14)]
        page.evaluate(PUT, [["/d/OLDS01"], now - WEEK - 1_000])
        page.evaluate(PUT, [["/d/OLDS02"], now - WEEK + 600_000])
        phone.set_offline(True)
        assert not opens(phone, "/d/OLDS01")
        assert opens(phone, "/d/OLDS02")
        phone.set_offline(False)
        for place, path in enumerate(many):
            page.evaluate(PUT, [[path], now - 60_000 + place])
        page.goto(f"/d/{house.code}")
        until(lambda: len(page.evaluate(PATHS)) <= 13, "all but the last twelve to go, and this one to come")
        page.goto(f"/d/{house.code}")
        last = sorted([*many[-11:], f"/d/{house.code}"])
        until(lambda: page.evaluate(PATHS) == last, "all but the last twelve to go")


def deploy(house, version: str) -> None:
    """From now on the server is of another version."""
    render = house.parts.render
    render.version = version
    for environment in render._environments.values():
        environment.globals["version"] = version


def test_a_new_version_replaces_the_old_shell_whole(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        old = page.evaluate(NAMES)
        page.close()
        house.send(do.Ask("Một?"), by=hanh[0])
        deploy(house, "another")
        page = phone.new_page()
        page.goto(f"/r/{house.room.dialogue.questions[1].receipt}")
        page.goto(f"/d/{house.code}")
        until(lambda: page.evaluate(NAMES) == ["shell-another"], "the old shell to go")
        assert old != ["shell-another"]
        until(lambda: f"/d/{house.code}" in page.evaluate(PATHS), "the new page to be kept")
        page.close()
        phone.set_offline(True)
        page = copy_of(phone, f"/d/{house.code}")
        assert page.locator("meta[name=shell]").get_attribute("content") == "another"
        page.locator("#mine-1").wait_for()
        assert page.evaluate("() => document.styleSheets[1].cssRules.length > 10")


def test_an_open_page_of_the_old_version_puts_nothing_into_a_shell_that_was_replaced(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        old = kept(phone, f"/d/{house.code}")
        deploy(house, "another")
        kept_anew = phone.new_page()
        kept_anew.goto(f"/d/{house.code}")
        until(lambda: kept_anew.evaluate(NAMES) == ["shell-another"], "the old shell to go")
        old.evaluate("() => dispatchEvent(new Event('pagehide'))")
        old.evaluate("async () => { for (let i = 0; i < 5; i++) await caches.keys(); }")
        assert kept_anew.evaluate(NAMES) == ["shell-another"]


def test_the_switch_takes_workers_and_copies_away(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        kept(phone, f"/d/{house.code}").close()
        stop(house)
        with again(house, shell=False):
            page = opened(phone, f"/d/{house.code}")
            until(lambda: page.evaluate(WORKERS) == 0 and page.evaluate(NAMES) == [], "worker and copies to go")
            assert page.locator("link[rel=manifest], meta[name=shell]").count() == 0
            page.reload()
            page.evaluate(IDLE)
            assert page.evaluate(WORKERS) == 0
            page.close()
        assert not opens(phone, f"/d/{house.code}")


def test_without_a_secure_context_nothing_happens_and_nothing_is_complained_of(browser, tmp_path):
    """As on a hall's own Wi-Fi without TLS: another name than this machine's own, over plain HTTP."""
    with create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://hall.test:{port}"
    complaints: list[str] = []
    with Served(tmp_path, port=port, public_url=address, plain_http=True) as served:
        open_dialogue(served)
        resolved = "--host-resolver-rules=MAP hall.test 127.0.0.1"
        chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, resolved])
        context = chromium.new_context(base_url=address)
        context.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = opened(context, "/d/TEST01")
        page.evaluate(IDLE)
        assert page.evaluate("() => [isSecureContext, 'caches' in window, 'serviceWorker' in navigator]") == [False] * 3
        shown(page, "Câu của tôi")
        context.close()
        chromium.close()
    # Of a header of ours, which says so on every page over plain HTTP.
    assert [one for one in complaints if "Cross-Origin-Opener-Policy" not in one] == []


def test_the_manifest_is_one_that_browsers_take(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        told = phone.new_cdp_session(page).send("Page.getAppManifest")
        assert told["url"].endswith(f"/d/{house.code}/manifest.webmanifest")
        assert (told["errors"], "start_url" in told["data"]) == ([], True)


def test_a_storage_that_fails_takes_no_page_away(browser, house, hanh):
    """Without it the worker would answer nothing at all, also with the best network."""
    with keeping(browser, house, hanh[1]) as phone:
        page = kept(phone, f"/d/{house.code}")
        page.goto(f"/d/{house.code}")
        (worker,) = phone.service_workers
        worker.evaluate("() => { CacheStorage.prototype.match = () => Promise.reject(new Error('broken')); }")
        page.goto(f"/d/{house.code}")
        page.wait_for_function("() => document.styleSheets[1].cssRules.length > 10")
        page.locator("#live[data-live=yes]").wait_for()


MOVED = """async ([from, to]) => {
  const cache = await caches.open((await caches.keys())[0]);
  await cache.put(to, await cache.match(from));
}"""


def test_the_copy_of_a_receipt_that_is_no_more_gives_way_as_soon_as_the_server_says_so(browser, house, hanh):
    with keeping(browser, house, hanh[1]) as phone:
        house.send(do.Ask("Một?"), by=hanh[0])
        path = f"/r/{house.room.dialogue.questions[1].receipt}"
        page = kept(phone, path)
        page.evaluate(MOVED, [path, "/r/GONE-0000"])
        phone.set_offline(True)
        page.goto("/r/GONE-0000")
        shown(page, "Đã nhận, số 1.")
        phone.set_offline(False)
        page.get_by_text("GONE-0000").first.wait_for(timeout=40_000)
        until(lambda: page.evaluate(PATHS) == [path], "the copy of nothing to go")
