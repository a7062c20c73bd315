"""Which questions ask the same: a table of pairs, judged among all the invented questions of the demo."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import commands as do
from live.questions import Question
from live.texts import Sealed
from server.similar.folding import fold, words
from server.similar.giving_way import REST, GivingWay
from server.similar.index import Index
from tests.cast import CLERK, OPENED, play

HERE = Path(__file__).parent
DEMO = HERE.parents[2] / "server" / "demo" / "questions.jsonl"
ONE = play(*OPENED, (CLERK, do.Ask("Một câu?"))).dialogue.questions[1]


def lines() -> list[list[str]]:
    return [line.split("\t") for line in (HERE / "pairs.tsv").read_text(encoding="utf-8").splitlines()]


def asked(*texts: str) -> Mapping[int, Question]:
    return {n: replace(ONE, number=n, text=Sealed(text), original=Sealed(text)) for n, text in enumerate(texts, 1)}


def everybody(question: Question) -> bool:
    return True


@pytest.fixture(scope="module")
def full() -> tuple[Index, Mapping[int, Question]]:
    demo = [json.loads(line)["text"] for line in DEMO.read_text(encoding="utf-8").splitlines()]
    questions = asked(*dict.fromkeys([*demo, *(second for _, _, second in lines())]))
    index = Index()
    index.follow(questions)
    return index, questions


def found(full: tuple[Index, Mapping[int, Question]], typed: str, wanted: str) -> bool:
    index, questions = full
    return any(str(questions[number].text) == wanted for number in index.near(typed, everybody, 3))


def test_most_pairs_that_ask_the_same_are_found_and_few_that_only_share_a_topic(full):
    kinds = {kind: [found(full, *pair) for each, *pair in lines() if each == kind] for kind in ("same", "other")}
    assert len(kinds["same"]) >= 45
    assert len(kinds["other"]) >= 30
    assert sum(kinds["same"]) >= 0.95 * len(kinds["same"])
    assert sum(kinds["other"]) <= 0.1 * len(kinds["other"])


def test_marks_case_and_short_forms_make_no_difference(full):
    typed = "Thẻ bảo hiểm y tế cho trẻ em mới sinh bao giờ có, con tôi đi khám phải trả tiền"
    for same in (typed, fold(typed), typed.upper(), typed.replace("bảo hiểm y tế", "BHYT")):
        assert full[0].near(same, everybody, 1) == full[0].near(typed, everybody, 1) != []


@pytest.mark.parametrize(
    "text, folded",
    [
        ("Đường thôn Đông", "duong thon dong"),
        ("ĐƯỜNG", "duong"),
        ("Ấp Bắc, Ỷ Lan", "ap bac, y lan"),
        ("Ea Súp 12", "ea sup 12"),
        ("", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "text, meant",
    [
        ("UBND xã", "uyban xa"),
        ("ủy ban nhân dân xã", "uyban xa"),
        ("giấy chứng nhận quyền sử dụng đất", "sodo"),
        ("GCN QSDĐ", "sodo"),
        ("khi nào", "bao gio"),
        ("thôn kênh", "thon kenh"),
    ],
)
def test_short_forms_are_written_out_as_whole_words(text, meant):
    assert " ".join(words(text)) == meant


def test_only_what_fits_is_told(full):
    typed = "Bao giờ sửa cầu Ea Mô?"
    (best,) = full[0].near(typed, everybody, 1)
    assert best not in full[0].near(typed, lambda question: question.number != best, 3)


def test_a_text_of_no_meaning_is_like_nothing(full):
    for text in ("", "ạ ạ ạ", "xin hỏi lãnh đạo bao giờ thì có", "?!…", "x" * 500):
        assert full[0].near(text, everybody, 3) == []


def test_between_its_steps_the_index_lets_others_have_their_turn(full):
    """For each text it takes in, each word it looks up and each question it reads beside the one that was typed."""
    steps: list[None] = []
    index = Index(lambda: steps.append(None))
    index.follow(full[1])
    assert len(steps) == len(full[1])
    steps.clear()
    typed = "Bao giờ sửa cầu Ea Mô?"
    found = index.near(typed, everybody, 3)
    assert found == full[0].near(typed, everybody, 3)
    assert len(steps) > len(words(typed)) + len(found)


def test_a_thread_rests_after_each_millisecond_of_work_and_not_sooner():
    moments = iter([0.0, 0.0004, 0.0008, 0.0012, 0.0014, 0.0018, 0.0025, 0.0026])
    rests: list[float] = []
    gives_way = GivingWay(lambda: next(moments), rests.append)
    rested = []
    for _ in range(5):
        gives_way()
        rested.append(len(rests))
    assert rested == [0, 0, 1, 1, 2]
    assert set(rests) == {REST}


TEXTS = st.lists(st.sampled_from([second for _, _, second in lines()] + ["", "Cầu?"]), max_size=6)


@given(TEXTS, TEXTS)
def test_an_index_that_followed_is_as_one_made_anew(before, after):
    """Reworded, withdrawn with a rehearsal, new: whatever it saw first."""
    followed, fresh = Index(), Index()
    questions = asked(*after)
    followed.follow(asked(*before))
    followed.follow(questions)
    fresh.follow(questions)
    for text in after:
        assert followed.near(text, everybody, 5) == fresh.near(text, everybody, 5)
