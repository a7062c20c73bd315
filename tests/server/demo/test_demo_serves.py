"""The whole command, as `make run` starts it: every link that it prints opens, every sign-in leads to its page."""

import os
import re
import signal
import socket
import subprocess
import sys
from html.parser import HTMLParser

import httpx2
import pytest

from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What a running demo has printed."""
    root = tmp_path_factory.mktemp("demo")
    port = free_port()
    (root / "no-model").mkdir()
    given = {"DATA_DIR": str(root / "data"), "PORT": str(port), "MODEL": str(root / "no-model")}
    given = {f"DOITHOAI_{name}": value for name, value in given.items()}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")} | given
    log = root / "printed.txt"
    with log.open("w") as file:
        command = [sys.executable, "-m", "server", "demo"]
        demo = subprocess.Popen(command, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        until(lambda: ready(port) or demo.poll() is not None, "the demo answers", 60)
        assert demo.poll() is None, log.read_text()
        yield log.read_text().partition("make run HALL=1")[0]
        # What was opened since then has left no line behind the passwords.
        assert '"event": "request"' not in log.read_text()
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=15)
    finally:
        if demo.poll() is None:
            demo.kill()
            demo.wait()


def ready(port):
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    except httpx2.TransportError:
        return False


class Fields(HTMLParser):
    """The hidden fields of a form."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found[given["name"]] = given.get("value", "")


def test_every_public_link_opens(printed):
    links = {link for link in re.findall(r"http://\S+", printed) if "sign-in" not in link}
    assert len(links) >= 5
    assert {link: httpx2.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_every_sign_in_leads_to_its_page(printed):
    rows = re.findall(r"(\w+) +([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})\s+(http://[^/]+)(/sign-in\?back=(\S+))", printed)
    assert len(rows) == 7
    for login, password, origin, door, page in rows:
        with httpx2.Client(base_url=origin, follow_redirects=True) as browser:
            fields = Fields(browser.get(door).text).found | {"login": login, "password": password}
            answer = browser.post("/sign-in", data=fields, headers={"Origin": origin})
            assert (answer.status_code, answer.url.path) == (200, page), login


def test_the_demo_says_that_its_people_are_invented(printed):
    origin = re.findall(r"http://[^/]+", printed)[0]
    assert "minh họa" in httpx2.get(f"{origin}/d/DEMO/notice").text.lower()
