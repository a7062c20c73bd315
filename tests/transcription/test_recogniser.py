"""The recogniser through the real worker process, around an engine whose speech is known: crashes, hangs, restarts."""

import asyncio
import os
import signal
import sys
from itertools import pairwise

import pytest

from tests.transcription.scripted import DEADLY, DEADLY_ONCE, HANGING_ONCE, REFUSED, speech, words_of
from transcription.conditions import Condition, State
from transcription.heard import Final, Partial
from transcription.messages import Ended, Progress, Skipped, Started, Trouble
from transcription.recogniser import Event, Limits, Recogniser
from transcription.recordings import Recording

QUICK = Limits(loading=20, silence=20, look_every=0.05, rest=0.01, longest_rest=0.02)
PAUSED = [(0, 6_000)]
SAYING = [*PAUSED, (1, 8_000), *PAUSED, (2, 8_000), *PAUSED, (3, 8_000), *PAUSED]


class Listener:
    """A recogniser with everything it told, and a way to wait for what it tells."""

    def __init__(self, model_dir, limits=QUICK):
        command = (sys.executable, "-m", "tests.transcription.scripted_worker", str(model_dir))
        self.told: list[Event] = []
        self.news = asyncio.Event()
        self.recogniser = Recogniser(model_dir, self.take, limits, command=command)

    async def take(self, event):
        self.told.append(event)
        self.news.set()

    async def until(self, kind, condition=lambda _: True):
        """The first event of this kind that fits, told already or yet to come."""
        async with asyncio.timeout(55):
            while True:
                for event in self.told:
                    if isinstance(event, kind) and condition(event):
                        return event
                self.news.clear()
                await self.news.wait()

    def states(self):
        return [event.state for event in self.told if isinstance(event, Condition)]

    def words(self, source="hall"):
        finals = [one for one in self.told if isinstance(one, Final) and one.source == source]
        return [(word.text, word.start, word.end) for final in finals for word in final.words]

    def runs(self):
        return [(event.run, event.at) for event in self.told if isinstance(event, Started)]


def record(directory, script):
    recording = Recording(directory)
    recording.append(recording.have, speech(script))
    recording.close()
    return recording.have


def run(body):
    """An event loop of its own for each test, in debug mode off: children are waited for within."""
    return asyncio.run(body)


@pytest.fixture
def hall(tmp_path):
    return tmp_path / "recordings" / "hall"


def test_a_recording_that_grows_is_heard_and_ends(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        assert listener.recogniser.follow("hall", hall) == 1
        for part in ([(0, 4_000), (7, 3_000)], [(7, 3_000), *PAUSED], SAYING):
            listener.recogniser.have("hall", record(hall, part))
            await asyncio.sleep(0)
        listener.recogniser.end("hall")
        assert listener.recogniser.sources == []
        await listener.until(Ended)
        await listener.recogniser.stop()
        return listener

    listener = run(evening())
    assert listener.words() == words_of([(0, 4_000), (7, 6_000), *PAUSED, *SAYING])
    assert listener.states() == [State.LOADING, State.READY, State.STOPPED]
    assert listener.runs() == [(1, 0)]
    assert any(isinstance(event, Partial) for event in listener.told)


def test_draining_hears_everything_that_was_recorded_before_a_planned_stop(model_dir, tmp_path):
    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        for source in ("hall", "chair"):
            listener.recogniser.follow(source, tmp_path / source)
            listener.recogniser.have(source, record(tmp_path / source, [(4, 2_500)]))
        drained = await listener.recogniser.drain(within=30)
        await listener.recogniser.stop()
        return drained, listener

    drained, listener = run(evening())
    assert drained
    assert listener.words("hall") == listener.words("chair") == [("w4", 0, 2_500)]


def test_draining_does_not_wait_for_ever(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)  # never started
        listener.recogniser.follow("hall", hall)
        return await listener.recogniser.drain(within=0.05)

    assert run(evening()) is False


def test_several_sources_are_heard_at_once_and_kept_apart(model_dir, tmp_path):
    async def evening():
        listener = Listener(model_dir)
        for number in range(1, 5):
            source = f"mic{number}"
            listener.recogniser.follow(source, tmp_path / source, run=number)
            listener.recogniser.have(source, record(tmp_path / source, [(number, 8_000), *PAUSED] * number))
            listener.recogniser.end(source)
        await listener.recogniser.start()
        for number in range(1, 5):
            await listener.until(Ended, lambda event, number=number: event.source == f"mic{number}")
        await listener.recogniser.stop()
        return listener

    listener = run(evening())
    for number in range(1, 5):
        assert listener.words(f"mic{number}") == words_of([(number, 8_000), *PAUSED] * number)


def test_a_cut_makes_a_final_at_once_in_the_middle_of_speech(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall)
        listener.recogniser.have("hall", record(hall, [(0, 1_000), (1, 2_500)]))
        listener.recogniser.cut("hall")
        first = await listener.until(Final)
        listener.recogniser.cut("hall", at=5_500)
        listener.recogniser.have("hall", record(hall, [(2, 2_000), (3, 2_000)]))
        await listener.until(Final, lambda event: event.seq == 2)
        await listener.recogniser.stop()
        return first, listener.words()

    first, words = run(evening())
    assert (first.text, first.start, first.end) == ("w1", 1_000, 3_500)
    assert words == [("w1", 1_000, 3_500), ("w2", 3_500, 5_500)]


def test_lag_is_the_sound_not_yet_decoded(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)
        listener.recogniser.follow("hall", hall)
        listener.recogniser.have("hall", record(hall, [(0, 40_000)]))
        before = listener.recogniser.lag("hall")
        await listener.recogniser.start()
        await listener.until(Progress, lambda event: event.decoded == 40_000)
        after = listener.recogniser.lag("hall")
        await listener.recogniser.stop()
        return before, after

    assert run(evening()) == (2.5, 0)


@pytest.mark.faults
def test_a_killed_worker_is_replaced_and_no_word_is_lost_or_doubled(model_dir, hall):
    script = []

    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall)
        for life in range(3):
            script.extend(SAYING)
            at = record(hall, SAYING)
            listener.recogniser.have("hall", at)
            await listener.until(Progress, lambda event, at=at: event.decoded > at - 30_000)
            assert listener.recogniser.worker_pid
            os.kill(listener.recogniser.worker_pid, signal.SIGKILL)
            await listener.until(Started, lambda event, life=life: event.run == life + 2)
        listener.recogniser.end("hall")
        await listener.until(Ended)
        await listener.recogniser.stop()
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
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall)
        half = record(hall, SAYING)
        listener.recogniser.have("hall", half)
        await listener.until(Progress, lambda event: event.decoded > half // 2)
        assert listener.recogniser.worker_pid
        os.kill(listener.recogniser.worker_pid, signal.SIGSTOP)
        listener.recogniser.have("hall", record(hall, SAYING))
        await listener.until(Started, lambda event: event.run > 1)
        listener.recogniser.end("hall")
        await listener.until(Ended)
        await listener.recogniser.stop()
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
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall)
        listener.recogniser.have("hall", record(hall, script))
        listener.recogniser.end("hall")
        await listener.until(Ended)
        await listener.recogniser.stop()
        return listener

    listener = run(evening())
    assert listener.words() == words_of(script)
    assert [number for number, _ in listener.runs()] == [1, 2]


