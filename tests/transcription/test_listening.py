from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcription.scripted import FORGOTTEN, Scripted, speech, words_of
from transcription.engine import CHUNK, Abilities
from transcription.heard import Cut, Final, Partial
from transcription.listening import Listening, Said
from transcription.pauses import Pauses

SILENCE = st.tuples(st.just(0), st.integers(1, 20_000))
WORD = st.tuples(st.integers(1, 500), st.integers(50, 6_000))


@st.composite
def scripts(draw):
    """Words of different values with silence of any length around them, so that no two words melt into one."""
    script = [draw(SILENCE)]
    for number, (_, count) in enumerate(draw(st.lists(WORD, max_size=12)), start=1):
        script += [(number, count), draw(SILENCE)]
    return script


def hear(engine, pcm, start=0, cuts=(), stop=None):
    """Everything said of these samples, and the listening itself, fed as the worker does."""
    heard = Listening(engine, "hall", 1, start)
    said: list[Said] = []
    total = len(pcm) // 2 if stop is None else stop
    while heard.position < total:
        until = min(heard.position + CHUNK, total, *[at for at in cuts if at > heard.position] or [total])
        said += heard.feed(pcm[heard.position * 2 : until * 2])
        if until in cuts:
            said += heard.cut()
    if stop is None:
        said += heard.finish()
    return said, heard


def finals(said):
    return [one for one in said if isinstance(one, Final)]


def spoken(said):
    return [(word.text, word.start, word.end) for final in finals(said) for word in final.words]


@given(scripts())
def test_every_word_is_heard_once_with_its_time_on_the_recording(script):
    said, heard = hear(Scripted(), speech(script))
    assert spoken(said) == words_of(script)
    assert heard.settled == heard.position == sum(count for _, count in script)
    assert [final.seq for final in finals(said)] == list(range(1, len(finals(said)) + 1))


