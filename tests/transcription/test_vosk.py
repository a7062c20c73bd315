"""The real engine with the real Korean model: what the pipeline writes is exactly what Vosk alone would write."""

import asyncio
import os
import signal
import subprocess
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.transcription.bare import bare_model, finals_of
from transcription.audio import decode
from transcription.engine import CHUNK
from transcription.heard import Cut, Final, Partial
from transcription.listening import Listening
from transcription.messages import Ended, Progress, Started, Trouble
from transcription.pauses import Pauses
from transcription.problems import BadModel, BadSound
from transcription.recogniser import Event, Limits, Recogniser
from transcription.recordings import Recording
from transcription.transcribe import HeardSoFar, transcribe

pytestmark = [pytest.mark.vosk, pytest.mark.timeout(240)]  # a loaded machine is no failure

TEXTS = ("안녕하세요 감사합니다", "우리 지역의 도로와 학교에 대해서 이야기하겠습니다 감사합니다")


@pytest.fixture(scope="session")
def speech(tmp_path_factory) -> bytes:
    """Thirteen seconds: a greeting, a pause, and nearly ten seconds without a pause."""
    directory = tmp_path_factory.mktemp("speech")
    said = []
    for number, text in enumerate(TEXTS):
        path = directory / f"{number}.wav"
        subprocess.run(["espeak-ng", "-v", "ko", "-s", "170", "-w", str(path), text], check=True, timeout=30)
        said.append(b"".join(decode(path)))
    return said[0] + bytes(48_000) + said[1] + said[0] * 2


@pytest.fixture(scope="session")
def bare(korean, tmp_path_factory):
    return bare_model(korean, tmp_path_factory.mktemp("bare") / "model")


