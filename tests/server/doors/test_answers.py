"""Every command gets its answer, before the news it makes, whatever goes wrong on the way."""

import json
from typing import Any

import pytest

from live import commands as do
from live.rulebook import RULES
from server.doors import access
from server.rooms.room import COME_BACK_MS, FULL_MS, Room
from server.rooms.waiting_line import WaitingLine
from tests.cast import MODERATOR
from tests.serving import Served
from tests.visitors import Visitor, browser, citizen_cookie


def broken(*_: object) -> Any:
    raise ZeroDivisionError("a mistake of ours")


def test_a_mistake_of_ours_costs_nobody_an_answer(served: Served, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither whoever met it, nor the commands behind it on the same line, nor anybody later."""
    sent: list[tuple[str, str, dict[str, object]]] = [
        ("a", "support", {"question": 1}),
        ("b", "ask", {"text": "Bao giờ sửa cầu?"}),
        ("c", "withdraw", {"question": 9}),
    ]
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        with monkeypatch.context() as mistaken:
            mistaken.setitem(RULES, do.Support, broken)
            for op, what, fields in sent:
                phone.socket.send(json.dumps({"op": op, "do": what} | fields))
            assert phone.next("busy", "ok", "refused") == {"busy": "a", "after_ms": COME_BACK_MS}
            assert phone.next("busy", "ok", "refused")["ok"] == "b"
            assert phone.next("busy", "ok", "refused")["code"] == "not_found"
        served.run(room.handle(do.Approve(1), MODERATOR))
        assert "ok" in phone.send("support", question=1, op="a"), (
            "and the same op is decided when the mistake is mended"
        )


def test_a_full_room_says_so_by_either_road_before_it_looks_anybody_up(
    served: Served, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = citizen_cookie(served, "Bà Sáu")
    with Visitor(served, cookie) as phone, browser(served, cookie) as by_form:
        phone.next("caught_up")
        with monkeypatch.context() as crowded:
            crowded.setattr(WaitingLine, "full", True)
            crowded.setattr(access, "seat", broken)
            crowded.setattr(access, "seat_again", broken)
            assert phone.send("ask", text="Bao giờ sửa cầu?", op="a") == {"busy": "a", "after_ms": FULL_MS}
            asked = {"text": "Bao giờ sửa cầu?", "op": "b"}
            answer = by_form.post("/d/TEST01/do/ask", data=asked, headers={"Accept": "application/json"})
            assert (answer.status_code, answer.json()) == (503, {"busy": "b", "after_ms": FULL_MS})
        assert phone.send("ask", text="Bao giờ sửa cầu?", op="a")["ok"] == "a"


def test_the_answer_comes_before_the_news_that_the_command_makes(served: Served, room: Room) -> None:
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        phone.next("caught_up")
        for turn in range(8):
            asked = (
                {"do": "ask", "text": "Bao giờ sửa cầu?"}
                if turn % 2 == 0
                else {"do": "withdraw", "question": turn // 2 + 1}
            )
            phone.socket.send(json.dumps({"op": f"op-{turn}"} | asked))
            first = phone.next("ok", "refused", "busy", "patches")
            assert first.get("ok") == f"op-{turn}"
            assert f"mine-{turn // 2 + 1}" in str(phone.next("patches")), "and then its own page is told"
            phone.socket.send(json.dumps({"ping": turn + 1}))
            while phone.next().get("pong") != turn + 1:
                pass
