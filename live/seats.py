"""Seats, their audiences, and the one table of who may do what."""

from dataclasses import dataclass
from enum import StrEnum

from live import commands as do


class Audience(StrEnum):
    """The kind of page a seat looks at; it decides what is seen and what may be done."""

    PHONE = "phone"
    MODERATOR = "moderator"
    STAGE = "stage"
    CHAIR = "chair"
    CLERK = "clerk"
    SECRETARY = "secretary"
    AGENCY = "agency"
    PUBLIC = "public"
    MACHINE = "machine"  # the recorder and the recogniser; no person ever sits here


REHEARSES = "rehearsal:"
"""What the id of a seat begins with that was taken for a rehearsal alone; no other seat's does."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's or one screen's place in a dialogue.

    `id` is empty for somebody who only looks. `name` and `locality` are as the person gave them;
    `publish_name` is their consent to be named in public (default: "a citizen in ...").
    `agency` is whom somebody in an agency's seat speaks for; it is empty for everybody else. `site` is the linked site
    (điểm cầu) where a clerk sits or a phone joined; empty in the main hall and elsewhere. `rehearsing`: a phone that
    takes part in a rehearsal, and in nothing else. `by_message`: a phone that sends text messages and sees no page.
    """

    id: str
    audience: Audience
    name: str = ""
    locality: str = ""
    publish_name: bool = False
    agency: str = ""
    site: str = ""
    rehearsing: bool = False
    by_message: bool = False

    @property
    def staff(self) -> bool:
        return self.audience not in {Audience.PHONE, Audience.PUBLIC, Audience.STAGE}


_FLOOR = frozenset({Audience.MODERATOR, Audience.CHAIR})
_DESK = frozenset({Audience.MODERATOR, Audience.CHAIR, Audience.SECRETARY})
_WORDS = frozenset({Audience.SECRETARY})
_MACHINE = frozenset({Audience.MACHINE})

ALLOWED: dict[type[do.Command], frozenset[Audience]] = {
    do.Describe: _FLOOR,
    do.MoveDialogue: _FLOOR,
    do.Ask: frozenset({Audience.PHONE, Audience.CLERK, Audience.MODERATOR, Audience.SECRETARY}),
    do.RaiseHand: frozenset({Audience.PHONE}),
    do.CallSpeaker: _FLOOR,
    do.Withdraw: frozenset({Audience.PHONE, Audience.CLERK, Audience.MODERATOR}),
    do.Support: frozenset({Audience.PHONE}),
    do.StartReview: frozenset({Audience.MODERATOR}),
    do.ReleaseReview: frozenset({Audience.MODERATOR}),
    do.Approve: frozenset({Audience.MODERATOR}),
    do.Refuse: frozenset({Audience.MODERATOR}),
    do.Reopen: frozenset({Audience.MODERATOR}),
    do.Edit: frozenset({Audience.MODERATOR}),
    do.Merge: frozenset({Audience.MODERATOR}),
    do.Unmerge: frozenset({Audience.MODERATOR}),
    do.Reroute: _FLOOR,
    do.NameSpeaker: frozenset({Audience.CLERK, Audience.MODERATOR, Audience.SECRETARY}),
    do.DeclareMixing: _FLOOR,
    do.ShowSupports: _FLOOR,
    do.Call: _FLOOR,
    do.OpenMicrophone: _FLOOR,
    do.CloseMicrophone: _FLOOR,
    do.AgreeToVoice: frozenset({Audience.PHONE}),
    do.PrintCard: frozenset({Audience.CLERK, Audience.MODERATOR}),
    do.SetReasons: _FLOOR,
    do.Suspend: frozenset({Audience.MODERATOR}),
    do.Readmit: frozenset({Audience.MODERATOR}),
    do.AppealSuspension: frozenset({Audience.PHONE}),
    do.SetAsking: _FLOOR,
    do.SetSites: _FLOOR,
    do.SeatClerk: _FLOOR,
    do.SendMessage: _DESK | {Audience.CLERK},
    do.Acknowledge: _DESK | {Audience.CLERK},
    do.RewordCommitment: _DESK,
    do.ShowOverlay: _FLOOR,
    do.HideOverlay: _FLOOR,
    do.ScaleStage: _FLOOR,
    do.FreezeStage: _FLOOR,
    do.ThawStage: _FLOOR,
    do.TakeOver: frozenset({Audience.MODERATOR}),
    do.AddToQuestion: frozenset({Audience.PHONE, Audience.CLERK, Audience.MODERATOR}),
    do.Appeal: frozenset({Audience.PHONE, Audience.CLERK}),
    do.JudgeAnswer: frozenset({Audience.PHONE, Audience.CLERK}),
    do.NoteOn: _FLOOR,
    do.StrikeNote: _FLOOR,
    do.Label: frozenset({Audience.MODERATOR}),
    do.Unlabel: frozenset({Audience.MODERATOR}),
    do.OpenOriginal: frozenset({Audience.MODERATOR}),
    do.OpenContact: _DESK | {Audience.AGENCY},
    do.Assign: _FLOOR,
    do.Unassign: _FLOOR,
    do.PrepareNote: frozenset({Audience.AGENCY}),
    do.AttachPhoto: _MACHINE,
    do.DropPhoto: frozenset({Audience.PHONE, Audience.CLERK, Audience.MODERATOR}),
    do.ShowPhoto: frozenset({Audience.MODERATOR}),
    do.Undo: _FLOOR | {Audience.CLERK},
    do.Place: frozenset({Audience.MODERATOR}),
    do.SetAside: frozenset({Audience.MODERATOR}),
    do.PutOnDeck: frozenset({Audience.MODERATOR}),
    do.TakeOffDeck: frozenset({Audience.MODERATOR}),
    do.CallNext: _FLOOR,
    do.ReturnToQueue: _FLOOR,
    do.GiveOutcome: _FLOOR,
    do.ReportAnswer: _DESK | {Audience.AGENCY},
    do.StartClock: _FLOOR,
    do.StopClock: _FLOOR,
    do.ExtendClock: _FLOOR,
    do.StartRecording: _DESK | _MACHINE,
    do.StopRecording: _DESK | _MACHINE,
    do.SetIntake: _DESK | _MACHINE,
    do.LoseSound: _MACHINE,
    do.SkipSound: _MACHINE,
    do.TryRoom: _MACHINE,
    do.StartRun: _MACHINE,
    do.EndRun: _MACHINE,
    do.Hear: _MACHINE,
    do.HideCaptions: _DESK,
    do.ShowCaptions: _DESK,
    do.WriteLine: _WORDS,
    do.EditLine: _WORDS,
    do.AttributeLine: _WORDS,
    do.LinkLine: _WORDS,
    do.StrikeLine: _WORDS,
    do.RestoreLine: _WORDS,
    do.TakeReading: _WORDS,
    do.GiveBackReading: _WORDS,
    do.SetGlossary: _WORDS,
    do.NoteCommitment: _DESK,
    do.MoveCommitment: _DESK | {Audience.AGENCY},
    do.ExtendCommitment: _DESK,
    do.EditMinutes: _WORDS,
    do.MoveMinutes: frozenset({Audience.SECRETARY, Audience.CHAIR}),
    do.SignMinutes: frozenset({Audience.SECRETARY, Audience.CHAIR}),
}
"""Who may send which command; everybody else is refused with `not_allowed`."""

IN_OWN_NAME: frozenset[type[do.Command]] = frozenset({do.Ask, do.RaiseHand})
"""What a citizen sends with name, place and consents: whoever carries it there reads them anew."""
