"""Promises: every move tried, who may make it, and dates that are moved but never lost."""

import dataclasses
import unicodedata
from datetime import date, timedelta

import pytest

from live import commands as do
from live.commitments import COMMITMENT_LIMIT, MOVES
from live.mine import own
from live.promised import MyPromise
from live.refusals import Code
from live.states import CommitmentState as C
from tests.cast import AGENCY, BY_JUNE, EVERYBODY, OPENED, OTHER_AGENCY, TO_COMMITMENT_STATE, play

# v: allowed; n: allowed with a note; s: refused. A capital: the agency that promised may say so itself.
TABLE = """
               noted read_back in_minutes in_progress evidence_given confirmed disputed
noted          s     v         s          s           s              s         s
read_back      v     s         v          s           s              s         s
in_minutes     s     v         s          V           s              s         s
in_progress    s     s         s          s           N              s         s
evidence_given s     s         s          V           s              v         n
confirmed      s     s         s          s           s              s         n
disputed       s     s         s          V           N              v         s
"""
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(C(row[0]), C(to), letter) for row in _ROWS for to, letter in zip(_HEAD, row[1:], strict=True)]


@pytest.mark.parametrize("start, to, letter", CELLS, ids=[f"{start}-{to}" for start, to, _ in CELLS])
def test_a_promise_moves_only_along_its_arrows(start, to, letter):
    evening = play(*OPENED, *TO_COMMITMENT_STATE[start])
    assert evening.dialogue.commitments[1].state is start
    silent = Code.EVIDENCE_MISSING if to is C.EVIDENCE_GIVEN else Code.REASON_MISSING
    bare = {"v": None, "n": silent, "s": Code.WRONG_STATE}[letter.lower()]
    assert evening.refusal(do.MoveCommitment(1, to)) is bare
    if letter.lower() == "n":
        assert evening.refusal(do.MoveCommitment(1, to, "  ")) is silent
        evening.play(do.MoveCommitment(1, to, "Ảnh kèm theo"))
        assert str(evening.dialogue.commitments[1].note) == "Ảnh kèm theo"
    assert evening.dialogue.commitments[1].state is (start if letter == "s" else to)


@pytest.mark.parametrize("start, to, letter", CELLS, ids=[f"{start}-{to}" for start, to, _ in CELLS])
def test_an_agency_says_what_it_did_and_never_that_it_kept_its_word(start, to, letter):
    evening = play(*OPENED, *TO_COMMITMENT_STATE[start])
    refused = evening.refusal(do.MoveCommitment(1, to, "Ảnh kèm theo"), by=AGENCY)
    expected = Code.WRONG_STATE if to in {C.IN_PROGRESS, C.EVIDENCE_GIVEN} else Code.NOT_ALLOWED
    assert refused is (None if letter.isupper() else expected)


@pytest.mark.parametrize("start, to, letter", CELLS, ids=[f"{start}-{to}" for start, to, _ in CELLS])
def test_no_agency_speaks_for_a_promise_that_another_made(start, to, letter):
    evening = play(*OPENED, *TO_COMMITMENT_STATE[start])
    for stranger in (OTHER_AGENCY, dataclasses.replace(AGENCY, agency=""), dataclasses.replace(AGENCY, agency="Phòng")):
        assert evening.refusal(do.MoveCommitment(1, to, "Ảnh kèm theo"), by=stranger) is Code.NOT_ALLOWED
    assert evening.dialogue.commitments[1].state is start


@pytest.mark.parametrize(
    "typed",
    ["Phòng Kinh tế", "  phòng  KINH TẾ ", unicodedata.normalize("NFD", "Phòng Kinh tế"), "Phòng Kinh\u200b tế"],
)
def test_an_agency_is_the_same_however_its_name_was_typed(typed):
    evening = play(*OPENED, do.NoteCommitment("Sửa cầu", typed, BY_JUNE), *TO_COMMITMENT_STATE[C.IN_MINUTES][1:])
    assert [card.number for card in own(evening.dialogue, AGENCY) if isinstance(card, MyPromise)] == [1]
    assert evening.refusal(do.MoveCommitment(1, C.IN_PROGRESS), by=AGENCY) is None
    typed_seat = dataclasses.replace(AGENCY, agency=typed)
    assert evening.refusal(do.MoveCommitment(1, C.EVIDENCE_GIVEN, "Ảnh"), by=typed_seat) is None


