"""Whole evenings that nobody planned: every kind of command in any order, by anybody, as Hypothesis strategies."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from live import commands as do
from live.seats import Seat
from live.states import (
    Channel,
    CommitmentState,
    Desk,
    DialogueState,
    MinutesState,
    Outcome,
    Overlay,
    Part,
    Reasoned,
    RefusalReason,
    Role,
    Signatory,
    SuspensionReason,
)
from tests.cast import BY_JUNE, CLERK, EVERYBODY, HANH, MODERATOR, SECOND_MODERATOR, TUAN

Commands = st.SearchStrategy[Any]

QUESTIONS = 5
"""Few enough that what people press meets."""
questions = st.integers(1, QUESTIONS)
revisions = st.sampled_from([1, 1, 1, 2])
words = st.sampled_from(["Cần thêm thời gian", "Đã thống nhất", ""])
samples = st.integers(0, 40).map(lambda seconds: seconds * 16_000)
sources = st.sampled_from(["hall", "chair"])
days = st.sampled_from([BY_JUNE, date(2026, 7, 31), date(2026, 8, 31)])

seats = st.sampled_from([None] * 80 + [*EVERYBODY, SECOND_MODERATOR])
"""Mostly whoever it is usual for, now and then anybody."""
askers = st.sampled_from([HANH, TUAN, TUAN, CLERK, MODERATOR])

reading: Commands = st.one_of(
    st.builds(do.StartReview, questions),
    st.builds(do.ReleaseReview, questions),
    st.builds(do.Approve, questions, st.booleans()),
    st.builds(do.Approve, questions),
    st.builds(do.Refuse, questions, st.sampled_from(RefusalReason), words),
    st.builds(do.Reopen, questions, words),
    st.builds(do.Merge, questions, questions),
    st.builds(do.Unmerge, questions),
    st.builds(do.Reroute, questions, st.just("Ban Tiếp công dân"), words, words),
    st.builds(do.Withdraw, questions, words),
)
reasons = st.sampled_from(["", "", "Đã trả lời rồi"])
told = st.integers(0, 10**9).map(lambda number: f"[riêng {number}]")
"""Words that are for staff only, told from all others."""
backstage: Commands = st.one_of(
    st.builds(do.StartReview, questions),
    st.builds(do.TakeOver, questions),
    st.builds(do.AddToQuestion, questions, told),
    st.builds(do.Refuse, questions, st.sampled_from(RefusalReason), st.just("Việc đã được trả lời"), reasons),
    st.builds(do.Appeal, questions, told),
    st.builds(do.JudgeAnswer, questions, st.booleans(), told),
    st.builds(do.NoteOn, questions, told),
    st.builds(do.StrikeNote, questions, st.integers(1, 2)),
    st.builds(do.Label, questions, told | st.just("[riêng 1]")),
    st.builds(do.Unlabel, questions, st.just("[riêng 1]")),
    st.builds(do.OpenOriginal, questions),
    st.builds(do.OpenContact, questions),
    st.builds(do.Assign, questions, st.sampled_from(["Phòng Kinh tế", "Sở Xây dựng"]), days),
    st.builds(do.Unassign, questions),
    st.builds(do.PrintCard, st.sampled_from(["", "Điểm cầu Ea Tul"])),
    st.builds(do.SetSites, st.sampled_from(["", "Điểm cầu Ea Tul", "Điểm cầu Ea Tul\nĐiểm cầu Ea H'Leo"])),
    st.builds(do.SeatClerk, st.just("seat-clerk"), st.none() | st.integers(1, 3)),
    st.builds(do.SetReasons, st.sampled_from(["", "Đã trả lời rồi | Xin xem câu trước"])),
    st.builds(do.SetReasons, st.sampled_from(["", "Gửi trùng | Xin đợi"]), of=st.just(Reasoned.SUSPENSION)),
    st.builds(do.Suspend, questions, st.sampled_from(SuspensionReason), words, st.sampled_from(["", "", "Gửi trùng"])),
    st.builds(do.Readmit, questions),
    st.builds(do.AppealSuspension, told),
    st.builds(do.SendMessage, told, st.sampled_from(Desk)),
    st.builds(do.Acknowledge, st.integers(1, 3)),
    st.builds(do.AttachPhoto, questions, st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}" * 4)),
    st.builds(do.DropPhoto, questions),
    st.builds(do.ShowPhoto, questions, st.booleans()),
    st.builds(do.PrepareNote, questions, told | st.just("")),
    st.builds(do.Undo, st.integers(1, 60)),
)
shares = st.integers(0, 3)
ordering: Commands = st.one_of(
    st.builds(do.Place, questions, st.none() | questions, words),
    st.builds(do.SetAside, questions, words),
    st.builds(do.PutOnDeck, questions, words),
    st.builds(do.TakeOffDeck, questions, words),
    st.builds(do.NameSpeaker, questions, st.just("Y Nguyên"), st.just(""), st.booleans()),
    st.builds(do.DeclareMixing, shares, shares, shares, shares, st.booleans(), shares, words),
    st.builds(do.ShowSupports, st.booleans()),
    st.builds(do.SetAsking, st.sampled_from([True, True, False]), st.integers(0, 4)),
    st.builds(do.ShowOverlay, st.sampled_from(Overlay), words),
    st.builds(do.HideOverlay),
    st.builds(do.ScaleStage, st.sampled_from([80, 100, 200])),
    st.builds(do.FreezeStage),
    st.builds(do.ThawStage),
)
flooring: Commands = st.one_of(
    st.builds(do.Call, questions, st.none(), words),
    st.builds(do.ReturnToQueue, questions, st.booleans(), words),
    st.builds(do.ReportAnswer, questions, words, st.sampled_from(["", "https://eamo.example/cau"]), st.booleans()),
    st.builds(
        do.GiveOutcome,
        questions,
        st.sampled_from(Outcome),
        st.just("Phòng Kinh tế"),
        st.none() | days,
        words,
        words,
    ),
)
timing: Commands = st.one_of(
    st.builds(do.StartClock, st.sampled_from(Part)),
    st.builds(do.StopClock),
    st.builds(do.ExtendClock, st.sampled_from([30, 60, 0])),
)
sounding: Commands = st.one_of(
    st.builds(do.StartRecording, sources),
    st.builds(do.StopRecording, sources),
    st.builds(do.LoseSound, sources, samples, samples),
    st.builds(do.StartRun, sources, st.integers(1, 3), st.just("vosk"), st.just("vi"), samples),
    st.builds(do.EndRun, sources, st.integers(1, 3), st.just("killed")),
    st.builds(do.HideCaptions),
    st.builds(do.ShowCaptions),
)
officers = st.sampled_from(["", "Ông Lê Văn Ví Dụ, Trưởng phòng"])
links = st.sampled_from(["", "https://eamo.example/cau", "http://eamo.example/cau"])
promising: Commands = st.one_of(
    st.builds(
        do.NoteCommitment, st.just("Sửa cầu"), st.just("Phòng Kinh tế"), days, st.none() | questions, officers, words
    ),
    st.builds(do.MoveCommitment, st.integers(1, 3), st.sampled_from(CommitmentState), words, links, officers),
    st.builds(
        do.RewordCommitment,
        st.integers(1, 3),
        st.sampled_from(["Sửa cầu", "Sửa xong cầu"]),
        st.just(""),
        officers,
        words,
    ),
    st.builds(do.ExtendCommitment, st.integers(1, 3), days, words),
)
signing: Commands = st.one_of(
    st.builds(
        do.EditMinutes, st.sampled_from(["opening", "conclusion", "q1.answer"]), words, st.integers(0, 1), st.booleans()
    ),
    st.builds(do.MoveMinutes, st.sampled_from(MinutesState), words),
    st.builds(do.SignMinutes, st.sampled_from(Signatory), st.just("Vũ Ngọc Mai")),
)
moving: Commands = st.builds(do.MoveDialogue, st.sampled_from(DialogueState), words)
lines: Commands = st.one_of(
    st.builds(do.WriteLine, st.just("Kính thưa bà con"), st.sampled_from(Role), words, st.none() | questions),
    st.builds(do.EditLine, st.integers(0, 9), st.just("Kính thưa toàn thể bà con"), revisions),
    st.builds(do.AttributeLine, st.integers(0, 9), st.sampled_from(Role), words, revisions),
    st.builds(do.LinkLine, st.integers(0, 9), st.none() | questions, revisions),
    st.builds(do.StrikeLine, st.integers(0, 9), revisions),
    st.builds(do.RestoreLine, st.integers(0, 9), revisions),
    st.builds(
        do.TakeReading,
        st.just("hall"),
        st.integers(1, 2),
        st.just(0),
        st.just(16_000),
        st.just("hai suối"),
        st.just("Hai suối"),
        line=st.integers(0, 9),
        revision=revisions,
    ),
    st.builds(do.GiveBackReading, st.integers(0, 9), revisions),
    st.builds(do.SetGlossary, st.sampled_from(["Ea Mô", "Ea Mô = ê a mô, i a mô\nBa Tơ", ""]), st.integers(0, 2)),
)
"""`line` counts the lines there are, from 0; the machine aims at one that is there."""
channels = st.sampled_from(Channel)

Press = tuple[Seat | None, do.Command]


def presses(commands: Commands) -> st.SearchStrategy[list[Press]]:
    """What several people press within a few seconds."""
    return st.lists(st.tuples(seats, commands), min_size=2, max_size=8)
