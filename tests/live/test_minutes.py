"""The minutes book: its moves, its signatures, and words that nothing changes once they are signed."""

import dataclasses

import pytest

from live import commands as do
from live.entries import Entry, MinutesEdited
from live.minutes import BLOCK_LIMIT, MOVES, blocks
from live.refusals import Code
from live.seats import Audience
from live.states import DialogueState as S
from live.states import MinutesState as M
from live.states import Outcome, Signatory
from live.texts import Sealed
from tests.cast import (
    ASKED,
    BY_JUNE,
    CHAIR,
    CLOSED,
    FORWARDED,
    HANH,
    MINUTES_APPROVED,
    OPENED,
    SECRETARY,
    SIGNED,
    TUAN,
    Evening,
    minutes,
    play,
)

CHECKED, APPROVED = MINUTES_APPROVED
BY_SECRETARY, BY_CHAIR = SIGNED
PUBLISHED = do.MoveMinutes(M.PUBLISHED)
AMENDED = do.MoveMinutes(M.AMENDED, "Điều 3: đọc là 2027")
EVENING = (
    *OPENED, ASKED, (TUAN, do.Ask("Giá nước sạch bao nhiêu?")), do.Approve(1, queue=False), do.Approve(2, queue=False),
    FORWARDED, minutes(1), dataclasses.replace(FORWARDED, question=2), minutes(1),
    do.WriteLine("Kính thưa bà con"), *CLOSED,
)  # fmt: skip
LINE = 10
"""The number of the line the secretary wrote."""
TO_MINUTES_STATE = {
    M.DRAFT: (),
    M.CHECKED: (CHECKED,),
    M.APPROVED: MINUTES_APPROVED,
    M.SIGNED: (*MINUTES_APPROVED, *SIGNED),
    M.PUBLISHED: (*MINUTES_APPROVED, *SIGNED, PUBLISHED),
    M.AMENDED: (*MINUTES_APPROVED, *SIGNED, PUBLISHED, AMENDED),
}

# v: secretary or chair; c: the chair alone; n: with a note; s: refused. Two signatures make it signed, never a move.
TABLE = """
          draft checked approved signed published amended
draft     s     v       s        s      s         s
checked   v     s       c        s      s         s
approved  v     s       s        s      s         s
signed    s     s       s        s      v         s
published s     s       s        s      s         n
amended   s     s       s        s      s         n
"""
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(M(row[0]), M(to), letter) for row in _ROWS for to, letter in zip(_HEAD, row[1:], strict=True)]


def text(evening: Evening) -> list[tuple[str, str]]:
    return [(block.key, str(block.text)) for block in blocks(evening.dialogue)]


@pytest.mark.parametrize("start, to, letter", CELLS, ids=[f"{start}-{to}" for start, to, _ in CELLS])
@pytest.mark.parametrize("seat", [SECRETARY, CHAIR], ids=["secretary", "chair"])
def test_minutes_move_only_along_their_arrows(start, to, letter, seat):
    evening = play(*EVENING, *TO_MINUTES_STATE[start])
    assert evening.dialogue.minutes.state is start
    expected = {"v": None, "n": Code.REASON_MISSING, "s": Code.WRONG_STATE, "c": Code.NOT_ALLOWED}[letter]
    if letter == "c" and seat.audience is Audience.CHAIR:
        expected = None
    assert evening.refusal(do.MoveMinutes(to), by=seat) is expected
    assert evening.dialogue.minutes.state is (start if expected else to)


def test_the_table_of_minutes_speaks_of_every_state():
    assert set(MOVES) == set(M) == set(TO_MINUTES_STATE)


def test_minutes_wait_for_the_end_of_the_dialogue():
    assert play(*OPENED).refusal(CHECKED) is Code.WRONG_STATE


def test_a_block_is_replaced_emptied_and_brought_back_to_what_the_journal_says():
    evening = play(*EVENING)
    composed = dict(text(evening))["opening"]
    evening.play(do.EditMinutes("opening", "Ông chủ tọa  khai mạc.", 0))
    opening = next(block for block in blocks(evening.dialogue) if block.key == "opening")
    assert (str(opening.text), opening.revision, opening.edited) == ("Ông chủ tọa khai mạc.", 1, True)
    evening.play(do.EditMinutes("opening", " ", 1))
    opening = next(block for block in blocks(evening.dialogue) if block.key == "opening")
    assert (str(opening.text), opening.revision, opening.edited) == ("", 2, True)
    evening.play(do.EditMinutes("opening", "bỏ qua", 2, composed=True))
    opening = next(block for block in blocks(evening.dialogue) if block.key == "opening")
    assert (str(opening.text), opening.revision, opening.edited) == (composed, 3, False)


def test_an_emptied_block_is_signed_empty():
    evening = play(*EVENING, do.EditMinutes("remarks", "", 0), *MINUTES_APPROVED, BY_SECRETARY)
    assert dict(text(evening))["remarks"] == ""


def test_an_empty_text_in_an_older_journal_brought_the_composed_one_back_and_still_does():
    evening = play(*EVENING)
    composed = text(evening)
    for words in ("Khác", ""):
        entry = Entry(evening.dialogue.n + 1, evening.now, SECRETARY.id, MinutesEdited("opening", Sealed(words)))
        evening.dialogue = evening.dialogue.apply(entry)
    assert text(evening) == composed


def test_an_edit_of_what_somebody_else_has_just_changed_is_refused_and_shows_theirs():
    evening = play(*EVENING, do.EditMinutes("conclusion", "Giao Phòng Kinh tế.", 0))
    answer = evening.send(do.EditMinutes("conclusion", "Giao Phòng Tư pháp.", 0))
    assert getattr(answer, "code", None) is Code.STALE
    assert "Giao Phòng Kinh tế." in getattr(answer, "say", str)()
    assert dict(text(evening))["conclusion"] == "Giao Phòng Kinh tế."


