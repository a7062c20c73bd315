"""The examples in deploy/ are what their programs accept, and the proxy lets pages, sockets and feeds through."""

import json
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from socket import create_connection

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from websockets.sync.client import connect

from live.seats import Audience
from server import clock
from server.rooms.room import Room
from server.settings import Settings, read, unknown
from tests.faults.served_apart import free_port
from tests.server.doors.test_lines import HEAD, seen
from tests.serving import Served
from tests.visitors import open_dialogue
from tests.waiting import until

pytestmark = pytest.mark.slow
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
_KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
NAME = "doithoai.example.gov.vn"


def certificate(folder: Path) -> None:
    """One that its own key signed."""
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, NAME)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(kinds[0]))
    (folder / "privkey.pem").write_bytes(key.private_bytes(*kinds))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path / "data", public_url=f"https://{NAME}") as served:
        yield served


@contextmanager
def nginx(served: Served, folder: Path) -> Iterator[int]:
    """nginx with the example, on a port of its own: of its three servers one runs, and another is the one for sound."""
    port, dead = free_port(), free_port()
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").replace("/etc/ssl/doithoai", str(folder))
    around = "".join(f"{found}\n" for found in re.findall(r"^#     (.*)$", site, flags=re.MULTILINE))
    site = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", site, flags=re.DOTALL)
    site = site.replace("listen 443 ssl http2", f"listen 127.0.0.1:{port} ssl http2")
    site = site.replace(":8000", f":{dead}").replace(":8001", f":{served.port}").replace(":8002", f":{dead}")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in _KINDS)
    whole = f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error;\n{around}"
    whole += f"http {{ access_log off; {folders} include {folder}/site.conf; }}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    # Debian keeps it where only root's PATH looks.
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
    words = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error")]
    tried = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False, timeout=20)
    assert tried.returncode == 0, tried.stderr
    assert "worker_connections exceed" not in tried.stderr, "as many files may be open as connections"
    with running(words, partial(listens, port), "nginx to start"):
        yield port


@contextmanager
def caddy(served: Served, folder: Path) -> Iterator[int]:
    """The same for Caddy, with a certificate of ours instead of one that it fetches."""
    port, dead = free_port(), free_port()
    site = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    own = f"{NAME}:{port} {{\n\tbind 127.0.0.1\n\ttls {folder}/fullchain.pem {folder}/privkey.pem\n"
    site = site.replace(f"{NAME} {{\n", own)
    site = site.replace(":8000", f":{dead}").replace(":8001", f":{served.port}").replace(":8002", f":{dead}")
    said = f"{{\n\tadmin off\n\tdefault_sni {NAME}\n\tauto_https disable_redirects\n\tgrace_period 1s\n}}\n"
    (folder / "Caddyfile").write_text(said + site, encoding="utf-8")
    words = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with running(words, partial(listens, port), "Caddy to start", HOME=str(folder)):
        yield port


def listens(port: int) -> bool:
    with suppress(OSError), create_connection(("127.0.0.1", port)):
        return True
    return False


@contextmanager
def running(words: list[str], begun: Callable[[], object], what: str, **environment: str) -> Iterator[None]:
    started = subprocess.Popen(words, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        until(begun, what)
        yield
    finally:
        started.terminate()
        started.wait(10)


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@pytest.mark.parametrize("kind", [nginx, caddy])
def test_pages_sockets_and_feeds_go_through_the_proxy(
    served: Served, tmp_path: Path, kind: Callable[[Served, Path], AbstractContextManager[int]]
) -> None:
    open_dialogue(served)
    certificate(tmp_path)
    with (
        kind(served, tmp_path) as proxy,
        httpx2.Client(base_url=f"https://127.0.0.1:{proxy}", headers={"Host": NAME}, verify=trusting()) as client,
    ):
        until(lambda: client.get("/d/TEST01").status_code == 200, "the dead ones to be found dead")
        for _ in range(6):  # each of the three in its turn: the dead ones are passed over
            assert client.get("/d/TEST01").status_code == 200
        assert client.get("/metrics").status_code == 404
        assert client.get("/d/TEST01/sound/hall.wav").status_code == 502
        with client.stream("GET", "/d/TEST01/feed") as feed:
            assert feed.headers["content-type"].startswith("text/event-stream")
            assert "data: {" in next(feed.iter_text())
        headers = {"Origin": f"https://{NAME}"}
        address = f"wss://{NAME}/d/TEST01/live?as=phone"
        line = create_connection(("127.0.0.1", proxy))
        with connect(address, sock=line, ssl=trusting(), server_hostname=NAME, additional_headers=headers) as socket:
            while "caught_up" not in json.loads(socket.recv(timeout=5)):
                pass


PAGES = 280
"""More than nginx's own 512 connections carry, and fewer than the files that a test may open, thrice."""


def test_as_many_pages_go_through_nginx_as_its_settings_promise(served: Served, tmp_path: Path) -> None:
    room = open_dialogue(served)
    certificate(tmp_path)
    said = (DEPLOY.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    for setting in re.findall(r"^#     (.*)$", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"), flags=re.MULTILINE):
        assert f"\n    {setting}\n" in said, "the guide tells the same"
    head = HEAD.replace("127.0.0.1:{port}", NAME).replace("http://", "https://") + "\r\n"
    context = trusting()
    with nginx(served, tmp_path) as proxy, ExitStack() as there:
        for _ in range(PAGES):
            bare = there.enter_context(create_connection(("127.0.0.1", proxy), timeout=10))
            line = there.enter_context(context.wrap_socket(bare, server_hostname=NAME))
            line.sendall(head.encode())
            seen(line, b"caught_up")
        assert served.run(_listening(room)) == PAGES


async def _listening(room: Room) -> int:
    return room.fanout.count(Audience.PHONE)


def test_the_caddyfile_is_valid(tmp_path: Path) -> None:
    words = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    checked = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", ["doithoai.service", "doithoai@.service"])
def test_systemd_understands_the_units(tmp_path: Path, name: str) -> None:
    unit = (DEPLOY / name).read_text(encoding="utf-8")
    assert "TimeoutStopSec=30" in unit  # a planned stop takes some 15 seconds at most (server/doors/leaving.py)
    assert "RestartSec=100ms" in unit
    assert "StartLimitIntervalSec=0" in unit  # or systemd gives up after five ends within ten seconds
    there = unit.replace("/opt/doithoai/.venv/bin/doithoai serve", "/bin/true")
    (tmp_path / name.replace("@", "@8001")).write_text(there, encoding="utf-8")
    words = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name.replace("@", "@8001"))]
    checked = subprocess.run(words, capture_output=True, text=True, check=False)
    assert checked.stderr == ""
    assert checked.returncode == 0


def test_the_settings_file_names_real_settings(tmp_path: Path) -> None:
    lines = (DEPLOY / "doithoai.env").read_text(encoding="utf-8").splitlines()
    given = [line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?DOITHOAI_", line)]
    environment = dict(given) | {"DOITHOAI_SECRET": "x" * 32, "DOITHOAI_DATA_DIR": str(tmp_path)}
    assert unknown(environment) == []
    settings = read(environment)
    assert isinstance(settings, Settings)
    assert settings.shared
    assert {name for name, _ in given} >= {"DOITHOAI_PUBLIC_URL", "DOITHOAI_REDIS_URL", "DOITHOAI_SECRET"}
