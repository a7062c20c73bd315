"""Who answers for a promise, what will show it, what was shown, and who saw it: kept as it was said."""

import pytest

from live import commands as do
from live.compose import compose
from live.evidence import host
from live.promised import commitment
from live.refusals import Code
from live.states import CommitmentState as C
from tests.cast import AGENCY, BY_JUNE, OPENED, SECRETARY, TO_COMMITMENT_STATE, play

OFFICER = "Ông Lê Văn Ví Dụ, Trưởng phòng"
RECORD = "Biên bản nghiệm thu"
LINK = "https://eamo.example/cau/nghiem-thu?trang=2#anh"


@pytest.mark.parametrize(
    "link, name",
    [
        (LINK, "eamo.example"),
        ("HTTPS://EaMo.Example", "eamo.example"),
        ("https://eamo.example:8443/cầu/biên-bản", "eamo.example"),
        ("https://xn--eam-jna.example", "xn--eam-jna.example"),
        ("http://eamo.example", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//eamo.example", ""),
        ("eamo.example", ""),
        ("https://", ""),
        ("https://localhost/", ""),
        ("https://127.0.0.1/", ""),
        ("https://eamo.example@elsewhere.example/", ""),
        ("https://eamo.example\\@elsewhere.example/", ""),
        ("https://eamọ.example/", ""),
        ("https://eamo.example/a b", ""),
        ('https://eamo.example/" onclick="x', ""),
        ("https://eamo.example/<script>", ""),
        ("https://eamo.example\nhttp://other.example", ""),
        ("", ""),
    ],
)
def test_a_link_leads_to_a_plain_https_name_or_is_none(link, name):
    assert host(link) == name


def test_a_promise_names_its_officer_and_what_will_show_it_until_it_is_said_otherwise():
    evening = play(*OPENED, do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE, None, f" {OFFICER} ", RECORD))
    promise = evening.dialogue.commitments[1]
    assert (str(promise.person), str(promise.evidence)) == (OFFICER, RECORD)
    evening.play(do.MoveCommitment(1, C.READ_BACK))
    n = evening.dialogue.n
    evening.play(do.RewordCommitment(1, "Sửa cầu", "", OFFICER, RECORD))
    assert evening.dialogue.n == n, "the same words again are nothing new"
    evening.play(do.RewordCommitment(1, "Sửa cầu", "", "Bà Trần Thị Thử, Phó phòng", ""))
    promise = evening.dialogue.commitments[1]
    assert (str(promise.person), str(promise.evidence)) == ("Bà Trần Thị Thử, Phó phòng", "")
    assert promise.state is C.NOTED, "the hall has not heard this name"


@pytest.mark.parametrize(
    "note, link, refused",
    [
        ("", "", Code.EVIDENCE_MISSING),
        (" ", "\u200b", Code.EVIDENCE_MISSING),
        ("Đã xong", "", None),
        ("", LINK, None),
        ("Đã xong", LINK, None),
        ("Đã xong", "http://eamo.example", Code.NOT_A_LINK),
        ("Đã xong", LINK + "a" * 500, Code.TOO_LONG),
    ],
)
@pytest.mark.parametrize("by", [AGENCY, SECRETARY])
def test_kept_is_reported_with_words_or_an_address_or_both(note, link, refused, by):
    evening = play(*OPENED, *TO_COMMITMENT_STATE[C.IN_PROGRESS])
    assert evening.refusal(do.MoveCommitment(1, C.EVIDENCE_GIVEN, note, link), by=by) is refused
    if refused is None:
        card = commitment(evening.dialogue.commitments[1])
        assert (card.shown, card.link, card.note) == (note, link, "")


def test_what_is_said_of_the_evidence_later_does_not_take_its_place():
    evening = play(*OPENED, *TO_COMMITMENT_STATE[C.IN_PROGRESS])
    evening.play(do.MoveCommitment(1, C.EVIDENCE_GIVEN, "Đã đổ mố cầu", LINK))
    evening.play(do.MoveCommitment(1, C.DISPUTED, "Lan can còn thiếu"))
    card = commitment(evening.dialogue.commitments[1])
    assert (card.shown, card.host, card.note) == ("Đã đổ mố cầu", "eamo.example", "Lan can còn thiếu")
    evening.play(do.MoveCommitment(1, C.EVIDENCE_GIVEN, "", LINK))
    card = commitment(evening.dialogue.commitments[1])
    assert (card.shown, card.link, card.note) == ("", LINK, "")


@pytest.mark.parametrize("said, told", [("Bà Sáu, người hỏi", "Bà Sáu, người hỏi"), ("", SECRETARY.name)])
def test_a_kept_promise_says_who_confirmed_it_for_as_long_as_it_counts_as_kept(said, told):
    evening = play(*OPENED, *TO_COMMITMENT_STATE[C.EVIDENCE_GIVEN])
    evening.play((SECRETARY, do.MoveCommitment(1, C.CONFIRMED, confirmed_by=said)))
    assert str(evening.dialogue.commitments[1].confirmed_by) == told
    evening.play(do.MoveCommitment(1, C.DISPUTED, "Lan can còn thiếu", confirmed_by=said))
    assert str(evening.dialogue.commitments[1].confirmed_by) == ""


@pytest.mark.parametrize(
    "person, evidence, read, line",
    [
        (OFFICER, RECORD, True, f"Phòng Kinh tế ({OFFICER}). Thời hạn: 30/06/2026. Bằng chứng: {RECORD}. Đã"),
        ("", "Ảnh chụp.", True, "Phòng Kinh tế. Thời hạn: 30/06/2026. Bằng chứng: Ảnh chụp. Đã"),
        ("", "", False, "Phòng Kinh tế. Thời hạn: 30/06/2026. Chưa"),
    ],
)
def test_the_minutes_give_each_promise_a_line_of_its_own(person, evidence, read, line):
    evening = play(*OPENED, do.NoteCommitment("Sửa\ncầu", "Phòng Kinh tế", BY_JUNE, None, person, evidence))
    if read:
        evening.play(do.MoveCommitment(1, C.READ_BACK))
    (block,) = [str(block.text) for block in compose(evening.dialogue) if block.key == "commitments"]
    assert block == f"1. Sửa cầu. Cơ quan: {line} đọc lại trước hội trường."
