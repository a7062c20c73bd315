"""The live page's socket, through the real server: who may open it, what goes up and down, and what never breaks it."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice, repeat

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from live import commands as do
from live.states import DialogueState
from server.doors.pace import TOO_FAST
from server.rooms.room import Room
from tests.cast import MODERATOR
from tests.serving import Served
from tests.visitors import Visitor, citizen_cookie, open_dialogue, staff_cookie
from tests.waiting import until


def closed_with(visitor: Visitor) -> int | None:
    with pytest.raises(ConnectionClosed):
        visitor.next("never")
    return visitor.socket.protocol.close_code


def test_a_question_goes_from_a_phone_to_the_moderator_and_back(served: Served, room: Room) -> None:
    with (
        Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone,
        Visitor(served, staff_cookie(served, "moderator"), "moderator") as moderator,
        Visitor(served) as stranger,
    ):
        for page in (phone, moderator, stranger):
            page.next("caught_up")
        answer = phone.send("ask", text="Bao giờ sửa cầu?")
        assert answer["receipt"]["number"] == 1
        news = moderator.next("patches")
        assert "Bao giờ sửa cầu?" in str(news)
        assert news["after"] < news["n"]
        assert "ok" in moderator.send("approve", question=1)
        assert "Bao giờ sửa cầu?" in str(stranger.next("patches"))


def test_a_page_goes_on_where_it_left_off(served: Served, room: Room) -> None:
    with Visitor(served) as phone:
        epoch, n = phone.next("caught_up")["epoch"], room.n
    served.run(room.handle(do.Ask("Một", name="Ông Ba"), MODERATOR))
    served.run(room.handle(do.Approve(1), MODERATOR))
    with Visitor(served, query=f"&since={n}&epoch={epoch}") as phone:
        missed = phone.next("patches")
        assert missed["after"] <= n < missed["n"]
        assert phone.next("caught_up")["caught_up"] == room.n
    with Visitor(served, query=f"&since={n}&epoch=another") as phone:
        assert {patch[0] for patch in phone.next("patches")["patches"]} == {"fill"}


@pytest.mark.parametrize(
    "audience", ["moderator", "chair", "secretary", "clerk", "agency", "stage", "machine", "king", ""]
)
def test_a_stranger_finds_no_staff_page(served: Served, room: Room, audience: str) -> None:
    with Visitor(served, audience=audience) as stranger:
        assert closed_with(stranger) == 4500


@pytest.mark.parametrize("audience", ["moderator", "chair", "secretary", "clerk", "agency", "machine"])
def test_a_role_opens_its_own_page_only(served: Served, room: Room, audience: str) -> None:
    cookie = staff_cookie(served, "clerk")
    with Visitor(served, cookie, audience) as clerk:
        if audience == "clerk":
            assert clerk.next("caught_up")
        else:
            assert closed_with(clerk) == 4500


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:{port}.evil.test",
        "null",
        "",
    ],
)
def test_only_our_own_pages_may_open_a_socket(served: Served, room: Room, origin: str) -> None:
    with Visitor(served, Origin=origin.format(port=served.port)) as page:
        assert closed_with(page) == 4500


def test_a_citizen_may_not_moderate_nor_withdraw_for_others(served: Served, room: Room) -> None:
    served.run(room.handle(do.Ask("Một", name="Ông Ba"), MODERATOR))
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        assert phone.send("approve", question=1)["code"] == "not_allowed"
        assert (
            phone.send("hear", source="hall", run=1, seq=1, start=0, end=1, raw="x", text="x")["code"] == "not_allowed"
        )
        assert phone.send("withdraw", question=1)["code"] == "not_found"


def test_somebody_who_has_not_joined_is_asked_for_a_name(served: Served, room: Room) -> None:
    with Visitor(served) as stranger:
        assert stranger.send("ask", text="Một")["code"] == "name_missing"


@pytest.mark.parametrize(
    "sent, code",
    [
        ("{", "not_understood"),
        ("[]", "not_understood"),
        ('{"op":"a","do":"fly"}', "not_understood"),
        ('{"do":"ask","text":"không có op"}', "not_understood"),
        ('{"op":"a","do":"ask"}', "not_understood"),
        ('{"op":"a","do":"ask","text":"  \\u200b "}', "empty"),
        ('{"op":"a","do":"ask","text":"%s"}' % ("dài" * 200), "too_long"),
        ('{"op":"a","do":"withdraw","question":99}', "not_found"),
        ('{"op":"a","do":"withdraw","question":1e400}', "not_understood"),
        ('{"op":"a","do":"ask","text":"\\ud800"}', "not_understood"),
        ("[" * 4_000, "not_understood"),
    ],
)
def test_what_is_merely_wrong_gets_a_sentence_and_the_line_stays(
    served: Served, room: Room, sent: str, code: str
) -> None:
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        phone.socket.send(sent)
        answer = phone.next("refused")
        assert answer["code"] == code
        assert answer["say"]
        assert "ok" in phone.send("ask", text="Vẫn hỏi được")
    assert len(room.dialogue.questions) == 1


def test_decomposed_marks_and_unseen_characters_are_cleaned(served: Served, room: Room) -> None:
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        assert "ok" in phone.send("ask", text="Ba\u0301o gi\u01a1\u0300\x07 su\u031b\u0309a\u202e ca\u0302\u0300u?")
    assert str(room.dialogue.questions[1].text) == "Báo giờ sửa cầu?"


@pytest.mark.parametrize("sent", ["x" * 9_000, b"\x00\x01", b"x" * 3_000_000, "x" * 3_000_000], ids=len)
def test_what_no_page_of_ours_sends_ends_that_line_and_harms_no_other(
    served: Served, room: Room, sent: str | bytes
) -> None:
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as neighbour, Visitor(served) as strange:
        strange.socket.send(sent)
        assert closed_with(strange) in {4502, 1009}
        assert "ok" in neighbour.send("ask", text="Vẫn hỏi được")


def test_too_many_commands_are_told_to_come_back(served: Served, room: Room) -> None:
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        answers = [phone.send("support", question=9) for _ in range(25)]
    busy = [answer for answer in answers if "busy" in answer]
    assert len(busy) == 5
    assert all(answer["after_ms"] > 0 for answer in busy)


def test_a_session_that_ended_can_do_nothing_more_on_an_open_socket(served: Served, room: Room) -> None:
    cookie = staff_cookie(served, "moderator")
    with Visitor(served, cookie, "moderator") as moderator:
        assert moderator.send("approve", question=1)["code"] == "not_found"
        served.run(served.parts.people.end_session(cookie.partition("=")[2], room.clock()))
        assert moderator.send("approve", question=1)["code"] == "signed_out"


def test_the_same_op_twice_over_two_sockets_is_one_question(served: Served, room: Room) -> None:
    cookie = citizen_cookie(served, "Bà Sáu")
    with Visitor(served, cookie) as phone, Visitor(served, cookie) as again:
        first, second = (one.send("ask", text="Bao giờ sửa cầu?", op="same") for one in (phone, again))
        assert first == second
    assert len(room.dialogue.questions) == 1


def test_a_closed_dialogue_takes_no_questions_and_says_so(served: Served, room: Room) -> None:
    served.run(room.handle(do.MoveDialogue(DialogueState.CLOSING), MODERATOR))
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as phone:
        answer = phone.send("ask", text="Bao giờ sửa cầu?")
        assert (answer["code"], "vẫn còn đây" in answer["say"]) == ("closed", True)


def test_a_draft_and_an_unknown_dialogue_are_not_there_for_strangers(served: Served) -> None:
    with Visitor(served) as stranger:
        assert closed_with(stranger) == 4500
    open_dialogue(served, to=DialogueState.DRAFT)
    with Visitor(served) as stranger:
        assert closed_with(stranger) == 4500


def test_a_ping_is_answered(served: Served, room: Room) -> None:
    with Visitor(served) as page:
        page.socket.send('{"ping":7}')
        assert page.next("pong") == {"pong": 7}


def flooded(visitor: Visitor, frames: Iterator[Frame]) -> int | None:
    """Send frames as no browser does until the line takes no more; the code with which the server has closed it."""
    with suppress(OSError):
        for _ in range(10_000):
            visitor.socket.socket.sendall(b"".join(frame.serialize(mask=True) for frame in islice(frames, 100)))
    return closed_with(visitor)


@pytest.mark.parametrize("opcode", [Opcode.CONT, Opcode.PING, Opcode.PONG, Opcode.TEXT])
def test_a_flood_of_frames_ends_its_own_line_with_a_reason_and_no_other(
    served: Served, room: Room, opcode: Opcode
) -> None:
    with Visitor(served, citizen_cookie(served, "Bà Sáu")) as neighbour, Visitor(served) as strange:
        first = [Frame(Opcode.TEXT, b"", fin=False)] if opcode is Opcode.CONT else []
        fin = opcode is not Opcode.CONT
        flood = chain(first, repeat(Frame(opcode, b'{"ping":1}' if fin else b"", fin=fin)))
        assert flooded(strange, flood) == (1009 if opcode is Opcode.CONT else TOO_FAST)
        assert "ok" in neighbour.send("ask", text="Vẫn hỏi được")


def test_a_line_that_flooded_is_soon_gone_though_it_goes_on_and_reads_nothing(served: Served, room: Room) -> None:
    with Visitor(served) as strange:
        strange.next("caught_up")
        pings = Frame(Opcode.PING, b"").serialize(mask=True) * 400
        with suppress(OSError):
            strange.socket.socket.sendall(pings)
        until(lambda: served.run(_phones(room)) == 0, "the line to be cut", 20)


async def _phones(room: Room) -> int:
    return len(room.fanout.listeners())
