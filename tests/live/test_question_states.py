"""What may be done with a question in each of its states: one table, every cell tried."""

import dataclasses
from typing import Any

import pytest

from live import commands as do
from live.refusals import Code, Refused
from live.rulebook import RULES
from live.states import DialogueState, Outcome, SuspensionReason
from live.states import QuestionState as Q
from tests.cast import BY_JUNE, CLOSED, HANH, OPENED, REFUSED, REROUTED, TO_STATE, TUAN, WRITTEN, evening_in, play

COMMANDS: dict[str, do.Command] = {
    "withdraw": do.Withdraw(1),
    "support": do.Support(1),
    "claim": do.StartReview(1),
    "release": do.ReleaseReview(1),
    "approve": do.Approve(1),
    "refuse": REFUSED,
    "reopen": do.Reopen(1),
    "edit": do.Edit(1, "Bao giờ sửa cầu Ea Mô?", 1),
    "merge": do.Merge(1, into=9),
    "merge_into": do.Merge(9, into=1),
    "unmerge": do.Unmerge(1),
    "reroute": REROUTED,
    "place": do.Place(1),
    "before": do.Place(9, before=1),
    "set_aside": do.SetAside(1),
    "put_on_deck": do.PutOnDeck(1),
    "off_deck": do.TakeOffDeck(1),
    "return": do.ReturnToQueue(1),
    "answered": do.GiveOutcome(1, Outcome.ANSWERED),
    "partly": do.GiveOutcome(1, Outcome.PARTLY_ANSWERED),
    "written": WRITTEN,
    "forwarded": do.GiveOutcome(1, Outcome.FORWARDED_UP, agency="UBND tỉnh"),
    "amended": do.GiveOutcome(1, Outcome.PARTLY_ANSWERED, reason="Bà con chưa đồng ý"),
    "sent": do.ReportAnswer(1, "Công văn số 12"),
    "call": do.Call(1),
    "open_phone": do.OpenMicrophone(1),
    "close_phone": do.CloseMicrophone(1),
    "agree": do.AgreeToVoice(1, on=True),
    "name_speaker": do.NameSpeaker(1, "Ông Bảy"),
    "take_over": do.TakeOver(1),
    "add": do.AddToQuestion(1, "Và đường vào cầu"),
    "appeal": do.Appeal(1, "Tòa đã xử xong từ tháng trước"),
    "contact": do.OpenContact(1),
    "judge": do.JudgeAnswer(1),
    "note_on": do.NoteOn(1, "Đã gọi cho người hỏi"),
    "strike_note": do.StrikeNote(1, 1),
    "label": do.Label(1, "cầu đường"),
    "unlabel": do.Unlabel(1, "cầu đường"),
    "original": do.OpenOriginal(1),
    "assign": do.Assign(1, "Phòng Kinh tế", BY_JUNE),
    "unassign": do.Unassign(1),
    "prepare": do.PrepareNote(1, "Đã bố trí vốn"),
    "attach": do.AttachPhoto(1, "a" * 64),
    "drop_photo": do.DropPhoto(1),
    "show_photo": do.ShowPhoto(1),
    "suspend": do.Suspend(1, SuspensionReason.FLOOD, "Xin đợi các câu đã gửi"),
    "readmit": do.Readmit(1),
    "promise": do.NoteCommitment("Sửa cầu", "Phòng Kinh tế", BY_JUNE, question=1),
    "write_line": do.WriteLine("Kính thưa bà con", question=1),
}
"""Question 9 is the neighbour's: approved and queued for `before`, received otherwise."""

