"""Two people write the same thing: whoever comes second is told, with the words that are there now."""

from dataclasses import dataclass, replace

import pytest

from live import commands as do
from live.agreeing import mark
from live.mine import own
from live.mixing import rule_mark
from live.promised import commitment
from live.reasons import in_lines as reasons_in_lines
from live.refusals import Code, Refused
from live.seats import Seat
from live.sites import in_lines as sites_in_lines
from live.tasks import MyTask
from tests.cast import AGENCY, BY_JUNE, MODERATOR, OPENED, SECRETARY, Evening, play

OTHER_OFFICER = replace(AGENCY, id="seat-agency-2", name="Đinh Thị Lành")


@dataclass(frozen=True)
class Written:
    """What is there, what two people write over it, and the mark that their forms were drawn with."""

    before: tuple[do.Command, ...]
    first: do.Command
    second: do.Command
    by: Seat
    current: str

    def mark(self, evening: Evening) -> str:
        dialogue = evening.dialogue
        match self.second:
            case do.PrepareNote():
                (task,) = own(dialogue, AGENCY)
                assert isinstance(task, MyTask)
                return task.was
            case do.RewordCommitment():
                return commitment(dialogue.commitments[1]).was
            case do.SetReasons():
                return mark(reasons_in_lines(dialogue))
            case do.SetSites():
                return mark(sites_in_lines(dialogue))
        return rule_mark(dialogue.mixing)


CASES = {
    "a note for the chair": Written(
        (do.Ask("Bao giờ?"), do.Assign(1, AGENCY.agency, BY_JUNE), do.PrepareNote(1, "Đã có vốn")),
        do.PrepareNote(1, "Đã có vốn, quý IV"),
        do.PrepareNote(1, "Chưa có vốn"),
        AGENCY,
        "Đã có vốn, quý IV",
    ),
    "a promise": Written(
        (do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE),),
        do.RewordCommitment(1, "Sửa xong cầu"),
        do.RewordCommitment(1, "Sửa cầu tạm"),
        SECRETARY,
        "Sửa xong cầu",
    ),
    "the reasons to refuse": Written(
        (do.SetReasons("Đã trả lời rồi"),),
        do.SetReasons("Đã trả lời rồi | Xin xem câu trước"),
        do.SetReasons("Ngoài địa bàn"),
        MODERATOR,
        "Đã trả lời rồi | Xin xem câu trước",
    ),
    "the sites": Written(
        (do.SetSites("Điểm cầu Ea Tul"),),
        do.SetSites("Điểm cầu Ea Tul\nĐiểm cầu Ea H'Leo"),
        do.SetSites("Điểm cầu Cư M'gar"),
        MODERATOR,
        "Điểm cầu Ea Tul\nĐiểm cầu Ea H'Leo",
    ),
    "the order": Written(
        (),
        do.DeclareMixing(hall=2, online=1, reason="Hội trường đông"),
        do.DeclareMixing(hall=1, online=2, reason="Trực tuyến đông"),
        MODERATOR,
        "hall 2, online 1, site 0, in_advance 0",
    ),
}
ALL = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))


def drawn(case: Written) -> tuple[Evening, str]:
    evening = play(*OPENED, *case.before)
    return evening, case.mark(evening)


@ALL
def test_who_comes_second_is_told_the_present_words_and_overwrites_nothing(case):
    evening, was = drawn(case)
    evening.play((case.by, replace(case.first, was=was)))
    before = evening.dialogue
    answer = evening.send(replace(case.second, was=was), by=case.by)
    assert isinstance(answer, Refused)
    assert answer.code is Code.STALE
    assert answer.facts == {"current": case.current, "seen": case.mark(evening)}
    assert evening.dialogue is before
    again = replace(case.second, was=case.mark(evening))
    assert evening.refusal(again, by=case.by) is None, "saving again is saving over, knowingly"


@ALL
def test_the_same_words_are_no_conflict_and_who_saw_nothing_is_not_compared(case):
    evening, was = drawn(case)
    evening.play((case.by, replace(case.first, was=was)))
    assert evening.send(replace(case.first, was=was), by=case.by) == ()
    assert evening.refusal(case.second, by=case.by) is None


def test_two_officers_of_one_agency_do_not_lose_each_others_facts():
    evening, was = drawn(CASES["a note for the chair"])
    evening.play((OTHER_OFFICER, do.PrepareNote(1, "Vốn về tháng 9", was)))
    assert evening.refusal(do.PrepareNote(1, "Vốn về tháng 10", was), by=AGENCY) is Code.STALE
    assert str(evening.dialogue.questions[1].dossier.prepared) == "Vốn về tháng 9"


def test_a_mark_tells_words_apart_and_not_how_they_are_cut():
    assert mark("a", "b") != mark("ab") != mark("b", "a")
    assert len(mark("x" * 10_000)) == 16
