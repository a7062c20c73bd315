"""Every address of the product on one page."""

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from server.doors import files, photos
from server.doors.do import do
from server.doors.feed import feed
from server.doors.limits import KIOSK_ADDRESS, MESSAGE_ADDRESS, RECEIPT_ADDRESS, LimitedByAddress
from server.doors.messages import message
from server.doors.on_the_way import OnTheWay
from server.doors.playing import wav
from server.doors.provider import BACK
from server.doors.room_trial import room_trial
from server.doors.similar import similar
from server.doors.sound import sound
from server.doors.voices import voices
from server.pages import (
    agency,
    cards,
    chair,
    clerk,
    closing,
    commitments,
    contact,
    desk,
    dialogues,
    gateway,
    health,
    home,
    join,
    kiosk,
    language,
    minutes,
    moderator,
    notice,
    overlay,
    people,
    phone,
    privacy,
    provider,
    readings,
    receipt,
    reckoning,
    record,
    recording,
    rehearsal,
    shell,
    sign_in,
    sites,
    slip,
    stage,
    synthesis,
    transcript,
)
from server.pages import sound as sound_page
from server.pages.static import static
from server.rooms.assets import Assets


def routes(assets: Assets) -> list[BaseRoute]:
    """GET answers HEAD too. What a stranger may not see is answered as if it were not here."""
    return [*_everybody(), *_accounts(), *_staff(), *_lines(), *_machines(assets)]


def _everybody() -> list[BaseRoute]:
    """What citizens open."""
    guessed = [Middleware(LimitedByAddress, RECEIPT_ADDRESS)]
    looked_up = [Middleware(LimitedByAddress, KIOSK_ADDRESS)]
    return [
        Route("/", home.show, methods=["GET"]),
        Route("/language", language.language, methods=["POST"]),
        Route("/privacy", privacy.show, methods=["GET"]),
        Route("/commitments", commitments.show, methods=["GET"]),
        Route("/r/{receipt}", receipt.show, methods=["GET"], middleware=guessed),
        Route("/r/{receipt}/check", receipt.check, methods=["GET"], middleware=guessed),
        Route("/d/{code}", phone.show, methods=["GET"]),
        Route("/d/{code}/join", join.show, methods=["GET"]),
        Route("/d/{code}/join", join.join, methods=["POST"]),
        Route("/d/{code}/site/{site}", join.from_a_site, methods=["GET"]),
        Route("/d/{code}/rehearsal/{key}", rehearsal.show, methods=["GET"]),
        Route("/d/{code}/manifest.webmanifest", shell.manifest, methods=["GET"]),
        Route("/d/{code}/notice", notice.show, methods=["GET"]),
        Route("/d/{code}/notice.txt", notice.spoken, methods=["GET"]),
        Route("/d/{code}/card/{receipt}", cards.opened, methods=["GET"], middleware=guessed),
        Route("/d/{code}/kiosk", kiosk.show, methods=["GET"], middleware=looked_up),
        Route("/d/{code}/overlay", overlay.show, methods=["GET"]),
        Route("/d/{code}/recording", recording.now, methods=["GET"]),
        Route("/d/{code}/reckoning", reckoning.show, methods=["GET"]),
        Route("/d/{code}/record", record.show, methods=["GET"]),
        Route("/d/{code}/record.docx", record.download, methods=["GET"]),
    ]


def _accounts() -> list[BaseRoute]:
    """How staff come in, and who they are."""
    on_the_way = [Middleware(OnTheWay)]
    return [
        Route("/sign-in", sign_in.show, methods=["GET"]),
        Route("/sign-in", sign_in.sign_in, methods=["POST"]),
        Route("/sign-in/provider", provider.leave, methods=["GET"], middleware=on_the_way),
        Route(BACK, provider.returned, methods=["GET"], middleware=on_the_way),
        Route("/sign-out", sign_in.sign_out, methods=["POST"]),
        Route("/staff/people", people.show, methods=["GET"]),
        Route("/staff/people", people.change, methods=["POST"]),
    ]