# v: done; s: wrong state; f: not found, for the public must not learn of it; l: locked; r: give a reason first;
# d: it was announced, so say why; c: the stage has changed; t: a text, no hand raised; m: no microphone is open;
# =: it is so already, which is no mistake and no fact.
TABLE = """
            received review approved queued deck stage answered partly written up merged refused rerouted withdrawn
withdraw    v        v      v        v      v    s     s        s      s       s  s      s       s        s
support     f        f      v        v      v    v     s        s      s       s  f      f       f        f
claim       v        v      s        s      s    s     s        s      s       s  s      s       s        s
release     s        v      s        s      s    s     s        s      s       s  s      s       s        s
approve     v        v      s        s      s    s     s        s      s       s  s      s       s        s
refuse      v        v      v        v      s    s     s        s      s       s  s      s       s        s
reopen      s        s      v        v      s    s     s        s      s       s  s      v       v        v
edit        v        v      v        v      v    v     v        v      v       v  v      v       v        v
merge       v        v      v        v      s    s     s        s      s       s  s      s       s        s
merge_into  v        v      v        v      v    v     v        v      v       v  s      s       s        s
unmerge     s        s      s        s      s    s     s        s      s       s  v      s       s        s
reroute     v        v      v        v      d    v     r        r      r       r  s      s       =        s
place       s        s      v        v      l    s     s        s      s       s  s      s       s        s
before      s        s      s        v      l    s     s        s      s       s  s      s       s        s
set_aside   s        s      s        v      s    s     s        s      s       s  s      s       s        s
put_on_deck s        s      v        v      s    s     s        s      s       s  s      s       s        s
off_deck    s        s      s        s      d    s     s        s      s       s  s      s       s        s
return      c        c      c        c      c    v     r        r      r       r  c      c       c        c
answered    s        s      s        s      s    v     =        r      r       r  s      s       s        s
partly      s        s      s        s      s    v     r        =      r       r  s      s       s        s
written     s        s      v        v      d    v     r        r      =       r  s      s       s        s
forwarded   s        s      v        v      d    v     r        r      r       =  s      s       s        s
amended     s        s      s        s      s    v     v        =      v       v  s      s       s        s
sent        s        s      s        s      s    s     s        s      v       v  s      s       s        s
call        s        s      v        v      v    s     s        s      s       s  s      s       s        s
open_phone  c        c      c        c      c    t     c        c      c       c  c      c       c        c
close_phone =        =      =        =      =    =     =        =      =       =  =      =       =        =
agree       m        m      m        m      m    m     m        m      m       m  m      m       m        m
name_speaker s       s      s        s      s    s     s        s      s       s  s      s       s        s
take_over   s        =      s        s      s    s     s        s      s       s  s      s       s        s
add         v        v      v        v      v    s     s        s      s       s  s      s       s        s
appeal      s        s      s        s      s    s     s        s      s       s  s      v       s        s
contact     f        f      f        f      f    f     f        f      v       v  f      f       f        f
judge       s        s      s        s      s    s     v        v      s       s  s      s       s        s
note_on     v        v      v        v      v    v     v        v      v       v  v      v       v        v
strike_note f        f      f        f      f    f     f        f      f       f  f      f       f        f
label       v        v      v        v      v    v     v        v      v       v  v      v       v        v
unlabel     f        f      f        f      f    f     f        f      f       f  f      f       f        f
original    s        s      s        s      s    s     s        s      s       s  s      s       s        s
assign      v        v      v        v      v    v     v        v      v       v  s      s       s        s
unassign    s        s      s        s      s    s     s        s      s       s  s      s       s        s
prepare     f        f      f        f      f    f     f        f      f       f  f      f       f        f
attach      v        v      v        v      v    s     s        s      s       s  s      s       s        s
drop_photo  f        f      f        f      f    f     f        f      f       f  f      f       f        f
show_photo  f        f      f        f      f    f     f        f      f       f  f      f       f        f
suspend     v        v      v        v      v    v     v        v      v       v  v      v       v        v
readmit     =        =      =        =      =    =     =        =      =       =  =      =       =        =
promise     v        v      v        v      v    v     v        v      v       v  v      v       v        v
write_line  v        v      v        v      v    v     v        v      v       v  v      v       v        v
"""
ANSWERS: dict[str, Code | None] = {
    "v": None,
    "=": None,
    "s": Code.WRONG_STATE,
    "f": Code.NOT_FOUND,
    "l": Code.LOCKED,
    "r": Code.REASON_MISSING,
    "d": Code.DEPARTS,
    "c": Code.STAGE_CHANGED,
    "t": Code.NO_REMOTE_VOICE,
    "m": Code.MICROPHONE_CLOSED,
}
STATES = list(Q)
CELLS = [
    (name, state, letter)
    for name, *letters in (line.split() for line in TABLE.strip().splitlines()[1:])
    for state, letter in zip(STATES, letters, strict=True)
]


