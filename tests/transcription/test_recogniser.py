"""The recogniser through the real worker process, around an engine whose speech is known."""

import asyncio

import pytest

from tests.transcription.recognising import PAUSED, SAYING, Listener, record, run
from tests.transcription.scripted import REFUSED, words_of
from transcription.conditions import Condition, State
from transcription.heard import Final, Partial
from transcription.messages import Ended, Progress, Trouble


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
        await listener.begin(hall, [(0, 1_000), (1, 2_500)])
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
        await listener.begin(hall, SAYING)
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