@cache
def heard_by_vosk_alone(model, pcm, cuts=()):
    """Vosk fed the same samples in quarters of a second, and asked for its final at the same cuts."""
    return [
        (final["text"], [(w["word"], round(w["start"] * 16_000), round(w["end"] * 16_000)) for w in final["result"]])
        for final in finals_of(model, pcm, range(0, len(pcm) // 2, CHUNK), cuts)
    ]


def cuts_of(told, run=1, base=0):
    """Where the pipeline says that it asked for a final, as places in the sound of that run."""
    return tuple(one.at - base for one in told if isinstance(one, Cut) and one.run == run)


def pauses_in(pcm):
    parts = [*Pauses().split(pcm)]
    ends = accumulate(len(part) // 2 for part, _ in parts)
    return tuple(end for end, (_, paused) in zip(ends, parts, strict=True) if paused)


def in_full(final: Final):
    return final.text, [(word.text, word.start, word.end) for word in final.words]


async def hear(model, directory, pcm, disturb=None, base=0):
    """The events of a recording that grows by odd steps, as over a bad line; `disturb` may interfere."""
    told: list[Event] = []
    over = asyncio.Event()

    async def take(event):
        told.append(event)
        if disturb:
            disturb(recogniser, event)
        if isinstance(event, Ended | Trouble):
            over.set()

    recogniser = Recogniser(model, take, Limits(rest=0.01))
    recording = Recording(directory)
    recording.append(base, b"")
    await recogniser.start()
    recogniser.follow("hall", directory, base)
    for at in range(0, len(pcm), 6_174):
        recogniser.have("hall", recording.append(base + at // 2, pcm[at : at + 6_174]))
        await asyncio.sleep(0)
    recording.close()
    recogniser.end("hall")
    async with asyncio.timeout(200):
        await over.wait()
    await recogniser.stop()
    return told


@pytest.mark.slow
def test_the_pipeline_writes_exactly_what_vosk_alone_writes(korean, bare, speech, tmp_path):
    told = asyncio.run(hear(korean, tmp_path, speech))
    finals = [event for event in told if isinstance(event, Final)]
    cuts = cuts_of(told)
    assert [in_full(final) for final in finals] == heard_by_vosk_alone(bare, speech, cuts)
    assert cuts  # the pause made an end
    assert len(finals) >= 3
    assert not any(final.salvaged for final in finals)
    assert all(final.end - final.start < 10 * 16_000 for final in finals)
    assert any(isinstance(event, Partial) for event in told)
    confidences = [word.confidence for final in finals for word in final.words]
    assert all(confidence is not None and 0 <= confidence <= 1 for confidence in confidences)


@pytest.mark.slow
@pytest.mark.faults
def test_killed_in_mid_speech_it_goes_on_from_the_last_final_without_loss_or_repetition(korean, bare, speech, tmp_path):
    kills = iter([True])

    def kill(recogniser, event):
        if isinstance(event, Progress) and event.decoded > event.settled + 32_000 > 56_000 and next(kills, False):
            os.kill(recogniser.worker_pid, signal.SIGKILL)

    told = asyncio.run(hear(korean, tmp_path, speech, kill))
    first, second = [event for event in told if isinstance(event, Started)]
    assert (first.run, second.run) == (1, 2)
    finals = [event for event in told if isinstance(event, Final)]
    before = [final for final in finals if final.run == 1]
    assert before
    assert second.at >= before[-1].end
    assert second.at in (before[-1].end, *cuts_of(told))
    # The first life said what Vosk says; the second says what Vosk says of the sound from there on.
    assert [in_full(final) for final in before] == heard_by_vosk_alone(bare, speech, cuts_of(told))[: len(before)]
    rest = [
        (text, [(word, start + second.at, end + second.at) for word, start, end in words])
        for text, words in heard_by_vosk_alone(bare, speech[second.at * 2 :], cuts_of(told, 2, second.at))
    ]
    assert [in_full(final) for final in finals if final.run == 2] == rest
    words = [word for final in finals for word in final.words]
    assert all(a.end <= b.start + 1 for a, b in pairwise(words))


@pytest.fixture(scope="session")
def engine(korean):
    from transcription.vosk_engine import VoskEngine

    return VoskEngine(str(korean))


def test_misuse_that_ends_the_process_in_vosk_is_refused_with_a_sentence(engine):
    recognition = engine.open()
    for sound in (b"abc", bytearray(4), "abcd"):
        with pytest.raises(BadSound):
            recognition.accept(sound)
    assert recognition.accept(b"") is None


def test_silence_ends_again_and_again_without_a_word(engine):
    recognition = engine.open()
    ends = [recognition.accept(bytes(8_000)) for _ in range(40)]
    assert any(end is not None for end in ends)
    assert all(end is None or end.text == "" for end in ends)
    assert recognition.guess() == ""


def test_a_pause_of_digital_silence_ends_an_utterance(engine, speech):
    recognition = engine.open()
    greeting = speech[: int(2.3 * 32_000)] + bytes(3 * 32_000)
    ends = [recognition.accept(greeting[at : at + 8_000]) for at in range(0, len(greeting) - 8_000, 8_000)]
    first = next(end for end in ends if end is not None)
    assert first.words
    assert ends.index(first) * 4_000 < 4 * 16_000


def test_times_go_on_counting_after_a_cut(engine, speech):
    recognition = engine.open()
    middle = 2 * 16_000 * 2
    for at in range(0, middle, 8_000):
        recognition.accept(speech[at : at + 8_000])
    first = recognition.cut()
    for at in range(middle, 2 * middle, 8_000):
        recognition.accept(speech[at : at + 8_000])
    second = recognition.finish()
    assert first.words
    assert second.words
    assert first.words[-1].end <= middle // 2 <= second.words[0].start + 1
    assert recognition.cut().text == ""


@pytest.mark.slow
def test_a_recognition_that_gives_way_to_a_fresh_one_changes_no_word_and_no_time(engine, speech):
    greetings = np.frombuffer((speech[: int(2.3 * 32_000)] + bytes(int(1.7 * 32_000))) * 5, "<i2").copy()
    quiet = greetings == 0  # a hall's own hush: our floor under digital silence depends on the place in a recognition
    greetings[quiet] = np.random.default_rng(1).choice([-2, -1, 1, 2], int(quiet.sum()))
    whole, aged = [heard_in_sessions(engine, greetings.tobytes(), longest) for longest in (None, 8 * 16_000)]
    assert len(whole) >= 5
    assert [final.text for final in aged] == [final.text for final in whole]
    for one, other in zip(aged, whole, strict=True):  # expected times, in seconds with a fraction: rounded elsewhere
        for word, same in zip(one.words, other.words, strict=True):
            assert (word.start, word.end) == pytest.approx((same.start, same.end), abs=160)


def heard_in_sessions(engine, pcm, longest):
    """What is heard when no session lasts longer than so many samples; a pause ends it earlier."""
    begun = []

    class Aging:
        name = engine.name
        abilities = replace(engine.abilities, longest_session=longest, own_pauses=False)

        def open(self):
            begun.append(engine.open())
            return begun[-1]

    listening = Listening(Aging(), "hall", 1, 0)
    said = [one for at in range(0, len(pcm), 8_000) for one in listening.feed(pcm[at : at + 8_000])]
    assert len(begun) > 1 or longest is None
    return [one for one in [*said, *listening.finish()] if isinstance(one, Final)]


def test_a_word_that_the_model_cannot_write_is_known_beforehand(engine):
    assert engine.knows("이")
    assert not engine.knows("đối thoại")


def test_our_settings_are_never_written_to_the_model_itself(korean, engine):
    assert "rule5" not in (korean / "conf" / "model.conf").read_text()
    assert "dither" not in (korean / "conf" / "mfcc.conf").read_text()


@pytest.mark.parametrize("damage", ["am/final.mdl", "conf/model.conf"])
def test_a_damaged_model_is_a_sentence_and_not_a_crash(korean, tmp_path, damage):
    from transcription.vosk_engine import VoskEngine

    broken = tmp_path / "broken"
    for file in korean.rglob("*"):
        if file.is_file():
            (broken / file.relative_to(korean)).parent.mkdir(parents=True, exist_ok=True)
            (broken / file.relative_to(korean)).symlink_to(file)
    (broken / damage).unlink()
    (broken / damage).write_bytes(b"--no-such-option=1\n")
    with pytest.raises(BadModel, match="Hãy cài lại mô hình"):
        VoskEngine(str(broken))
    with pytest.raises(BadModel, match="thiếu"):
        VoskEngine(str(tmp_path))


@pytest.mark.parametrize("name", ["vi", "vn", "vosk-model-small-vn-0.4"])
def test_a_name_in_place_of_a_path_is_never_looked_up_elsewhere(name, tmp_path, monkeypatch):
    from transcription.vosk_engine import VoskEngine

    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadModel, match="doithoai model install"):
        VoskEngine(name)


@pytest.mark.slow
def test_a_file_is_heard_with_progress_and_its_sound_kept(korean, speech, tmp_path: Path, bare):
    import wave

    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(speech[: 2 * 16_000 * 3])

    async def hear_file():
        return [event async for event in transcribe(tmp_path / "a.wav", korean, tmp_path / "kept")]

    told = asyncio.run(hear_file())
    progress = [event for event in told if isinstance(event, HeardSoFar)]
    assert progress[-1].seconds == pytest.approx(3)
    assert progress[-1].of == pytest.approx(3)
    finals = [in_full(event) for event in told if isinstance(event, Final)]
    assert finals == heard_by_vosk_alone(bare, speech[: 2 * 48_000], pauses_in(speech[: 2 * 48_000]))
    assert Recording(tmp_path / "kept").read(0, 48_000) == speech[: 2 * 48_000]
