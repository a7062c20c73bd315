"""Facts as an older version wrote them: what was added since stands at its default, so that the evening replays."""

from datetime import date

import pytest

from live.entries import (
    CaptionsHidden,
    CommitmentMoved,
    CommitmentNoted,
    CommitmentReworded,
    Fact,
    MinutesEdited,
    QuestionCalled,
    QuestionPlaced,
    QuestionPutOnDeck,
    QuestionReceived,
    QuestionReturned,
    QuestionTakenOffDeck,
    SegmentHeard,
    SoundLost,
)
from live.states import Channel, CommitmentState, Role
from live.texts import NOTHING, Sealed
from server.store.codec import decode

RECEIVED = (
    '{"question":1,"seat":"a","entered_by":"","channel":"online","name":"","locality":"","publish_name":false,'
    '"text":"","topic":"","receipt":""}'
)
HEARD = (
    '{"source":"hall","run":1,"seq":2,"start":0,"end":160,"raw":"","text":"","times":[],"salvaged":false,'
    '"question":null,"role":"unknown"}'
)
EMPTY = Sealed("")


@pytest.mark.parametrize(
    "kind, body, fact",
    [
        (
            "question_received",
            RECEIVED,
            QuestionReceived(
                1, "a", "", Channel.ONLINE, EMPTY, EMPTY, False, EMPTY, EMPTY, EMPTY, NOTHING, None, False
            ),
        ),
        ("question_placed", '{"question":1,"before":2}', QuestionPlaced(1, 2, NOTHING)),
        ("question_put_on_deck", '{"question":1}', QuestionPutOnDeck(1, NOTHING)),
        ("question_taken_off_deck", '{"question":1}', QuestionTakenOffDeck(1, NOTHING)),
        (
            "question_called",
            '{"question":1,"supports":3,"heard":[["hall",16000]]}',
            QuestionCalled(1, 3, (("hall", 16_000),), NOTHING, (), at_once=False),
        ),
        (
            "question_returned",
            '{"question":1,"absent":false,"heard":[]}',
            QuestionReturned(1, absent=False, exactly=False),
        ),
        ("sound_lost", '{"source":"hall","start":0,"end":160}', SoundLost("hall", 0, 160, None)),
        ("captions_hidden", "{}", CaptionsHidden(by_trial=False)),
        (
            "segment_heard",
            HEARD,
            SegmentHeard("hall", 1, 2, 0, 160, EMPTY, EMPTY, (), False, None, Role.UNKNOWN, speaker=NOTHING),
        ),
        (
            "commitment_noted",
            '{"commitment":1,"text":"","agency":"","due":"2026-06-30","question":null}',
            CommitmentNoted(1, EMPTY, EMPTY, date(2026, 6, 30), None, NOTHING, NOTHING),
        ),
        (
            "commitment_reworded",
            '{"commitment":1,"text":"","agency":""}',
            CommitmentReworded(1, EMPTY, EMPTY, NOTHING, NOTHING),
        ),
        (
            "commitment_moved",
            '{"commitment":1,"to":"confirmed","note":""}',
            CommitmentMoved(1, CommitmentState.CONFIRMED, EMPTY, NOTHING, NOTHING),
        ),
        ("minutes_edited", '{"block":"opening","text":""}', MinutesEdited("opening", EMPTY, emptied=False)),
    ],
)
def test_what_was_written_before_a_field_was_added_is_read_with_its_default(kind: str, body: str, fact: Fact):
    assert decode(kind, body, {}) == fact
