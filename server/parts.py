"""The parts of a running server, put together once by `server.app` and reached from every request."""

from collections import Counter
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from server.doors.known_seats import KnownSeats
from server.doors.limits import Limits
from server.doors.provider import Provider
from server.doors.wheel import Wheel
from server.photos.redrawing import Redrawing
from server.rooms.backplane import Backplane
from server.rooms.given_files import GivenFiles
from server.rooms.listening import Listening
from server.rooms.render import Render
from server.rooms.rereadings import Rereadings
from server.rooms.rooms import Rooms
from server.rooms.voices import Voices
from server.settings import Settings
from server.similar.finder import Finder
from server.store.database import Database
from server.store.gateways import Gateways
from server.store.identities import Identities
from server.store.journal import Journal
from server.store.people import People
from server.store.photos import Photos


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a page or a door may need."""

    settings: Settings
    database: Database
    journal: Journal
    people: People
    rooms: Rooms
    render: Render
    limits: Limits
    listening: Listening
    wheel: Wheel
    backplane: Backplane | None
    given: GivenFiles
    rereadings: Rereadings
    similar: Finder
    photos: Photos
    redrawing: Redrawing
    seats: KnownSeats
    identities: Identities
    gateways: Gateways
    provider: Provider | None
    """The identity provider of the province; None without the settings for one."""
    voices: Voices = field(default_factory=Voices)
    sound_refusals: Counter[str] = field(default_factory=Counter)
    """Why microphones were turned away, and how often since the start (/metrics)."""


def parts(connection: HTTPConnection) -> Parts:
    """The parts of the server that this request or socket came to."""
    found: Parts = connection.app.state.parts
    return found
