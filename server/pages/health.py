"""For those who run the server: is it alive, can it work, and how much is going on."""

import asyncio
from shutil import disk_usage

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from live.seats import Audience
from server.parts import Parts, parts
from server.rooms.disk_room import taken as taken_by_sound
from server.rooms.listening import Listening
from server.settings import is_loopback
from transcription.heard import SAMPLE_RATE

LEAST_FREE = 16 << 20
"""Bytes: some eight minutes of one microphone, and an evening of questions."""
_DELIVERY = {
    "framed": "Frames built, one for each change, audience and language",
    "skipped": "Visits to pages too slow for signals",
    "resynced": "Pages given anew because they were too far behind",
    "cut": "Lines cut because they took nothing (4008)",
}


async def healthz(_request: Request) -> Response:
    """The event loop turns."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """The disk takes a transaction and has room for more. Otherwise 503.

    The transaction is an empty one, which needs the write lock but no room: a full disk would still take it.
    """
    here = parts(request)
    await here.database.ready()
    if disk_usage(here.settings.data_dir).free < LEAST_FREE:
        raise HTTPException(503, headers={"Retry-After": "60"})
    return PlainTextResponse("ready\n")


async def metrics(request: Request) -> Response:
    """Numbers for Prometheus; for this machine only, unless DOITHOAI_OPEN_METRICS says otherwise."""
    here = parts(request)
    behind_proxy = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    local = request.client is not None and is_loopback(request.client.host) and not behind_proxy
    if not (local or here.settings.open_metrics):
        raise HTTPException(404)
    taken = await asyncio.to_thread(taken_by_sound, here.settings.data_dir / "sound") if here.settings.sound else None
    return Response(generate_latest(_now(here, taken)), media_type="text/plain; version=0.0.4; charset=utf-8")


def _now(here: Parts, taken: int | None) -> CollectorRegistry:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    entries = Gauge("doithoai_entries", "Last entry of each open dialogue", ["dialogue"], registry=registry)
    questions = Gauge("doithoai_questions", "Questions by state", ["dialogue", "state"], registry=registry)
    listeners = Gauge("doithoai_listeners", "Open live pages", ["dialogue", "audience"], registry=registry)
    delivery = {
        what: Counter(f"doithoai_{what}", told, ["dialogue"], registry=registry) for what, told in _DELIVERY.items()
    }
    for room in here.rooms.open_rooms():
        entries.labels(room.code).set(room.n)
        for question in room.dialogue.questions.values():
            questions.labels(room.code, question.state.value).inc()
        for audience in Audience:
            listeners.labels(room.code, audience.value).set(room.fanout.count(audience))
        for what, counter in delivery.items():
            counter.labels(room.code).inc(getattr(room.fanout.counted, what))
    lag = Gauge("doithoai_loop_lag_seconds", "Longest standstill of the loop since the last look", registry=registry)
    lag.set(here.wheel.worst_lag())
    wal = Gauge("doithoai_wal_bytes", "Length of SQLite's write-ahead log", registry=registry)
    wal.set(here.database.wal_bytes)
    if here.backplane is not None:
        for name, meaning, value in here.backplane.numbers():
            Gauge(name, meaning, registry=registry).set(value)
    _sound(here, registry)
    if taken is not None:
        left = Gauge("doithoai_sound_hours_left", "Hours until the disk is full", registry=registry)
        left.set(here.listening.hours_left())
        kept = Gauge("doithoai_sound_bytes", "What the recordings of all dialogues take on the disk", registry=registry)
        kept.set(taken)
    return registry


def _sound(here: Parts, registry: CollectorRegistry) -> None:
    turned_away = Gauge(
        "doithoai_sound_refusals", "Microphones turned away since the start, by reason", ["why"], registry=registry
    )
    for why, times in here.sound_refusals.items():
        turned_away.labels(why).set(times)
    given = Gauge("doithoai_given_files", "Sound files by how they ended, since the start", ["end"], registry=registry)
    for end, times in here.given.ended.items():
        given.labels(end).set(times)
    condition = Gauge("doithoai_recogniser", "1 for the state the recogniser is in", ["state"], registry=registry)
    condition.labels(here.listening.condition.state.value).set(1)
    lives = Gauge("doithoai_recogniser_lives", "Worker processes begun since the start", registry=registry)
    lives.set(here.listening.lives)
    _voices(here, registry)
    registry.register(here.listening.delays)
    _ears(here.listening, registry)


def _voices(here: Parts, registry: CollectorRegistry) -> None:
    """The voices of phones in the halls: what plays them, and what of them was recorded without being played."""
    name = "doithoai_voice_frames_unplayed"
    unplayed = Gauge(
        name, "Frames of phones' voices that screens did not play, since the start", ["why"], registry=registry
    )
    for why, times in here.voices.counted.items():
        unplayed.labels(why).set(times)
    screens = Gauge(
        "doithoai_voice_screens", "Open screens that can play a phone's voice", ["state"], registry=registry
    )
    for state, count in here.voices.count().items():
        screens.labels(state).set(count)


def _ears(listening: Listening, registry: CollectorRegistry) -> None:
    """Each source of sound that was recorded since the start."""
    which = ["dialogue", "source"]
    recorded = Gauge("doithoai_recorded_seconds", "Sound on disk, gaps included", which, registry=registry)
    unread = Gauge("doithoai_recognition_lag_seconds", "Sound recorded and not yet read", which, registry=registry)
    lost = Gauge("doithoai_sound_lost_seconds", "Sound that never came: gaps", which, registry=registry)
    microphone = Gauge("doithoai_microphone", "1 while a microphone is connected", which, registry=registry)
    for ear in listening.ears:
        place = ear.room.code, ear.source
        recorded.labels(*place).set(ear.recording.have / SAMPLE_RATE)
        unread.labels(*place).set(listening.lag(ear))
        lost.labels(*place).set(sum(end - start for start, end in ear.recording.gaps) / SAMPLE_RATE)
        microphone.labels(*place).set(ear.connected)
