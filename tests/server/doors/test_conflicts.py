"""Somebody was quicker: each such refusal, by form, by fetch and by socket, brings the question as it stands now."""

from collections.abc import Iterator
from typing import Any

import pytest

from live import commands as do
from live.states import Outcome, RefusalReason
from tests.cast import CLERK, SECOND_MODERATOR
from tests.serving import Served
from tests.visitors import Visitor, browser, open_dialogue, staff_cookie

EDIT = {"question": "1", "text": "Bản tôi vừa gõ?", "revision": "1"}
REFUSE = {"question": "1", "reason": "insult", "sentence": "Câu tôi vừa gõ cho người hỏi."}
MEANWHILE: dict[str, tuple[tuple[do.Command, ...], str, dict[str, str], str, str]] = {
    "a stale revision": ((do.Edit(1, "Bản của người khác?", 1),), "edit", EDIT, "stale", "received"),
    "just withdrawn": ((do.Withdraw(1),), "refuse", REFUSE, "wrong_state", "withdrawn"),
    "just approved by another": ((do.Approve(1),), "approve", {"question": "1"}, "wrong_state", "queued"),
    "held by another": ((do.StartReview(1),), "refuse", REFUSE, "claimed", "in_review"),
    "moved to a locked place": (
        (do.Approve(1), do.Approve(2), do.PutOnDeck(1)),
        "place",
        {"question": "2", "before": "1"},
        "locked",
        "on_deck",
    ),
    "moving what is locked": ((do.Approve(1), do.PutOnDeck(1)), "place", {"question": "1"}, "locked", "on_deck"),
    "an outcome off the floor": (
        (do.Approve(1),),
        "give_outcome",
        {"question": "1", "outcome": "answered", "note": "Ghi chú tôi vừa gõ"},
        "wrong_state",
        "queued",
    ),
    "the stage went on": (
        (do.Approve(1), do.CallNext()),
        "call_next",
        {"expect_current": ""},
        "stage_changed",
        "on_stage",
    ),
    "back from a stage it has left": (
        (do.Approve(1), do.SetAside(1)),
        "return_to_queue",
        {"question": "1"},
        "stage_changed",
        "approved",
    ),
    "merged meanwhile": ((do.Merge(1, into=2),), "refuse", REFUSE, "wrong_state", "merged"),
}
CASES = pytest.mark.parametrize("meanwhile, command, fields, code, state", MEANWHILE.values(), ids=list(MEANWHILE))


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    with Served(tmp_path) as served:
        room = open_dialogue(served)
        for text in ("Bao giờ sửa cầu?", "Bao giờ có nước?"):
            served.run(room.handle(do.Ask(text), CLERK))
        yield served


def happen(served: Served, commands: tuple[do.Command, ...]) -> int:
    room = served.run(served.parts.rooms.get("TEST01"))
    assert room is not None
    for command in commands:
        served.run(room.handle(command, SECOND_MODERATOR))
    return room.n


def expected(answer: dict[str, Any], code: str, state: str) -> None:
    assert answer["code"] == code
    assert answer["row"]["state"] == state
    assert answer["row"]["number"] in {1, 2}
    assert answer["row"]["text"]
    assert answer["say"].endswith(".")


@CASES
def test_by_socket(served, meanwhile, command, fields, code, state):
    with Visitor(served, staff_cookie(served, "moderator"), "moderator") as page:
        n = happen(served, meanwhile)
        expected(page.send(command, **fields), code, state)
    assert happen(served, ()) == n, "a refusal changes nothing"


@CASES
def test_by_fetch(served, meanwhile, command, fields, code, state):
    happen(served, meanwhile)
    with browser(served, staff_cookie(served, "moderator"), Accept="application/json") as client:
        answer = client.post(f"/d/TEST01/do/{command}", data={"as": "moderator", "op": "op-1", **fields})
    assert answer.status_code == 409
    expected(answer.json(), code, state)


@CASES
def test_by_a_form_without_script_the_typed_words_are_still_there(served, meanwhile, command, fields, code, state):
    happen(served, meanwhile)
    with browser(served, staff_cookie(served, "moderator")) as client:
        answer = client.post(f"/d/TEST01/do/{command}", data={"as": "moderator", **fields})
    assert answer.status_code == 409
    for value in fields.values():
        assert value in answer.text


def test_a_phone_is_never_told_the_row(served):
    """What is not public reaches staff and its asker only."""
    happen(served, (do.Refuse(1, RefusalReason.INSULT, "Lời lẽ"),))
    with Visitor(served) as page:
        answer = page.send("support", question=1)
    assert "row" not in answer


def test_an_outcome_given_twice_is_one(served):
    happen(served, (do.Approve(1), do.CallNext(), do.GiveOutcome(1, Outcome.ANSWERED)))
    with Visitor(served, staff_cookie(served, "moderator"), "moderator") as page:
        assert "ok" in page.send("give_outcome", question=1, outcome="answered")
