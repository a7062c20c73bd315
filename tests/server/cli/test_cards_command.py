"""`doithoai cards`: a PDF of numbered cards, with the server running and without it."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server import keys
from server.cli import app, environment
from server.rooms.render import Render
from server.rooms.room import Room
from server.rooms.rooms import Rooms
from server.store.journal import Journal
from tests.cast import DESCRIBED, MODERATOR
from tests.serving import Served
from tests.visitors import open_dialogue

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["cards", *words])


def receipts() -> list[str]:
    """Of all cards of the dialogue, from the disk."""

    async def read() -> list[str]:
        chosen = environment.settings()
        async with environment.database(chosen) as database:
            rooms = Rooms(Journal(database, keys.signing_key(chosen)), Render())
            room = await rooms.get("TEST01") or await rooms.create("TEST01", DESCRIBED, MODERATOR)
            assert isinstance(room, Room), "the notice is fit"
            found = [str(card.receipt) for card in room.dialogue.cards.values()]
            await rooms.close()
            return found

    return asyncio.run(read())


def test_cards_are_reserved_and_printed_without_a_server_and_printed_again(tmp_path: Path) -> None:
    assert receipts() == []
    made = run("TEST01", "--output", str(tmp_path / "a.pdf"), "--count", "3")
    assert made.exit_code == 0, made.output
    assert "3 phiếu" in made.output
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert len(set(receipts())) == 3
    again = run("TEST01", "--output", str(tmp_path / "b.pdf"), "--again")
    assert (again.exit_code, "3 phiếu" in again.output) == (0, True)
    assert len(receipts()) == 3, "no new numbers were taken"


def test_beside_a_running_server_its_own_room_knows_the_cards_at_once(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        room = open_dialogue(served)
        made = run("TEST01", "--output", str(tmp_path / "a.pdf"), "--count", "2")
        assert made.exit_code == 0, made.output
        assert list(room.dialogue.cards) == [1, 2]


@pytest.mark.parametrize("words, said", [(("NOBODY", "--output", "x.pdf"), "Không có phiên"), ((), "--output")])
def test_what_cannot_be_printed_is_said(tmp_path: Path, monkeypatch, words: tuple[str, ...], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(*(words or ("TEST01",)))
    assert answer.exit_code != 0
    assert said in answer.output
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_file_that_is_there_is_not_written_over_and_no_number_is_taken(tmp_path: Path) -> None:
    assert receipts() == []
    (tmp_path / "a.pdf").write_text("của tôi")
    answer = run("TEST01", "--output", str(tmp_path / "a.pdf"))
    assert isinstance(answer.exception, FileExistsError)
    assert receipts() == []
    assert (tmp_path / "a.pdf").read_text() == "của tôi"
