"""The measurements run: the C programs compile, everybody gets in, and every page gets every change once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def printed(script: str, *words: str, **more: str) -> str:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DOITHOAI_", "BENCH_"))
    } | more
    ran = subprocess.run(
        [sys.executable, f"bench/{script}.py", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=170, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_change_reaches_all_pages_of_the_floor_of_ours_and_of_a_peer():
    said = printed("fanout", "--quick", "--pages", "40", "--only", "floor,đối,starlette")
    for name in ("floor, C", "Đối Thoại, a real", "Đối Thoại, its lane", "Starlette loop"):
        assert name in said
    assert not re.search(r"missing|gaps|lost|did not get in", said), said


def test_phones_that_come_back_cost_no_sql():
    said = printed("resume", "--quick", "--pages", "200")  # beside which the few of the server's own timers are none
    assert "Everybody got in." in said
    assert re.search(r"SQL statements for each resume .*\bmet\b", said), said


def test_a_phone_gets_far_less_than_the_whole_state_at_each_change():
    assert re.search(r"of the whole state as JSON each time .*\bmet\b", printed("traffic"))


def test_an_overloaded_room_answers_every_command_in_the_end():
    said = printed("overload", "--quick", "--rounds", "1")
    assert re.search(r"All of [\d,]+ commands were accepted once", said), said
    assert not re.search(r"told busy\s+-\s+0 %", said), said


def test_a_whole_evening_loses_nothing():
    said = printed("evening", "--quick", "--pages", "60")
    assert "PASSED, nothing lost" in said
    assert "VOID: the crowd" not in said


@pytest.mark.vosk
def test_a_recogniser_that_is_killed_costs_no_sample_and_doubles_no_word():
    said = printed("crash", BENCH_QUICK="1")
    assert re.search(r"samples missing or doubled\s+0\s+0\s+met", said), said
    assert re.search(r"finals on sound that was final already\s+0\s+0\s+met", said), said


@pytest.mark.browser
def test_a_network_that_is_away_in_mid_speech_costs_and_doubles_no_sample():
    said = printed("cut", BENCH_QUICK="1")
    for way in ("closed", "hole"):
        assert re.search(rf"{way}: samples missing\s+0 samples\s+0 samples .*\bmet", said), said
        assert re.search(rf"{way}: samples doubled or strange\s+0 samples\s+0 samples .*\bmet", said), said
    assert "NOT THE SAME" not in said


@pytest.mark.browser
def test_a_moderators_page_with_many_cards_is_weighed_and_bears_changes():
    said = printed("moderator", "--questions", "120", "--changes", "4")
    assert re.search(r"page, unpacked\s+300 KB\s+\S+ KB\s+met", said), said
    assert re.search(r"change to painted, 98 of 100\s+100 ms\s+\S+ ms", said), said
