"""Facts as an older version wrote them: what was added since stands at its default, so that the evening replays."""

from datetime import date

import pytest

from live.entries import (
    CommitmentMoved,
    CommitmentNoted,
    CommitmentReworded,
    Fact,
    QuestionCalled,
    QuestionPlaced,
    QuestionPutOnDeck,
    QuestionReceived,
    QuestionReturned,
    QuestionTakenOffDeck,
)
from live.states import Channel, CommitmentState
from live.texts import NOTHING, Sealed
from server.store.codec import decode

RECEIVED = (
    '{"question":1,"seat":"a","entered_by":"","channel":"online","name":"","locality":"","publish_name":false,'
    '"text":"","topic":"","receipt":""}'
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
            QuestionCalled(1, 3, (("hall", 16_000),), NOTHING, ()),
        ),
        (
            "question_returned",
            '{"question":1,"absent":false,"heard":[]}',
            QuestionReturned(1, absent=False, exactly=False),
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
    ],
)
def test_what_was_written_before_a_field_was_added_is_read_with_its_default(kind: str, body: str, fact: Fact):
    assert decode(kind, body, {}) == fact
