"""Each command is answered once; everything else has a name."""

from typing import Any

import msgspec
import pytest

from server.crowd.outbox import PATIENCE, Op, Outbox, Told

RECEIPT = {"number": 7, "code": "ABCD-EFGH", "url": "/r/ABCD-EFGH"}


def ok(op: Op, n: int = 3) -> dict[str, Any]:
    return {"ok": op.id, "n": n, "receipt": RECEIPT}


@pytest.fixture
def op() -> Op:
    return Op("ask", {"text": "Bao giờ sửa cầu?"}, due=0.0)


@pytest.fixture
def outbox(op: Op) -> Outbox:
    outbox = Outbox()
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
    assert outbox.to_send(1.95) == [op]


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
