"""Engines of other packages are found by their entry point and run in the real worker."""

import asyncio
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.transcription.recognising import Listener, record
from tests.transcription.scripted import speech
from tests.transcription.streaming import SESSION, load
from transcription import engines
from transcription.engine import Abilities, Utterance
from transcription.heard import Final, Word
from transcription.listening import Listening
from transcription.messages import Ended, Ready, parse
from transcription.problems import BadModel
from transcription.recogniser import Recogniser

PACKAGE = Path("somebodys_engine-1.0.dist-info")


@pytest.fixture
def brought(tmp_path, monkeypatch):
    """A package on the path whose entry point is an engine."""
    home = tmp_path / "packages"
    (home / PACKAGE).mkdir(parents=True)
    (home / PACKAGE / "METADATA").write_text("Metadata-Version: 2.1\nName: somebodys-engine\nVersion: 1.0\n")
    (home / PACKAGE / "entry_points.txt").write_text(
        f"[{engines.GROUP}]\nstreaming = tests.transcription.streaming:load\nbroken = no.such.module:Engine\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{home}:{Path(__file__).parents[2]}")
    monkeypatch.syspath_prepend(str(home))


def test_an_engine_of_another_package_stands_beside_ours(brought):
    assert {"vosk", "whisper", "streaming", "broken"} <= set(engines.names())
    assert engines.load("streaming", "anywhere").name == "streaming"


def test_an_engine_that_is_not_there_is_a_sentence(brought):
    with pytest.raises(BadModel, match=r"Các bộ hiện có: .*vosk"):
        engines.load("parrot", "anywhere")
    with pytest.raises(BadModel, match="Chưa cài thư viện"):
        engines.load("broken", "anywhere")


def test_the_label_of_a_model_says_which_engine_the_worker_loads(brought, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "doithoai.json").write_text('{"engine": "streaming", "language": "vi"}')
    script = [(0, 9_000), (1, 8_000), (0, 24_000), (2, 8_000), (0, 21_000), (3, 9_000), (0, 30_000)]

    async def evening():
        listener = Listener(tmp_path / "model")
        listener.recogniser = Recogniser(tmp_path / "model", listener.take)
        await listener.recogniser.start()
        listener.recogniser.follow("hall", tmp_path / "hall")
        listener.recogniser.have("hall", record(tmp_path / "hall", script))
        listener.recogniser.end("hall")
        await listener.until(Ended)
        await listener.recogniser.stop()
        return listener

    finals = [one for one in asyncio.run(evening()).told if isinstance(one, Final)]
    assert " ".join(final.text for final in finals) == "w1 w2 w3"
    assert not any(final.words for final in finals)
    assert all(a.end <= b.start for a, b in pairwise(finals))


def test_a_session_is_begun_anew_at_a_pause_before_its_limit():
    engine = load("anywhere")
    heard = Listening(engine, "hall", 1, 0)
    said = [*heard.feed(speech([(1, 30_000), (0, 20_000)])), *heard.cut(), *heard.feed(speech([(2, 12_000)]))]
    said += heard.finish()
    assert engine.opened == 2
    assert [one.text for one in said if isinstance(one, Final)] == ["w1", "w2"]
    assert SESSION * 3 // 4 < 50_000


@pytest.mark.parametrize(
    "times",
    [[(9_000, 400)], [(9_000, 9_500), (50, 80)], [(0, 900_000)], [(-90_000, 100)]],
    ids=["back", "order", "far", "minus"],
)
def test_times_that_cannot_be_are_left_out_and_the_words_stay(times):
    class Liar:
        name, abilities = "liar", Abilities(own_pauses=True)

        def open(self):
            return self

        def accept(self, _pcm):
            return None

        def guess(self):
            return ""

        def cut(self):
            return Utterance("một hai", tuple(Word("một", *time) for time in times))

        finish = cut

    heard = Listening(Liar(), "hall", 1, 1_000_000)
    assert list(heard.feed(bytes(2 * 16_000))) == []
    final, *_ = heard.cut()
    assert isinstance(final, Final)
    assert (final.text, final.words, final.start, final.end) == ("một hai", (), 1_000_000, 1_016_000)


def test_a_worker_says_which_engine_it_runs(brought, tmp_path):
    command = [sys.executable, "-m", "transcription.worker", "--engine", "streaming", "--model", str(tmp_path)]
    done = subprocess.run(command, input=b"", capture_output=True, timeout=60, check=True)
    assert parse(done.stdout) == Ready("streaming", str(tmp_path))
