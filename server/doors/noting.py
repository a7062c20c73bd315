"""What the log says of a refusal: who asked for what, and why not, in codes; never a word that a person wrote."""

import structlog
from starlette.requests import HTTPConnection

from live.refusals import Refused
from live.seats import Seat
from server.doors.wire import COMMANDS
from server.rooms.room import Room
from server.rooms.turn import Answer

UNKNOWN = "-"
"""In place of a command that is none: its name is a stranger's text."""
log = structlog.get_logger()


def named(command: object) -> str:
    """The name of a command as the log may hold it."""
    return command if isinstance(command, str) and command in COMMANDS else UNKNOWN


def noted(answer: Answer, room: Room, seat: Seat, command: object) -> Answer:
    """The same answer; a refused one has a line in the log."""
    if isinstance(answer, Refused):
        log.info(
            "refused", dialogue=room.code, audience=seat.audience.value, seat=seat.id, command=named(command),
            code=answer.code.value,
        )  # fmt: skip
    return answer


def left_behind(code: str, command: object, refused: Refused) -> None:
    """The same for somebody whose seat is gone."""
    log.info("refused", dialogue=code[:20], command=named(command), code=refused.code.value)


def form_refused(connection: HTTPConnection, problem: str) -> None:
    """A form came back to be corrected; `problem` says in a word or by the names of its fields why."""
    route = connection.scope.get("route")
    log.info("form_refused", form=getattr(route, "path", ""), problem=problem)
