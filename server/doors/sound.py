"""The microphone's door: binary frames with a sample position, appended to disk and answered with what is there."""

import re
import struct
from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.websockets import WebSocket, WebSocketState

from live.refusals import Refused
from live.seats import Audience, Seat
from server.doors import access
from server.doors.fast_lane import GOING, MALFORMED
from server.doors.sockets import NOT_HERE
from server.parts import Parts, parts
from server.rooms.ears import Ear, sound_directory
from server.rooms.room import Room
from transcription.problems import Problem
from transcription.recordings import Recording
from transcription.wav import wav_bytes, wav_size

POSITION = struct.Struct("<Q")
"""Before the samples of each frame: the number of its first sample in the recording."""
LONGEST_FRAME = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})\Z")
RECORDERS = (Audience.SECRETARY, Audience.MODERATOR, Audience.CHAIR)
"""Who may record, as whom first: somebody with several roles records as the secretary."""

log = structlog.get_logger()


async def recorder(connection: Any) -> Seat:
    """The staff seat from which somebody may record, or 404."""
    for audience in RECORDERS:
        try:
            return await access.seat(connection, audience)
        except HTTPException:
            continue
    raise HTTPException(404)


async def sound(websocket: WebSocket) -> None:
    """`/d/{code}/sound/{source}`: `{"start":1,"rate":16000}`, then frames; `{"stop":1}` ends the recording."""
    await websocket.accept()
    try:
        if not access.origin_allowed(websocket) or not parts(websocket).listening.here:
            raise HTTPException(404)
        room, seat = await access.dialogue(websocket), await recorder(websocket)
    except HTTPException:
        await websocket.close(NOT_HERE)
        return
    ear = await _started(websocket, room, seat)
    if ear is None:
        return
    here, stopped = parts(websocket), False
    ear.goodbye = partial(_goodbye, websocket, here, ear)
    try:
        stopped = await _record(websocket, here, ear, seat)
    finally:
        ear.goodbye = None
        if not stopped:
            here.listening.leave(ear)


async def _started(websocket: WebSocket, room: Room, seat: Seat) -> Ear | None:
    message = await websocket.receive()
    start = _control(message.get("text"))
    if start.get("rate") != 16_000 or not start.get("start"):
        say = {
            "vi": "Trang thu âm gửi sai tần số lấy mẫu. Hãy tải lại trang.",
            "en": "Wrong sample rate. Reload the page.",
        }
        await _refuse(websocket, {"refused": "rate", **say})
        return None
    ear = await parts(websocket).listening.begin(room, websocket.path_params["source"], seat)
    if isinstance(ear, Ear):
        await _have(websocket, parts(websocket), ear, ear.recording.have)
        return ear
    vi, en = (ear.say("vi"), ear.say("en")) if isinstance(ear, Refused) else ("", "")
    await _refuse(websocket, {"refused": "start", "vi": vi, "en": en})
    return None


def _control(text: str | None) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text or "{}", type=dict[str, Any])
    except msgspec.DecodeError:
        return {}


async def _refuse(websocket: WebSocket, content: dict[str, Any]) -> None:
    await websocket.send_text(msgspec.json.encode(content).decode())
    await websocket.close(MALFORMED)


async def _record(websocket: WebSocket, here: Parts, ear: Ear, seat: Seat) -> bool:
    """Take frames until the microphone stops (True) or goes away (False), or whoever records was signed out."""
    sign_outs = ear.room.sign_outs[seat.id]
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect" or websocket.application_state is WebSocketState.DISCONNECTED:
            return False  # what came after the goodbye is not taken: the microphone keeps it for the next process
        if ear.room.sign_outs[seat.id] != sign_outs:
            await websocket.close(GOING)  # a page whose session still runs comes back and sends what was not taken
            return False
        if (frame := message.get("bytes")) is not None:
            if not await _take(websocket, here, ear, frame):
                return False
        elif _control(message.get("text")).get("stop"):
            await here.listening.stop(ear, seat)
            await _have(websocket, here, ear, ear.recording.have)
            await websocket.close()
            return True


async def _take(websocket: WebSocket, here: Parts, ear: Ear, frame: bytes) -> bool:
    if not POSITION.size < len(frame) <= LONGEST_FRAME:
        log.info("malformed_sound", source=ear.name, bytes=len(frame))
        return await _bad(
            websocket,
            "Khung âm thanh hỏng. Phần đã thu vẫn an toàn.",
            "A broken sound frame. What is recorded is safe.",
        )
    try:
        have = await here.listening.take(ear, POSITION.unpack_from(frame)[0], frame[POSITION.size :])
    except Problem as problem:
        log.warning("sound_not_taken", source=ear.name, problem=problem.en)
        return await _bad(websocket, problem.vi, problem.en)
    await _have(websocket, here, ear, have)
    return True


async def _goodbye(websocket: WebSocket, here: Parts, ear: Ear) -> None:
    """Before a planned stop: all that was taken is acknowledged, and no more is taken."""
    async with ear.turn:
        await _have(websocket, here, ear, ear.recording.have)
        await websocket.close(GOING)


async def _bad(websocket: WebSocket, vi: str, en: str) -> bool:
    await _refuse(websocket, {"refused": "sound", "vi": vi, "en": en})
    return False


async def _have(websocket: WebSocket, here: Parts, ear: Ear, have: int) -> None:
    if websocket.application_state is WebSocketState.DISCONNECTED:
        return  # the goodbye has said it
    condition = here.listening.condition
    content = {"have": have, "lag": round(here.listening.lag(ear), 1), "state": condition.state.value}
    await websocket.send_text(msgspec.json.encode(content).decode())


async def wav(request: Request) -> Response:
    """`/d/{code}/sound/{source}.wav`: the recording so far, any byte range of it, for staff."""
    room = await access.dialogue(request)
    await recorder(request)
    if not parts(request).listening.here:
        raise HTTPException(404)
    source = request.path_params["source"]
    if source not in room.dialogue.sources:
        raise HTTPException(404)
    directory = sound_directory(parts(request).settings.data_dir, room.code, source)
    samples = parts(request).rooms.heard[room.code].get(source) or Recording(directory).have
    size = wav_size(samples)
    first, last = _range(request.headers.get("range", ""), size)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(last - first + 1)}
    if "range" in request.headers:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    body: Iterator[bytes] = wav_bytes(directory, samples, first, last)
    status = 206 if "range" in request.headers else 200
    return StreamingResponse(body, status, headers, media_type="audio/wav")


def _range(header: str, size: int) -> tuple[int, int]:
    """The first and last byte of a single `bytes=a-b` range (RFC 9110, section 14); the whole when it is none."""
    asked = _RANGE.match(header)
    first, last = asked.groups() if asked else ("0", "")
    if not first and not last:
        return 0, size - 1
    if not first:
        return max(0, size - int(last)), size - 1
    if last and int(last) < int(first):
        return 0, size - 1
    if int(first) >= size:
        raise HTTPException(416)
    return int(first), min(int(last) if last else size - 1, size - 1)