@pytest.mark.faults
@pytest.mark.slow
def test_sound_that_crashes_every_worker_is_skipped_told_and_the_evening_goes_on(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall)
        listener.recogniser.have("hall", at := record(hall, [*SAYING, (DEADLY, 8_000)]))
        skipped = await listener.until(Skipped)
        listener.recogniser.have("hall", record(hall, SAYING))
        listener.recogniser.end("hall")
        await listener.until(Ended)
        await listener.recogniser.stop()
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


def test_a_model_that_cannot_be_loaded_is_not_tried_again(model_dir):
    async def evening():
        (model_dir / "unusable").touch()
        listener = Listener(model_dir)
        await listener.recogniser.start()
        failed = await listener.until(Condition, lambda event: event.state is State.FAILED)
        await listener.recogniser.stop()
        return failed, listener.states()

    failed, states = run(evening())
    assert failed.vi == "Mô hình hỏng."
    assert states == [State.LOADING, State.FAILED, State.STOPPED]


def test_without_a_model_the_state_is_absent_and_says_how_to_install_one(tmp_path):
    async def evening():
        listener = Listener(tmp_path / "none")
        await listener.recogniser.start()
        return listener.recogniser.condition

    condition = run(evening())
    assert condition.state is State.ABSENT
    assert "doithoai model install" in condition.vi


def test_trouble_with_one_source_leaves_the_others_alone(model_dir, tmp_path):
    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        for source, script in {"bad": [(REFUSED, 8_000)], "good": SAYING}.items():
            listener.recogniser.follow(source, tmp_path / source)
            listener.recogniser.have(source, record(tmp_path / source, script))
        trouble = await listener.until(Trouble)
        assert listener.recogniser.sources == ["good"]
        listener.recogniser.end("good")
        await listener.until(Ended)
        await listener.recogniser.stop()
        return trouble, listener

    trouble, listener = run(evening())
    assert trouble.source == "bad"
    assert listener.words("good") == words_of(SAYING)
    assert State.RESTARTING not in listener.states()


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
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall)
        listener.recogniser.have("hall", record(hall, SAYING))
        listener.recogniser.end("hall")
        await listener.until(Ended)
        await listener.recogniser.stop()
        return listener

    assert run(evening()).words() == words_of(SAYING)
    assert "the journal's disk is full" in caplog.text


def test_a_source_ended_may_be_followed_anew_at_once_in_a_run_of_its_own(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall, run=5)
        at = record(hall, SAYING)
        listener.recogniser.have("hall", at)
        with pytest.raises(ValueError, match="already followed"):
            listener.recogniser.follow("hall", hall)
        listener.recogniser.end("hall")
        assert listener.recogniser.follow("hall", hall, from_sample=at) == 6
        listener.recogniser.have("hall", record(hall, SAYING))
        listener.recogniser.end("hall")
        await listener.until(Ended, lambda event: event.run == 6)
        await listener.until(Ended, lambda event: event.run == 5)
        await listener.recogniser.stop()
        return listener

    assert sorted(run(evening()).words(), key=lambda word: word[1]) == words_of([*SAYING, *SAYING])


def test_a_stopped_recogniser_goes_on_where_it_was(model_dir, hall):
    async def evening():
        listener = Listener(model_dir)
        await listener.recogniser.start()
        listener.recogniser.follow("hall", hall)
        listener.recogniser.have("hall", record(hall, SAYING))
        await listener.until(Final)
        await listener.recogniser.stop()
        assert listener.recogniser.worker_pid is None
        listener.recogniser.have("hall", record(hall, SAYING))
        listener.recogniser.end("hall")
        await listener.recogniser.start()
        await listener.until(Ended)
        await listener.recogniser.stop()
        return listener

    listener = run(evening())
    assert listener.words() == words_of([*SAYING, *SAYING])
    assert [number for number, _ in listener.runs()] == [1, 2]


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
