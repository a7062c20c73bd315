"""Sessions that end, accounts that are locked and other computers at the same source: none of our sound is lost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from websockets.sync.client import ClientConnection, connect

from server import clock
from server.doors import access
from server.doors.identity import hash_password
from server.doors.sound import POSITION
from server.rooms.ears import Ear
from tests.cast import MODERATOR
from tests.server.cli.capture.recording import (
    RIGHT,
    SOUND,
    Opened,
    capture,
    goodbye,
    on_disk,
    put_by,
    recorded,
    sound_file,
    sound_of,
)
from tests.serving import Served
from tests.visitors import staff_cookie
from tests.waiting import until, until_async


async def another(served: Served) -> Ear:
    """Another computer records the source, as soon as the line of the command is cut in its favour."""
    listening, room = served.parts.listening, served.parts.rooms.opened_room("TEST01")
    assert room is not None
    while not isinstance(ear := await listening.begin(room, "hall", MODERATOR), Ear):
        await until_async(
            lambda: listening.ears[0].microphone or not listening.ears[0].connected, "the line to be open"
        )
        if listening.ears[0].microphone is not None:
            await goodbye(served)
        await until_async(lambda: not listening.ears[0].connected, "the line to be cut")
    return ear


@contextmanager
def second_page(served: Served) -> Iterator[ClientConnection]:
    """Somebody else's page, which takes the source over and has begun."""
    headers = {"Origin": served.url, "Cookie": staff_cookie(served, "secretary", login="khac")}
    with connect(f"ws://127.0.0.1:{served.port}/d/TEST01/sound/hall", additional_headers=headers) as page:
        page.send('{"start":1,"rate":16000,"take_over":true}')
        assert "have" in json.loads(page.recv(timeout=10))
        yield page


async def sessions_end(served: Served) -> None:
    """As by a new password, which is the old one here."""
    people = served.parts.people
    hashed = await hash_password(RIGHT)
    await people.set_password("ghi", hashed, clock.now())
    [person] = [one for one in await people.all_staff() if one.login == "ghi"]
    access.close_live_pages(served.parts.rooms, person)


class Said:
    """What the command says while it runs."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str, **_: bool) -> None:
        self.lines.append(line)

    def heard(self, words: str) -> bool:
        return any(words in line for line in self.lines)


@pytest.mark.slow
def test_a_session_that_ended_is_begun_again_once(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served)
        served.run(sessions_end(served))
        yield SOUND[64_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 0, result.output
    assert recorded(served).read(0, recorded(served).have) == SOUND


@pytest.mark.slow
def test_an_account_that_was_locked_ends_it_and_what_was_not_sent_lies_in_a_file(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served)
        served.run(served.parts.people.disable("ghi", clock.now()))
        served.run(sessions_end(served))
        yield SOUND[64_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 1
    assert "/sign-in" in result.output
    there = recorded(served).read(0, recorded(served).have)
    assert there + sound_of(put_by()) == SOUND


@pytest.mark.slow
def test_a_source_that_another_computer_records_is_refused_at_the_start(served: Served) -> None:
    sound_file(Path("a.wav"), SOUND)
    assert isinstance(served.run(another(served)), Ear)
    result = capture(served, "a.wav")
    assert result.exit_code == 1
    assert SOUND.startswith(sound_of(put_by()).rstrip(b"\0"))  # what was read until then


@pytest.mark.slow
def test_what_another_computer_recorded_meanwhile_costs_none_of_our_own_sound(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Random(9).randbytes(2 * 48_000)
    monkeypatch.setattr("server.cli.lasting.typer.echo", said := Said())

    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served)
        ear = served.run(another(served))
        yield SOUND[64_000:100_000]
        served.run(served.parts.listening.take(ear, ear.recording.have, theirs))
        until(lambda: said.heard("đang được thu"), "the command to be told that the source is taken")
        served.run(served.parts.listening.stop(ear, MODERATOR))
        yield SOUND[100_000:]

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 0, result.output
    there = recorded(served).read(0, recorded(served).have)
    before, _, after = there.partition(theirs)
    assert before + after == SOUND
    assert len(before) >= 32_000
    assert len(there) == len(theirs) + len(SOUND)


@pytest.mark.slow
def test_another_computer_that_takes_over_ends_hearing_and_the_rest_is_sent_behind(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.cli.lasting.typer.echo", said := Said())
    theirs = Random(9).randbytes(2 * 16_000)

    def listen(_address: str, opened: Opened) -> Iterator[bytes]:
        opened(True)
        yield SOUND[:64_000]
        on_disk(served, 32_000)
        with second_page(served) as page:
            until(lambda: said.heard("Máy khác đã nhận thu"), "the command to be told that the source is taken")
            page.send(POSITION.pack(32_000) + theirs)
            page.send('{"stop":1}')
            list(page)
        yield SOUND[64_000:96_000]
        yield b"heard by nobody"

    monkeypatch.setattr("transcription.inputs.listen", listen)
    result = capture(served, "alsa:hall")
    assert result.exit_code == 0, result.output
    there = recorded(served).read(0, recorded(served).have)
    assert there == SOUND[:64_000] + theirs + SOUND[64_000:96_000]