def test_each_agency_finds_its_own_promises_and_everybody_else_none():
    evening = play(
        *OPENED,
        do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE),
        do.NoteCommitment("Thay đèn", "Sở Xây dựng", BY_JUNE),
        do.NoteCommitment("Khơi mương", "Phòng Kinh tế", BY_JUNE),
    )
    found = {
        seat: [card.number for card in own(evening.dialogue, seat) if isinstance(card, MyPromise)] for seat in EVERYBODY
    }
    assert {seat: numbers for seat, numbers in found.items() if numbers} == {AGENCY: [1, 3], OTHER_AGENCY: [2]}


def test_the_table_of_promises_speaks_of_every_state():
    assert set(MOVES) == set(C)


def test_a_promise_says_what_by_whom_by_when_and_about_which_question():
    evening = play(*OPENED, do.Ask("Bao giờ sửa cầu?"), do.NoteCommitment(" Sửa  cầu ", "Phòng Kinh tế", BY_JUNE, 1))
    promise = evening.dialogue.commitments[1]
    assert (str(promise.text), str(promise.agency), promise.due, promise.question) == (
        "Sửa cầu",
        "Phòng Kinh tế",
        BY_JUNE,
        1,
    )


@pytest.mark.parametrize(
    "text, agency, question, refused",
    [
        ("\u200b", "Phòng Kinh tế", None, Code.EMPTY),
        ("Sửa cầu", " ", None, Code.DATE_MISSING),
        ("Sửa cầu", "Phòng Kinh tế", 7, Code.NOT_FOUND),
        ("a" * COMMITMENT_LIMIT, "Phòng Kinh tế", None, None),
        ("a" * (COMMITMENT_LIMIT + 1), "Phòng Kinh tế", None, Code.TOO_LONG),
    ],
)
def test_a_promise_that_cannot_be_followed_up_is_refused(text, agency, question, refused):
    assert play(*OPENED).refusal(do.NoteCommitment(text, agency, BY_JUNE, question)) is refused


def test_a_promise_that_is_not_there_is_not_found():
    assert play(*OPENED).refusal(do.MoveCommitment(1, C.READ_BACK)) is Code.NOT_FOUND
    assert play(*OPENED).refusal(do.ExtendCommitment(1, BY_JUNE, "Mưa lũ")) is Code.NOT_FOUND


def test_a_later_date_needs_a_reason_and_every_earlier_date_is_kept():
    july, august = date(2026, 7, 31), date(2026, 8, 31)
    evening = play(*OPENED, *TO_COMMITMENT_STATE[C.IN_PROGRESS])
    assert evening.refusal(do.ExtendCommitment(1, july, " ")) is Code.REASON_MISSING
    assert evening.refusal(do.ExtendCommitment(1, BY_JUNE, "Không đổi")) is Code.WRONG_STATE
    evening.play(do.ExtendCommitment(1, july, "Mưa lũ"), do.ExtendCommitment(1, august, "Thiếu thép"))
    promise = evening.dialogue.commitments[1]
    assert promise.due == august
    assert [(day, str(reason)) for day, reason in promise.extensions] == [(BY_JUNE, "Mưa lũ"), (july, "Thiếu thép")]
    assert promise.state is C.IN_PROGRESS


def test_a_promise_that_was_kept_is_not_extended():
    evening = play(*OPENED, *TO_COMMITMENT_STATE[C.CONFIRMED])
    assert evening.refusal(do.ExtendCommitment(1, date(2026, 7, 31), "Mưa lũ")) is Code.WRONG_STATE


@pytest.mark.parametrize("state", list(C))
def test_overdue_is_the_day_after_and_never_for_a_promise_that_was_kept(state):
    promise = play(*OPENED, *TO_COMMITMENT_STATE[state]).dialogue.commitments[1]
    assert not promise.overdue(BY_JUNE)
    assert promise.overdue(BY_JUNE + timedelta(days=1)) is (state is not C.CONFIRMED)
