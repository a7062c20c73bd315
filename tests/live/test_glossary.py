"""The glossary: what the secretary writes, what the notice gives, and who was quicker."""

import pytest

from live import commands as do
from live.glossary import derived, known
from live.refusals import Code, Refused
from live.seats import Audience
from live.secretary import GlossaryCard
from live.views import view
from tests.cast import BY_JUNE, CHAIR, DESCRIBED, OPENED, Evening, play


def card(evening: Evening) -> GlossaryCard:
    things = [item.thing for region in view(evening.dialogue, Audience.SECRETARY) for item in region.items]
    (found,) = [thing for thing in things if isinstance(thing, GlossaryCard)]
    return found


def test_names_and_what_is_heard_for_them_are_kept_a_line_each():
    evening = play(*OPENED, do.SetGlossary("  Ba Tơ = ba tư,  ba tờ ,\n\nKrông Búk\n= không tên", 0))
    assert card(evening).lines == "Ba Tơ = ba tư, ba tờ\nKrông Búk"
    assert (card(evening).count, card(evening).revision) == (2, 1)
    evening.play(do.SetGlossary("", 1))
    assert card(evening).lines == ""


def test_whoever_saves_over_anothers_glossary_is_told_what_it_is_now():
    evening = play(*OPENED, do.SetGlossary("Ba Tơ", 0))
    answer = evening.send(do.SetGlossary("Krông Búk", 0))
    assert isinstance(answer, Refused)
    assert "Ba Tơ" in answer.say("vi")
    assert card(evening).lines == "Ba Tơ"


@pytest.mark.parametrize("entries", ["á" * 201, "Ba Tơ = " + "á" * 201, "Ba Tơ\n" * 4_000])
def test_a_glossary_too_long_is_refused_and_never_cut(entries):
    evening = play(*OPENED)
    assert evening.refusal(do.SetGlossary(entries, 0)) is Code.TOO_LONG
    assert card(evening).lines == ""


def test_only_the_secretary_keeps_it():
    assert play(*OPENED).refusal(do.SetGlossary("Ba Tơ", 0), CHAIR) is Code.NOT_ALLOWED


def test_agencies_people_and_places_are_known_from_the_notice_and_the_promises():
    promised = do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE)
    found = derived(play(*OPENED, promised).dialogue)
    assert found == (
        "Ea Mô", "Phòng Kinh tế", "Vũ Ngọc Mai", "Đỗ Minh Quang", "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân xã Ea Mô",
    )  # fmt: skip


@pytest.mark.parametrize(
    "title, names",
    [
        ("Đối thoại với Nhân dân xã Ea Mô, huyện Krông Pắc", {"Ea Mô", "Krông Pắc"}),
        ("Đối thoại tại Trà Bồng – Ba Tơ", {"Trà Bồng", "Ba Tơ"}),
        ("Đối Thoại năm 2026", set()),
        ("ĐỐI THOẠI VỚI NHÂN DÂN", set()),
    ],
)
def test_two_capitals_in_a_row_are_a_name_but_not_at_the_beginning(title, names):
    notice = do.Describe(title, "Xã", "Hội trường", DESCRIBED.starts_at)
    assert set(derived(play(notice).dialogue)) == {"Xã"} | names


def test_the_secretarys_own_form_of_a_name_wins():
    evening = play(*OPENED, do.SetGlossary("EA MÔ = ê a mô", 0))
    written = [str(term.written) for term in known(evening.dialogue)]
    assert written[0] == "EA MÔ"
    assert "Ea Mô" not in written