@given(scripts(), st.data())
def test_a_run_that_dies_anywhere_is_continued_without_losing_or_doubling_a_word(script, data):
    pcm = speech(script)
    stop = data.draw(st.integers(0, len(pcm) // 2))
    before, dead = hear(Scripted(), pcm, stop=stop)
    resumed = Listening(Scripted(), "hall", 2, dead.settled)
    after: list[Said] = []
    while resumed.position < len(pcm) // 2:
        after += resumed.feed(pcm[resumed.position * 2 :][: CHUNK * 2])
    after += resumed.finish()
    assert spoken(before) + spoken(after) == words_of(script)


@given(scripts(), st.lists(st.integers(0, 200_000), max_size=4))
def test_a_cut_ends_the_utterance_there_and_loses_nothing(script, places):
    pcm = speech(script)
    edges = {0} | {end for _, _, end in words_of(script)}
    cuts = sorted({max(edge for edge in edges if edge <= at) for at in places} - {0})
    said, _ = hear(Scripted(), pcm, cuts=cuts)
    assert spoken(said) == words_of(script)
    for final in finals(said):
        assert not any(final.start < at < final.end for at in cuts)


def test_a_final_that_comes_back_empty_after_a_good_partial_is_salvaged():
    said, _ = hear(Scripted(), speech([(0, 4_000), (FORGOTTEN, 8_000), (0, 8_000)]))
    assert [one.text for one in said if isinstance(one, Partial)][-1] == f"w{FORGOTTEN}"
    [final] = finals(said)
    assert final.salvaged
    assert final.text == f"w{FORGOTTEN}"
    assert final.words == ()
    assert final.start <= 4_000
    assert final.end >= 12_000


def test_empty_finals_of_silence_are_dropped_but_settle_the_sound():
    said, heard = hear(Scripted(), bytes(2 * 160_000), stop=160_000)
    assert said == []
    assert heard.position - heard.settled <= 16_000


def test_a_final_after_a_salvaged_one_is_not_salvaged():
    said, _ = hear(Scripted(), speech([(FORGOTTEN, 8_000), (0, 16_000), (5, 8_000), (0, 8_000)]))
    assert [final.salvaged for final in finals(said)] == [True, False]


@given(scripts())
def test_an_engine_that_must_be_started_afresh_still_hears_with_the_times_of_the_recording(script):
    engine = Scripted(Abilities(own_pauses=True, longest_session=32_000))
    said, heard = hear(engine, speech(script))
    assert engine.opened == 1 + heard.position // 32_000
    whole = [word for word in words_of(script) if word[1] // 32_000 == (word[2] - 1) // 32_000]
    assert set(whole) <= set(spoken(said))


def test_an_engine_that_finds_no_ends_is_cut_for():
    engine = Scripted(Abilities(own_pauses=True, cut_after=40_000), endpoints=False)
    said, _ = hear(engine, speech([(1, 100), (0, 39_900), (2, 100), (0, 39_900), (3, 50)]))
    assert [final.text for final in finals(said)] == ["w1", "w2", "w3"]


@pytest.mark.parametrize("endpoints", [True, False])
def test_an_engine_without_word_times_still_gives_spans_that_cover_its_words(endpoints):
    script = [(0, 20_000), (1, 3_000), (0, 16_000), (2, 3_000), (0, 16_000)]
    engine = Scripted(
        Abilities(own_pauses=True, cut_after=None if endpoints else 32_000), endpoints=endpoints, word_times=False
    )
    said, _ = hear(engine, speech(script))
    assert " ".join(final.text for final in finals(said)).split() == ["w1", "w2"]
    for (_, start, end), final in zip(words_of(script), finals(said), strict=False):
        assert final.start <= start
        assert final.end >= end
    assert all(a.end <= b.start for a, b in zip(finals(said), finals(said)[1:], strict=False))


@given(scripts(), st.data())
def test_what_is_not_settled_can_be_heard_again_up_to_a_cut_that_came_late(script, data):
    pcm, edges = speech(script), [end for _, _, end in words_of(script)] or [0]
    at = data.draw(st.sampled_from(edges))
    read = data.draw(st.integers(at, len(pcm) // 2))
    said, heard = hear(Scripted(), pcm, stop=read)
    if heard.go_back(at):
        said += heard.feed(pcm[heard.position * 2 : at * 2])
        said += heard.cut()
        assert heard.settled == heard.position == at
    else:
        assert at == read or at <= heard.settled
    said += heard.feed(pcm[heard.position * 2 :])
    said += heard.finish()
    assert spoken(said) == words_of(script)
    assert all(a.end <= b.start for a, b in pairwise(finals(said)))


class At(Pauses):
    """Pauses where a test wants them."""

    def __init__(self, *places):
        self.places, self.at = list(places), 0

    def begin_utterance(self):
        pass

    def split(self, pcm):
        while pcm:
            end = self.at + len(pcm) // 2
            here = next((place for place in self.places if self.at < place <= end), None)
            part = pcm if here is None else pcm[: (here - self.at) * 2]
            self.at += len(part) // 2
            yield part, here is not None
            pcm = pcm[len(part) :]


@given(scripts(), st.data())
def test_a_final_is_asked_for_at_every_pause_and_the_place_is_told(script, data):
    edges = sorted({0} | {end for _, _, end in words_of(script)})
    places = data.draw(st.lists(st.sampled_from(edges), unique=True).map(sorted))
    heard = Listening(Scripted(Abilities(), endpoints=False), "hall", 1, 0)
    heard._pauses = At(*places)
    pcm = speech(script)
    said = [one for at in range(0, len(pcm), CHUNK * 2) for one in heard.feed(pcm[at : at + CHUNK * 2])]
    assert [one.at for one in said if isinstance(one, Cut)] == [place for place in places if place]
    assert heard.settled >= max(places, default=0)
    assert spoken([*said, *heard.finish()]) == words_of(script)
