"""An evening in which anybody presses anything, as Hypothesis chooses; what must hold after it is in test_laws."""

import dataclasses
from datetime import timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from live import commands as do
from live import minutes, notice
from live.dialogue import Dialogue
from live.differences import changes
from live.entries import ClockStarted, ClockStopped, Fact, QuestionReceived, RefusalAppealed
from live.lineup import Drawn
from live.mine import own
from live.refusals import Refused
from live.remote_voice import REMOTE_VOICE
from live.rulebook import Moment
from live.seats import Audience, Seat
from live.states import Channel, DialogueState, MinutesState, Outcome, TurnState
from live.touched import ground, touched
from live.views import view
from tests.cast import ANNOUNCED, HANH, MACHINE, MINUTES_APPROVED, SIGNED, TUAN, Evening, play, usual
from tests.live import evenings as some
from tests.live.page import Page

T = TypeVar("T")


def aimed(states: list[T], name: str) -> T:
    """One of the states one can go to, told by any name; always the same for the same name."""
    return states[len(name) % len(states)]


def dialogue_moves(dialogue: Dialogue) -> frozenset[DialogueState]:
    return notice.MOVES[dialogue.state]


def minutes_moves(dialogue: Dialogue) -> frozenset[MinutesState]:
    return minutes.MOVES[dialogue.minutes.state]