def _staff() -> list[BaseRoute]:
    """What staff open, each in their own seat."""
    return [
        Route("/staff", dialogues.listed, methods=["GET"]),
        Route("/staff/new", dialogues.form, methods=["GET"]),
        Route("/staff/new", dialogues.create, methods=["POST"]),
        Route("/d/{code}/cards", cards.show, methods=["GET"]),
        Route("/d/{code}/cards", cards.reserve, methods=["POST"]),
        Route("/d/{code}/cards.pdf", cards.download, methods=["GET"]),
        Route("/d/{code}/desk", desk.show, methods=["GET"]),
        Route("/d/{code}/desk", desk.change, methods=["POST"]),
        Route("/d/{code}/closing", closing.show, methods=["GET"]),
        Route("/d/{code}/closing", closing.decide, methods=["POST"]),
        Route("/d/{code}/gateway", gateway.show, methods=["GET"]),
        Route("/d/{code}/gateway", gateway.change, methods=["POST"]),
        Route("/d/{code}/synthesis", synthesis.show, methods=["GET"]),
        Route("/d/{code}/contact/{number}", contact.show, methods=["GET"]),
        Route("/d/{code}/moderator", moderator.show, methods=["GET"]),
        Route("/d/{code}/stage", stage.show, methods=["GET"]),
        Route("/d/{code}/sites", sites.show, methods=["GET"]),
        Route("/d/{code}/site/{site}/stage", sites.screen, methods=["GET"]),
        Route("/d/{code}/chair", chair.show, methods=["GET"]),
        Route("/d/{code}/slip/{number}", slip.show, methods=["GET"]),
        Route("/d/{code}/clerk", clerk.show, methods=["GET"]),
        Route("/d/{code}/agency", agency.show, methods=["GET"]),
        Route("/d/{code}/sound", sound_page.show, methods=["GET"]),
        Route("/d/{code}/transcript", transcript.show, methods=["GET"]),
        Route("/d/{code}/transcript.{kind}", transcript.download, methods=["GET"]),
        Route("/d/{code}/readings", readings.show, methods=["GET"]),
        Route("/d/{code}/readings", readings.change, methods=["POST"]),
        Route("/d/{code}/readings/again", readings.at_once, methods=["POST"]),
        Route("/d/{code}/readings.json", readings.progress, methods=["GET"]),
        Route("/d/{code}/minutes", minutes.show, methods=["GET"]),
        Route("/d/{code}/minutes.docx", minutes.download, methods=["GET"]),
    ]


def _lines() -> list[BaseRoute]:
    """Where commands and sound go in and out.

    The lines of live pages, `/d/{code}/live`, never come so far: `doors/bounded_http.py` sends them to
    `doors/sockets.py`.
    """
    handed_in = [Middleware(LimitedByAddress, MESSAGE_ADDRESS)]
    return [
        Route("/d/{code}/do/{command}", do, methods=["POST"]),
        Route("/d/{code}/photo/{question}", photos.show, methods=["GET"]),
        Route(
            "/d/{code}/photo/{question}",
            photos.give,
            methods=["POST"],
            middleware=[Middleware(RequestBodyLimitMiddleware, max_body_size=photos.LARGEST_BODY)],
        ),
        Route("/d/{code}/message", message, methods=["POST"], middleware=handed_in),
        Route("/d/{code}/similar", similar, methods=["POST"]),
        Route("/d/{code}/feed", feed, methods=["GET"]),
        WebSocketRoute("/d/{code}/sound/{source}", sound),
        WebSocketRoute("/d/{code}/sound/remote_voice/hall", voices),
        Route("/d/{code}/sound/{source}.wav", wav, methods=["GET"]),
        Route("/d/{code}/sound/{source}/file", files.begin, methods=["POST"]),
        Route("/d/{code}/sound/{source}/trial", room_trial, methods=["POST"]),
        Route("/d/{code}/file/{id}", files.state, methods=["GET"]),
        Route("/d/{code}/file/{id}", files.piece, methods=["PUT"]),
        Route("/d/{code}/file/{id}", files.cancel, methods=["DELETE"]),
    ]


def _machines(assets: Assets) -> list[BaseRoute]:
    """What browsers and monitors fetch by themselves."""
    return [
        Route("/healthz", health.healthz, methods=["GET"]),
        Route("/readyz", health.readyz, methods=["GET"]),
        Route("/metrics", health.metrics, methods=["GET"]),
        Route(shell.WORKER, shell.worker, methods=["GET"]),
        Route("/static/{version}/{name:path}", static(assets), methods=["GET"]),
    ]