def test_the_table_has_every_state_and_every_command_that_names_a_question():
    heads = TABLE.strip().splitlines()[0].split()
    assert all(head in state.value for head, state in zip(heads, STATES, strict=True))
    assert {name for name, *_ in CELLS} == set(COMMANDS)
    assert set(TO_STATE) == set(Q)
    naming = {kind for kind in RULES if "question" in {field.name for field in dataclasses.fields(kind)}}
    elsewhere = {do.LinkLine}  # ties a line, whatever the state (test_desk)
    assert {type(command) for command in COMMANDS.values()} == naming - elsewhere


@pytest.mark.parametrize("name, state, letter", CELLS, ids=[f"{name}-{state}" for name, state, _ in CELLS])
def test_a_command_is_carried_out_in_its_states_and_refused_in_all_others(name, state, letter):
    refused = ANSWERS[letter]
    evening = evening_in(state)
    neighbour = len(evening.dialogue.questions) + 1
    evening.play(do.Ask("Giá nước sạch bao nhiêu?"))
    if name == "before":
        evening.play(do.Approve(neighbour, queue=False))
    command = COMMANDS[name]
    if isinstance(command, do.Merge | do.Place):
        named = [field.name for field in dataclasses.fields(command) if getattr(command, field.name) == 9]
        moved: dict[str, Any] = dict.fromkeys(named, neighbour)
        command = dataclasses.replace(command, **moved)
    before = evening.dialogue
    answer = evening.send(command)
    if refused is None:
        assert not isinstance(answer, Refused), answer
        assert bool(answer) is (letter == "v"), "a command that is carried out leaves a fact"
    else:
        assert isinstance(answer, Refused)
        assert answer.code is refused
        assert evening.dialogue is before


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_question_that_is_not_there_is_not_found(name):
    evening = play(*OPENED)
    command = COMMANDS[name]
    if name in {"merge_into", "before"}:
        evening.play(do.Ask("Giá nước sạch bao nhiêu?"))
        command = do.Merge(1, into=7) if name == "merge_into" else do.Place(7)
    assert evening.refusal(command) is Code.NOT_FOUND


@pytest.mark.parametrize(
    "back, state",
    [
        (do.ReleaseReview(1), Q.IN_REVIEW),
        (do.Reopen(1), Q.APPROVED),
        (do.SetAside(1), Q.QUEUED),
        (do.TakeOffDeck(1, "Người hỏi xin đợi"), Q.ON_DECK),
        (do.ReturnToQueue(1), Q.ON_STAGE),
        (do.Unmerge(1), Q.MERGED),
        (do.Reopen(1), Q.REFUSED),
        (do.Reopen(1), Q.REROUTED),
        (do.Reopen(1), Q.WITHDRAWN),
    ],
)
def test_every_arrow_before_an_outcome_has_an_arrow_back_to_waiting(back, state):
    question = evening_in(state).play(back).dialogue.questions[1]
    assert question.waiting
    assert question.seat == HANH.id
    assert (question.reason, str(question.closing), str(question.agency), question.merged_into) == (None, "", "", None)


@pytest.mark.parametrize(
    "back, state", [(do.Unmerge(1), Q.MERGED), (do.Reopen(1), Q.REFUSED), (do.Reopen(1), Q.WITHDRAWN)]
)
def test_nothing_goes_back_to_waiting_once_the_dialogue_is_closed(back, state):
    evening = evening_in(state)
    if state is Q.MERGED:
        evening.play(do.Approve(2), do.CallNext(), do.GiveOutcome(2, Outcome.ANSWERED))
    evening.play(*CLOSED)
    assert evening.refusal(back) is Code.WRONG_STATE
    assert evening.play(do.MoveDialogue(DialogueState.CLOSING, "Còn một câu"), back).dialogue.questions[1].waiting


@pytest.mark.parametrize(
    "leaving", [do.Withdraw(2), dataclasses.replace(REFUSED, question=2), dataclasses.replace(REROUTED, question=2)]
)
def test_those_merged_into_a_question_that_leaves_unanswered_are_read_again(leaving):
    """Five neighbours must not lose their question because the first of them takes hers back."""
    evening = evening_in(Q.MERGED).play((TUAN, do.Ask("Cầu hỏng, đi học bằng gì?")), do.Merge(3, into=2), leaving)
    questions = evening.dialogue.questions
    assert [questions[number].state for number in (1, 3)] == [Q.RECEIVED, Q.RECEIVED]
    assert not questions[2].waiting
    assert questions[2].merged == ()