class PressedEvening(RuleBasedStateMachine):
    """Random commands; `pages` are listeners who came at the start and got every patch since."""

    @initialize(
        start=st.sampled_from([DialogueState.OPEN, DialogueState.OPEN, DialogueState.READY, DialogueState.REHEARSAL])
    )
    def begin(self, start: DialogueState) -> None:
        asked = ((TUAN, do.Ask("[câu đầu]")), (HANH, do.Ask("[câu sau]")))
        self.evening: Evening = play(*ANNOUNCED, *asked, do.MoveDialogue(start), do.Approve(1))
        self.pages = {audience: Page(view(self.evening.dialogue, audience)) for audience in Audience}
        self.history: list[Dialogue] = [self.evening.dialogue]
        self.left_at = self.evening.dialogue
        self.asked = 0
        self.seconds_ran = timedelta()
        self.floor_ran = timedelta()

    def send(self, command: do.Command, seat: Seat | None) -> None:
        before, count = self.evening.dialogue, len(self.evening.entries)
        moment = Moment(self.evening.now, "a token")
        seat = seat or usual(command)
        assert before.decide(command, seat, moment) == before.decide(command, seat, moment), "no clock, no dice"
        answer = self.evening.send(command, seat)
        if isinstance(answer, Refused):
            assert self.evening.dialogue is before
            assert answer.say("vi").endswith(".")
            assert answer.say("en").endswith(".")
        for entry in self.evening.entries[count:]:
            self.follow(before, before := before.apply(entry), entry.fact)

    def follow(self, before: Dialogue, after: Dialogue, fact: Fact) -> None:
        if isinstance(fact, RefusalAppealed):
            assert not before.questions[fact.question].dossier.appealed, "a refusal is appealed once"
        if isinstance(fact, QuestionReceived):
            assert fact.seat not in before.suspended, "something new was taken from a suspended phone"
        for audience, page in self.pages.items():
            page.patch(changes(view(before, audience), view(after, audience)))
        anew = dataclasses.replace(after, drawn=Drawn())
        assert view(after, Audience.MODERATOR) == view(anew, Audience.MODERATOR), "an older card or line was believed"
        told = touched(ground(before), ground(after))
        for seat in {*before.asked, *after.asked} - set(told):
            phone = Seat(seat, Audience.PHONE)
            assert own(before, phone) == own(after, phone), "an asker's own questions changed, and nobody would be told"
        self.history.append(after)
        if before.before_rehearsal is not None and after.before_rehearsal is None:
            self.floor_ran = timedelta()
        stopped = isinstance(fact, ClockStopped)
        restarted = (
            isinstance(fact, ClockStarted)
            and before.turn is not None
            and (before.turn.part is not fact.part or before.turn.state is TurnState.CALLED)
        )
        if restarted or (after.turn is None) or before.turn is None or before.turn.question != after.turn.question:
            self.seconds_ran = timedelta()
        elif stopped:
            assert after.turn.state is TurnState.PAUSED

    def aim(self, command: do.Command) -> do.Command:
        """The same at a question, line or state that is there: most of what people press makes some sense."""
        dialogue = self.evening.dialogue
        lines = list(dialogue.lines)
        match command:
            case do.MoveDialogue():
                return dataclasses.replace(command, to=aimed(sorted(dialogue_moves(dialogue)), command.to.name))
            case do.MoveMinutes() if minutes_moves(dialogue):
                return dataclasses.replace(command, to=aimed(sorted(minutes_moves(dialogue)), command.to.name))
            case (
                do.EditLine()
                | do.AttributeLine()
                | do.LinkLine()
                | do.StrikeLine()
                | do.RestoreLine()
                | do.TakeReading()
                | do.GiveBackReading()
            ) if lines:
                return dataclasses.replace(command, line=lines[command.line % len(lines)])
            case do.Merge() if count := len(dialogue.questions):
                return do.Merge(1 + command.question % count, 1 + command.into % count)
            case do.Unmerge() if merged := [q.number for q in dialogue.questions.values() if q.merged_into]:
                return do.Unmerge(merged[command.question % len(merged)])
            case do.Undo() if acts := [act.n for own in dialogue.acts.values() for act in own]:
                return do.Undo(acts[-1 - command.act % len(acts)])
            case do.GiveOutcome() | do.ReturnToQueue() if dialogue.turn:
                return dataclasses.replace(command, question=dialogue.turn.question)
        return command

    @rule(seat=some.askers, channel=some.channels, named=st.booleans(), card=st.none() | st.integers(1, 3))
    def asks(self, seat: Seat, channel: Channel, named: bool, card: int | None) -> None:
        if len(self.evening.dialogue.questions) < some.QUESTIONS:
            self.asked += 1
            asked = do.Ask(f"[câu {self.asked}]", "", channel, f"[tên {self.asked}]", "buôn Krông", named, card=card)
            self.send(dataclasses.replace(asked, read_back=named), seat)

    @rule(seat=some.askers, called=st.booleans(), reason=some.words)
    def speaks(self, seat: Seat, called: bool, reason: str) -> None:
        """From a raised hand, or at the microphone at once."""
        turn = self.evening.dialogue.turn
        if len(self.evening.dialogue.questions) < some.QUESTIONS:
            self.asked += 1
            about, on_stage = f"[câu {self.asked}]", turn.question if turn else None
            speaker = do.CallSpeaker(about, f"[tên {self.asked}]", expect_current=on_stage, reason=reason)
            self.send(speaker if called else do.RaiseHand("", about), None if called else seat)

    @precondition(lambda self: self.evening.dialogue.turn)
    @rule(
        press=st.sampled_from([do.OpenMicrophone, do.OpenMicrophone, do.CloseMicrophone, do.AgreeToVoice]),
        on=st.booleans(),
    )
    def speaks_from_a_phone(self, press: type[do.Command], on: bool) -> None:
        """Whoever leads opens and closes; the asker on the floor agrees, or does not."""
        turn = self.evening.dialogue.turn
        assert turn is not None
        if press is do.AgreeToVoice:
            asker = self.evening.dialogue.questions[turn.question].seat
            self.send(do.AgreeToVoice(turn.question, on), Seat(asker, Audience.PHONE))
        else:
            self.send(
                (do.OpenMicrophone(turn.question) if press is do.OpenMicrophone else do.CloseMicrophone(turn.question)),
                None,
            )
        self.send(do.StartRecording(REMOTE_VOICE), MACHINE)
        self.send(do.StopRecording(REMOTE_VOICE), MACHINE)

    @rule(question=some.questions, redacted=st.booleans(), fresh=st.booleans())
    def edits(self, question: int, redacted: bool, fresh: bool) -> None:
        self.asked += 1
        there = self.evening.dialogue.questions.get(question)
        revision = there.revision if there and fresh else 1
        self.send(do.Edit(question, f"[sửa {self.asked}]", revision, redacted), None)

    @rule(pressed=some.presses(some.reading | some.ordering))
    def read_and_order(self, pressed: list[some.Press]) -> None:
        for seat, command in pressed:
            self.send(self.aim(command), seat)

    @rule(pressed=some.presses(some.backstage))
    def prepare(self, pressed: list[some.Press]) -> None:
        for seat, command in pressed:
            self.send(self.aim(command), seat)

    @rule(seat=some.seats, blind=st.booleans(), pressed=some.presses(some.flooring | some.timing))
    def lead_the_floor(self, seat: Seat | None, blind: bool, pressed: list[some.Press]) -> None:
        turn = self.evening.dialogue.turn
        self.send(do.CallNext(turn.question if turn and not blind else None), seat)
        for sender, command in pressed:
            self.wait(7)
            self.send(command, sender)

    @precondition(lambda self: self.evening.dialogue.turn is not None)
    @rule(command=some.flooring)
    def give_the_floor_back(self, command: do.Command) -> None:
        self.send(self.aim(command), None)

    @rule(pressed=some.presses(some.sounding | some.promising | some.lines))
    def record(self, pressed: list[some.Press]) -> None:
        for seat, command in pressed:
            self.send(self.aim(command), seat)

    @rule(source=some.sources, length=st.integers(1, 5), told_twice=st.booleans())
    def hears(self, source: str, length: int, told_twice: bool) -> None:
        start = 0 if told_twice else self.evening.heard.get(source, 0)
        end = start + length * 16_000
        self.evening.heard[source] = max(end, self.evening.heard.get(source, 0))
        self.send(do.StartRecording(source), None)
        self.send(do.Hear(source, 1, start, start, end, "kính thưa", "Kính thưa"), None)

    @rule(pressed=some.presses(some.signing | some.moving))
    def move_on(self, pressed: list[some.Press]) -> None:
        for seat, command in pressed:
            self.send(self.aim(command), seat)

    @precondition(lambda self: len(self.history) > 25)
    @rule()
    def wind_up(self) -> None:
        """Give everything that waits an outcome and close, as the law of the house demands."""
        self.send(do.MoveDialogue(DialogueState.CLOSING), None)
        for number, question in self.evening.dialogue.questions.items():
            if question.waiting:
                self.send(do.Approve(number), None)
                self.send(do.GiveOutcome(number, Outcome.FORWARDED_UP, "UBND tỉnh", reason="Hết giờ"), None)
        self.send(do.MoveDialogue(DialogueState.CLOSED), None)

    @precondition(lambda self: self.evening.dialogue.closed_at is not None)
    @rule(steps=st.integers(1, 5))
    def sign(self, steps: int) -> None:
        for command in (*MINUTES_APPROVED, *SIGNED, do.MoveMinutes(MinutesState.PUBLISHED))[:steps]:
            self.send(command, None)

    @rule(length=st.integers(1, 150))
    def wait(self, length: int) -> None:
        turn = self.evening.dialogue.turn
        self.evening.now += timedelta(seconds=length)
        if turn is not None and turn.running_since is not None:
            self.seconds_ran += timedelta(seconds=length)
            self.floor_ran += timedelta(seconds=length)

    @rule()
    def comes_back_after_a_while(self) -> None:
        """A page that was left a while ago, and the difference to now in one patch."""
        for audience in Audience:
            left, now = view(self.left_at, audience), view(self.evening.dialogue, audience)
            assert Page(left).patch(changes(left, now)) == Page(now)
        self.left_at = self.evening.dialogue
