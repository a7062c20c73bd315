"""Everything put together: settings become parts, parts become a Starlette application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware

from server import keys
from server.doors.access import StaffKnown
from server.doors.headers import KnownHost, SecurityHeaders
from server.doors.known_seats import KnownSeats
from server.doors.limits import Limits
from server.doors.operator import open_door
from server.doors.provider import Provider
from server.doors.sockets import LiveDoor
from server.doors.wheel import Wheel
from server.log import RequestLog
from server.pages import errors
from server.parts import Parts
from server.photos.redrawing import Redrawing
from server.rooms.given_files import GivenFiles
from server.rooms.listening import Listening
from server.rooms.model_choice import choose_model
from server.rooms.render import Render
from server.rooms.rereadings import Rereadings
from server.rooms.rooms import Rooms
from server.routes import routes
from server.settings import Settings
from server.sharing import shared_with_others
from server.similar.finder import Finder
from server.store.database import Database
from server.store.gateways import Gateways
from server.store.identities import Identities
from server.store.journal import Journal
from server.store.people import People
from server.store.photos import Photos
from server.store.problems import NotStored

LARGEST_BODY = 1 << 20
"""Bytes of one request. Sound comes through its socket."""

# Starlette's type knows answers for requests or for sockets; these two know what to do with either.
_EXCEPTIONS: dict[Any, Any] = {HTTPException: errors.http_error, NotStored: errors.not_stored}
log = structlog.get_logger()


def create_app(settings: Settings) -> Starlette:
    """The server as ASGI. It opens the database when it starts and lets go of it when it stops."""
    render = Render()
    app = Starlette(
        routes=routes(render.assets),
        lifespan=_lifespan(settings, render),
        middleware=[
            Middleware(RequestLog),
            Middleware(SecurityHeaders, settings),
            Middleware(errors.Failures),
            Middleware(KnownHost, settings),
            Middleware(GZipMiddleware, minimum_size=500),
            Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_BODY),
            Middleware(StaffKnown),
        ],
        exception_handlers=_EXCEPTIONS,
    )
    app.state.form_secret = keys.form_secret(settings)
    return app


def _lifespan(settings: Settings, render: Render) -> Callable[[Starlette], AbstractAsyncContextManager[dict[str, Any]]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Any]]:
        async with AsyncExitStack() as open_parts:
            app.state.parts = await _build(settings, render, open_parts)
            log.info("started", url=settings.public_url, model=_model_name(app.state.parts))
            yield {"live": LiveDoor(app, app.state.parts)}
            log.info("stopping")

    return lifespan


async def _build(settings: Settings, render: Render, open_parts: AsyncExitStack) -> Parts:
    """Open the parts in order; each is closed when the server stops, the last one first."""
    secret = keys.provider_secret(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    open_parts.push_async_callback(database.close)
    await database.migrate()
    journal = Journal(database, keys.signing_key(settings))
    rooms = Rooms(journal, render)
    open_parts.push_async_callback(rooms.close)
    model = choose_model(settings.models_dir, settings.model) if settings.sound else None
    wheel = Wheel()
    listening = Listening(rooms, settings.data_dir, model, steps=settings.polish, here=settings.sound)
    listening.delays.round_trip = wheel.round_trip
    open_parts.push_async_callback(listening.close)
    given = GivenFiles(settings.data_dir / "given", listening, settings.longest_file_hours * 3600.0)
    open_parts.push_async_callback(given.close)
    similar = Finder()
    open_parts.callback(similar.close)
    rereadings = Rereadings(settings.data_dir, settings.models_dir, listening.model)
    listening.read_again = lambda ear, spans: rereadings.begin_by_itself(ear.room.code, ear.source, spans)
    open_parts.push_async_callback(rereadings.close)
    if settings.sound:
        await rereadings.open()
    people = People(database)
    wheel.start()
    open_parts.callback(wheel.stop)
    backplane = await open_parts.enter_async_context(
        shared_with_others(settings, database, journal, people, rooms, listening)
    )
    if backplane is None:
        await open_parts.enter_async_context(open_door(people, rooms, settings.data_dir))
    return Parts(
        settings, database, journal, people, rooms, render, Limits(), listening, wheel, backplane, given, rereadings,
        similar, Photos(database), Redrawing(), KnownSeats(people), Identities(database), Gateways(database),
        Provider(settings, secret) if settings.oidc_issuer else None,
    )  # fmt: skip


def _model_name(parts: Parts) -> str:
    return parts.listening.model.name if parts.listening.model else "-"
