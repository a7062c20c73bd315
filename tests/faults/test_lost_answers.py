"""An answer that was never heard, or was asked for on two lines at once: one effect, and the same answer to all."""

import json
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.born import Cradle
from tests.faults.hall import Hall
from tests.faults.phones import CUT, Phone, together

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall.prepare(tmp_path / "data", phones=5, deaf=0.4)


@pytest.fixture
def server(hall: Hall) -> Iterator[Cradle]:
    with Cradle(hall.data_dir) as server:
        server.born()
        yield server


def test_every_op_whose_answer_was_lost_is_answered_in_the_end(hall: Hall, server: Cradle) -> None:
    for _ in range(3):
        for thread in hall.busy_with(server, 20, random.Random(2)):
            thread.join()
    hall.converge(server)
    asked = [told for phone in hall.phones for told in phone.asked]
    accepted = [told for told in asked if told.accepted]
    server.kill()
    dialogue = hall.check()
    assert len(accepted) == len(dialogue.questions) > 20
    numbers = [told.answer["receipt"]["number"] for told in accepted if told.answer]
    assert sorted(numbers) == sorted(dialogue.questions)


def test_an_answer_cut_off_behind_the_commit_is_the_same_when_asked_for_again(hall: Hall, server: Cradle) -> None:
    """The line is cut as soon as the disk has it; the next server, too, knows the answer."""
    phone = hall.phones[0]
    ask = {"op": "cut", "do": "ask", "text": "Bao giờ sửa cầu?"}
    server.kill()
    server.born("after_commit")
    with pytest.raises(CUT):
        said(phone, server, ask)
    server.gone()
    server.born()
    answers = [said(phone, server, ask) for _ in range(3)]
    assert answers[0]["receipt"]["number"] == 1
    assert answers[1:] == answers[:1] * 2
    assert said(phone, server, ask | {"text": "Chuyện khác"})["code"] == "other_body"
    server.kill()
    assert len(hall.check().questions) == 1


def test_the_same_op_on_two_lines_at_once_has_one_effect_and_two_equal_answers(hall: Hall, server: Cradle) -> None:
    phone, answers = hall.phones[0], list[dict[str, Any]]()
    for round_ in range(3):
        ask = {"op": f"twice-{round_}", "do": "ask", "text": f"Câu {round_}"}
        gate = threading.Barrier(4)

        def say(ask: dict[str, Any] = ask, gate: threading.Barrier = gate) -> None:
            with phone.connect(server) as socket:
                gate.wait(10)
                answers.append(answered(socket, ask))

        for thread in together(threading.Thread(target=say) for _ in range(4)):
            thread.join()
        assert answers == answers[:1] * 4
        assert "receipt" in answers[0]
        answers.clear()
    server.kill()
    assert len(hall.check().questions) == 3


def answered(socket: Any, command: dict[str, Any]) -> dict[str, Any]:
    socket.send(json.dumps(command))
    while True:
        message: dict[str, Any] = json.loads(socket.recv(timeout=10))
        if command["op"] in (message.get("ok"), message.get("refused")):
            return message


def said(phone: Phone, server: Cradle, command: dict[str, Any]) -> dict[str, Any]:
    with phone.connect(server) as socket:
        return answered(socket, command)
