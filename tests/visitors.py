"""People who come to a running server: with a session, with a seat, or with nothing."""

import json
from datetime import timedelta
from itertools import count
from typing import Any, Self

import httpx2
from websockets.sync.client import ClientConnection, connect

from live import commands as do
from live.states import DialogueState
from server import clock
from server.rooms.room import Room
from server.store.people import Joining
from tests.cast import DESCRIBED, MODERATOR
from tests.serving import Served

_ops = count(1)


def open_dialogue(served: Served, code: str = "TEST01", to: DialogueState = DialogueState.OPEN) -> Room:
    """A dialogue, opened (or left at an earlier state)."""
    room = served.run(served.parts.rooms.create(code, DESCRIBED, MODERATOR))
    assert isinstance(room, Room)
    way = [DialogueState.DRAFT, DialogueState.ANNOUNCED, DialogueState.OPEN]
    for state in way[1 : way.index(to) + 1]:
        served.run(room.handle(do.MoveDialogue(state), MODERATOR))
    return room


def staff_cookie(served: Served, *roles: str, login: str | None = None, agency: str = "") -> str:
    """The Cookie header of somebody of staff with these roles."""
    people, now = served.parts.people, clock.now()
    login = login or "-".join(roles)
    served.run(people.add_staff(login, f"Nhân vật {login}", "-", frozenset(roles), now, agency))
    (person,) = [one for one in served.run(people.all_staff()) if one.login == login]
    return f"staff={served.run(people.begin_session(person.id, now, timedelta(hours=1)))}"


def citizen_cookie(
    served: Served, name: str, code: str = "TEST01", *, publish_name: bool = False, token: str = ""
) -> str:
    """The Cookie header of a citizen who has joined; with the `token` of an earlier one, who has changed the seat."""
    token = token or clock.secret()
    served.run(served.parts.people.take_seat(code, token, Joining(name, "xã Ea Mô", publish_name), clock.now()))
    return f"seat={token}"


class Visitor:
    """One open page: a socket with what came down it. Open it with `with`."""

    socket: ClientConnection

    def __init__(self, served: Served, cookie: str = "", audience: str = "phone", query: str = "", **more: str) -> None:
        address = f"ws://127.0.0.1:{served.port}/d/TEST01/live?as={audience}&lang=vi{query}"
        headers = {key: value for key, value in ({"Origin": served.url, "Cookie": cookie} | more).items() if value}
        self._opening = connect(address, additional_headers=headers, compression=None, max_size=None)

    def __enter__(self) -> Self:
        self.socket = self._opening.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._opening.__exit__(None, None, None)

    def next(self, *keys: str) -> dict[str, Any]:
        """The next message that has one of these keys; others are passed over."""
        while True:
            message: dict[str, Any] = json.loads(self.socket.recv(timeout=10))
            if not keys or message.keys() & set(keys):
                return message

    def send(self, do_what: str, **fields: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        op = fields.pop("op", f"op-{next(_ops)}")
        self.socket.send(json.dumps({"op": op, "do": do_what, **fields}))
        return self.next("ok", "refused", "busy")


def browser(served: Served, cookie: str = "", **headers: str) -> httpx2.Client:
    """A plain client, as a form without script: it sends its origin and keeps cookies."""
    given = {"Origin": served.url, "Cookie": cookie} | headers
    return httpx2.Client(base_url=served.url, headers={key: value for key, value in given.items() if value})
