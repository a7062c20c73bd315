"""Crashes, hangs and restarts of the real worker process, around an engine whose speech is known: no word is lost."""

import os
import signal
from itertools import pairwise

import pytest

from tests.transcription.recognising import SAYING, Listener, record, run
from tests.transcription.scripted import DEADLY, DEADLY_ONCE, HANGING_ONCE, words_of
from transcription.conditions import Condition, State
from transcription.heard import Final
from transcription.messages import Progress, Skipped, Started
from transcription.recogniser import Limits, Recogniser


@pytest.mark.faults
def test_a_killed_worker_is_replaced_and_no_word_is_lost_or_doubled(model_dir, hall):
    script = []

    async def evening():
        listener = Listener(model_dir)
        await listener.begin(hall)
        for life in range(3):
            script.extend(SAYING)
            at = record(hall, SAYING)
            listener.recogniser.have("hall", at)
            await listener.until(Progress, lambda event, at=at: event.decoded > at - 30_000)
            assert listener.recogniser.worker_pid
            os.kill(listener.recogniser.worker_pid, signal.SIGKILL)
            await listener.until(Started, lambda event, life=life: event.run == life + 2)
        await listener.end()
        return listener

    listener = run(evening())
    assert listener.words() == words_of(script)
    assert [number for number, _ in listener.runs()] == [1, 2, 3, 4]
    assert all(a[1] <= b[1] for a, b in pairwise(listener.runs()))
    finals = [(event.run, event.seq) for event in listener.told if isinstance(event, Final)]
    assert len(set(finals)) == len(finals)
    assert listener.states().count(State.RESTARTING) == 3


@pytest.mark.faults
def test_a_worker_that_stands_still_in_mid_speech_is_replaced_and_no_word_is_lost_or_doubled(model_dir, hall):
    script = [*SAYING, *SAYING]

    async def evening():
        listener = Listener(model_dir, Limits(loading=50, silence=3, look_every=0.05, rest=0.01))
        await listener.begin(hall)
        half = record(hall, SAYING)
        listener.recogniser.have("hall", half)
        await listener.until(Progress, lambda event: event.decoded > half // 2)
        assert listener.recogniser.worker_pid
        os.kill(listener.recogniser.worker_pid, signal.SIGSTOP)
        listener.recogniser.have("hall", record(hall, SAYING))
        await listener.until(Started, lambda event: event.run > 1)
        await listener.end()
        return listener

    listener = run(evening())
    assert listener.words() == words_of(script)
    assert State.RESTARTING in listener.states()


@pytest.mark.faults
@pytest.mark.parametrize("fault", [DEADLY_ONCE, HANGING_ONCE])
def test_sound_that_crashes_or_hangs_the_engine_once_is_heard_in_the_next_life(model_dir, hall, fault):
    script = [*SAYING, (fault, 8_000), *SAYING]

    async def evening():
        listener = Listener(model_dir, Limits(loading=20, silence=1, look_every=0.05, rest=0.01))
        await listener.begin(hall, script)
        await listener.end()
        return listener

    listener = run(evening())
    assert listener.words() == words_of(script)
    assert [number for number, _ in listener.runs()] == [1, 2]


@pytest.mark.faults
@pytest.mark.slow
def test_sound_that_crashes_every_worker_is_skipped_told_and_the_evening_goes_on(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)
        await listener.begin(hall)
        listener.recogniser.have("hall", at := record(hall, [*SAYING, (DEADLY, 8_000)]))
        skipped = await listener.until(Skipped)
        listener.recogniser.have("hall", record(hall, SAYING))
        await listener.end()
        return listener, skipped, at

    listener, skipped, at = run(evening())
    assert skipped.end == at
    assert listener.words() == [
        word for word in words_of([*SAYING, (0, 8_000), *SAYING]) if word[2] <= skipped.start or word[1] >= at
    ]
    assert len(listener.words()) == 6


@pytest.mark.faults
@pytest.mark.slow
def test_a_worker_that_never_gets_anywhere_is_given_up_with_a_sentence_and_can_be_started_again(model_dir, hall):
    async def evening():
        listener = Listener(model_dir, Limits(rest=0.01, longest_rest=0.01, give_up_after=2))
        listener.recogniser.follow("hall", hall)
        listener.recogniser.have("hall", record(hall, [(DEADLY, 8_000)]))
        await listener.recogniser.start()
        failed = await listener.until(Condition, lambda event: event.state is State.FAILED)
        await listener.recogniser.start()
        await listener.until(Condition, lambda event: event.state is State.READY and listener.told[-1] is event)
        await listener.recogniser.stop()
        return failed

    assert "Âm thanh vẫn được ghi" in run(evening()).vi


@pytest.mark.faults
def test_an_event_that_could_not_be_stored_is_heard_again(model_dir, hall, caplog):
    async def evening():
        listener = Listener(model_dir)
        store, failures = listener.take, iter([True])

        async def take(event):
            if isinstance(event, Final) and event.text == "w2" and next(failures, False):
                raise OSError("the journal's disk is full")
            await store(event)

        listener.recogniser._on_event = take
        await listener.begin(hall, SAYING)
        await listener.end()
        return listener

    assert run(evening()).words() == words_of(SAYING)
    assert "the journal's disk is full" in caplog.text


@pytest.mark.parametrize("waiting, stuck", [(0, False), (9.9, False), (10.1, True)])
def test_a_worker_is_stuck_when_sound_waits_longer_than_the_limit(model_dir, hall, waiting, stuck):
    now = [100.0]

    async def ignore(_event):
        pass

    recogniser = Recogniser(model_dir, ignore, Limits(silence=10), clock=lambda: now[0])
    recogniser._ready = True
    recogniser.follow("hall", hall)
    now[0] += 900
    assert not recogniser._stuck()  # nothing waits, however long
    recogniser.have("hall", 4_000)
    now[0] += waiting
    assert recogniser._stuck() is stuck
    now[0] += 900
    recogniser._storing = True
    assert not recogniser._stuck()  # it is we who are slow
