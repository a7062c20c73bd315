"""Every address of the product on one page."""

from starlette.routing import BaseRoute, Route, WebSocketRoute

from server.doors.do import do
from server.doors.sockets import live
from server.doors.sound import sound, wav
from server.pages import (
    desk,
    dialogues,
    health,
    home,
    join,
    language,
    notice,
    phone,
    privacy,
    receipt,
    sign_in,
    stage,
)
from server.pages.static import static
from server.rooms.assets import Assets


def routes(assets: Assets) -> list[BaseRoute]:
    """GET answers HEAD too. What a stranger may not see is answered as if it were not here."""
    return [
        Route("/", home.show, methods=["GET"]),
        Route("/language", language.language, methods=["POST"]),
        Route("/sign-in", sign_in.show, methods=["GET"]),
        Route("/sign-in", sign_in.sign_in, methods=["POST"]),
        Route("/sign-out", sign_in.sign_out, methods=["POST"]),
        Route("/staff", dialogues.listed, methods=["GET"]),
        Route("/staff/new", dialogues.form, methods=["GET"]),
        Route("/staff/new", dialogues.create, methods=["POST"]),
        Route("/privacy", privacy.show, methods=["GET"]),
        Route("/r/{receipt}", receipt.show, methods=["GET"]),
        Route("/r/{receipt}/check", receipt.check, methods=["GET"]),
        Route("/d/{code}", phone.show, methods=["GET"]),
        Route("/d/{code}/stage", stage.show, methods=["GET"]),
        Route("/d/{code}/notice", notice.show, methods=["GET"]),
        Route("/d/{code}/notice.txt", notice.spoken, methods=["GET"]),
        Route("/d/{code}/join", join.show, methods=["GET"]),
        Route("/d/{code}/join", join.join, methods=["POST"]),
        Route("/d/{code}/desk", desk.show, methods=["GET"]),
        Route("/d/{code}/desk", desk.change, methods=["POST"]),
        Route("/d/{code}/do/{command}", do, methods=["POST"]),
        WebSocketRoute("/d/{code}/live", live),
        WebSocketRoute("/d/{code}/sound/{source}", sound),
        Route("/d/{code}/sound/{source}.wav", wav, methods=["GET"]),
        Route("/healthz", health.healthz, methods=["GET"]),
        Route("/readyz", health.readyz, methods=["GET"]),
        Route("/metrics", health.metrics, methods=["GET"]),
        Route("/static/{version}/{name:path}", static(assets), methods=["GET"]),
    ]