def test_an_edit_of_no_block_or_of_too_much_is_refused():
    evening = play(*EVENING)
    assert evening.refusal(do.EditMinutes("q9.answer", "Có", 0)) is Code.NOT_FOUND
    assert evening.refusal(do.EditMinutes("opening", "a" * BLOCK_LIMIT, 0)) is None
    assert evening.refusal(do.EditMinutes("opening", "a" * (BLOCK_LIMIT + 1), 1)) is Code.TOO_LONG


LATER: tuple[do.Command, ...] = (
    do.GiveOutcome(1, Outcome.PARTLY_ANSWERED, reason="Bà con hỏi thêm"),
    do.Edit(2, "Giá nước?", 1),
    do.StrikeLine(LINE, 1),
    do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE),
)


@pytest.mark.parametrize("later", LATER, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("first, second", [SIGNED, SIGNED[::-1]], ids=["secretary-first", "chair-first"])
def test_both_people_sign_the_same_words_whatever_is_corrected_in_between_or_after(first, second, later):
    evening = play(*EVENING, do.EditMinutes("conclusion", "Giao Phòng Kinh tế.", 0), *MINUTES_APPROVED)
    signed = text(evening)
    assert text(play(*EVENING, later)) != text(play(*EVENING)), "the correction would have changed the minutes"
    between = play(*EVENING, do.EditMinutes("conclusion", "Giao Phòng Kinh tế.", 0), *MINUTES_APPROVED, first, later)
    assert text(between) == signed
    assert text(between.play(second)) == signed
    after = evening.play(first, second, minutes(5), later)
    assert text(after) == signed
    assert after.dialogue.state is S.MINUTES_SIGNED
    assert text(after.play(PUBLISHED, AMENDED)) == signed


def test_signed_minutes_are_not_edited_not_even_between_the_signatures():
    evening = play(*EVENING, *MINUTES_APPROVED, BY_SECRETARY)
    assert evening.refusal(do.EditMinutes("opening", "Khác", 0)) is Code.FROZEN
    assert evening.play(BY_CHAIR).refusal(do.EditMinutes("opening", "Khác", 0)) is Code.FROZEN


def test_going_back_to_the_draft_takes_the_signature_off_and_the_text_free():
    evening = play(
        *EVENING, *MINUTES_APPROVED, BY_SECRETARY, do.MoveMinutes(M.DRAFT), do.EditMinutes("opening", "Khác", 0)
    )
    assert not evening.dialogue.minutes.signatures
    assert dict(text(evening))["opening"] == "Khác"
    evening.play(*MINUTES_APPROVED, BY_CHAIR, BY_SECRETARY)
    assert evening.dialogue.minutes.state is M.SIGNED


def test_each_signs_in_their_own_seat_once_and_by_name():
    evening = play(*EVENING, *MINUTES_APPROVED)
    assert evening.refusal(BY_SECRETARY, by=CHAIR) is Code.NOT_ALLOWED
    assert evening.refusal(BY_CHAIR, by=SECRETARY) is Code.NOT_ALLOWED
    assert evening.refusal(do.SignMinutes(Signatory.CHAIR, "\u200b")) is Code.EMPTY
    assert evening.refusal(BY_CHAIR) is None
    assert evening.refusal(BY_CHAIR) is Code.ALREADY_SIGNED
    assert evening.play(BY_SECRETARY).refusal(BY_SECRETARY) is Code.ALREADY_SIGNED
    assert {role: str(name) for role, name in evening.dialogue.minutes.signatures.items()} == {
        Signatory.CHAIR: CHAIR.name,
        Signatory.SECRETARY: SECRETARY.name,
    }


@pytest.mark.parametrize("state", [M.DRAFT, M.CHECKED])
def test_nobody_signs_before_the_chair_has_approved(state):
    assert play(*EVENING, *TO_MINUTES_STATE[state]).refusal(BY_CHAIR) is Code.WRONG_STATE


def test_a_dialogue_that_was_opened_again_is_not_signed_until_it_is_closed_again():
    evening = play(*EVENING, *MINUTES_APPROVED, do.MoveDialogue(S.CLOSING, "Còn một câu"))
    assert evening.refusal(BY_CHAIR) is Code.WRONG_STATE
    assert evening.play(CLOSED[1]).refusal(BY_CHAIR) is None
    assert evening.refusal(do.MoveDialogue(S.CLOSING, "Còn một câu")) is Code.FROZEN


def test_publishing_the_minutes_publishes_the_conclusions_and_never_takes_a_dialogue_back():
    assert play(*EVENING, *TO_MINUTES_STATE[M.PUBLISHED]).dialogue.state is S.PUBLISHED
    ahead = play(*EVENING, *TO_MINUTES_STATE[M.SIGNED], do.MoveDialogue(S.PUBLISHED), do.MoveDialogue(S.FOLLOWING_UP))
    assert ahead.play(PUBLISHED).dialogue.state is S.FOLLOWING_UP


def test_corrections_after_publication_are_addenda_in_their_order():
    evening = play(*EVENING, *TO_MINUTES_STATE[M.AMENDED], do.MoveMinutes(M.AMENDED, "Điều 5: bỏ"))
    assert [str(note) for note in evening.dialogue.minutes.addenda] == ["Điều 3: đọc là 2027", "Điều 5: bỏ"]
    assert HANH.name in dict(text(evening))["q1.heading"]
    assert TUAN.name not in str(text(evening))
