"""Each command is answered once; everything else has a name."""

from random import Random
from typing import Any

import msgspec
import pytest

from server.crowd.outbox import LONGEST, PATIENCE, SHORTEST, Op, Outbox, Told, pause

RECEIPT = {"number": 7, "code": "ABCD-EFGH", "url": "/r/ABCD-EFGH"}


def ok(op: Op, n: int = 3) -> dict[str, Any]:
    return {"ok": op.id, "n": n, "receipt": RECEIPT}


@pytest.fixture
def op() -> Op:
    return Op("ask", {"text": "Bao giờ sửa cầu?"}, due=0.0)


@pytest.fixture
def outbox(op: Op) -> Outbox:
    outbox = Outbox(Random(3))
    outbox.put(op)
    return outbox


def test_a_command_is_sent_once_until_patience_ends(outbox: Outbox, op: Op) -> None:
    assert outbox.to_send(1.0) == [op]
    assert outbox.to_send(2.0) == []
    assert outbox.to_send(1.0 + PATIENCE) == [op]
    assert msgspec.json.decode(op.words()) == {"op": op.id, "do": "ask", "text": "Bao giờ sửa cầu?"}


def test_a_new_line_sends_what_is_unanswered_with_the_same_id(outbox: Outbox, op: Op) -> None:
    outbox.to_send(1.0)
    outbox.new_line()
    assert outbox.to_send(1.5) == [op]
    assert op.sent == 2


def test_busy_waits_as_long_as_it_is_told(outbox: Outbox, op: Op) -> None:
    outbox.to_send(1.0)
    assert outbox.answered({"busy": op.id, "after_ms": 800}, 1.1) == (Told.BUSY, op)
    assert outbox.to_send(1.8) == []
    assert outbox.to_send(1.1 + 0.8 + SHORTEST) == [op]


def test_who_is_told_busy_again_and_again_comes_more_and_more_rarely_and_never_with_the_others() -> None:
    dice = Random(3)
    pauses = [[pause(attempt, dice) for _ in range(500)] for attempt in range(12)]
    for attempt, some in enumerate(pauses):
        ceiling = min(LONGEST, SHORTEST * 2**attempt)
        assert 0 <= min(some) < ceiling / 10, "some are back at once"
        assert ceiling * 0.9 < max(some) <= ceiling, "and they are spread over all of the window"
    outbox, op = Outbox(Random(3)), Op("ask", {}, due=0.0)
    outbox.put(op)
    waits = []
    for _ in range(200):
        outbox.new_line()
        outbox.to_send(0.0)
        outbox.answered({"busy": op.id, "after_ms": 800}, 0.0)
        waits.append(op.again_at)
    assert min(waits) >= 0.8, "never before the time that was told"
    assert max(waits[:2]) < 0.8 + 2 * SHORTEST
    assert max(waits) > 0.8 + LONGEST * 0.9


def test_the_first_answer_settles(outbox: Outbox, op: Op) -> None:
    outbox.to_send(1.0)
    assert outbox.answered(ok(op), 1.1) == (Told.DONE, op)
    assert not outbox.waiting
    assert outbox.to_send(99.0) == []


@pytest.mark.parametrize("sendings, second, told", [(2, 3, Told.AGAIN), (2, 4, Told.OTHERWISE), (1, 3, Told.TWICE)])
def test_a_second_answer_is_the_same_another_or_one_too_many(
    outbox: Outbox, op: Op, sendings: int, second: int, told: Told
) -> None:
    for _ in range(sendings):
        outbox.new_line()
        outbox.to_send(1.0)
    outbox.answered(ok(op), 1.1)
    assert outbox.answered(ok(op, second), 1.2) == (told, op)


def test_a_refusal_settles_and_a_strangers_answer_does_not(outbox: Outbox, op: Op) -> None:
    outbox.to_send(1.0)
    assert outbox.answered({"ok": "nobody", "n": 1}, 1.1) == (Told.STRAY, None)
    assert outbox.answered({"refused": op.id, "code": "closed", "say": "-"}, 1.1) == (Told.REFUSED, op)
