"""The microphone's door: binary frames with a sample position, appended to disk and answered with what is there."""

import asyncio
import struct
from typing import Any

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocket

from live.refusals import Code, Refused
from live.remote_voice import REMOTE_VOICE
from server.doors import access
from server.doors.fast_lane import GOING, MALFORMED
from server.doors.limits import VOICE
from server.doors.microphone import Microphone, Start, prints, start_of
from server.doors.recorders import Recorder, whose_sound
from server.doors.sockets import NOT_HERE
from server.parts import Parts, parts
from server.rooms.ears import Ear, ear_name
from server.rooms.room import Room
from transcription.heard import SAMPLE_BYTES, SAMPLE_RATE
from transcription.problems import Problem

POSITION = struct.Struct("<Q")
"""Before the samples of each frame: the number of its first sample in the recording."""
LONGEST_FRAME = 64 * 1024
LEAST = 400
"""Samples that each frame of a phone counts for at the least; pages send four times as many."""

log = structlog.get_logger()


class Caught(msgspec.Struct):
    """When a sample was spoken: its place, and milliseconds since 1970 on the server's clock."""

    caught: tuple[int, int]


async def sound(websocket: WebSocket) -> None:
    """`/d/{code}/sound/{source}`: `{"start":1,"rate":16000}`, then frames; `{"stop":1}` ends the recording."""
    here = parts(websocket)
    try:
        if not access.origin_allowed(websocket) or not here.listening.here:
            raise HTTPException(404)
        room = await access.dialogue(websocket)
        who = await whose_sound(websocket, room)
    except HTTPException:
        log.info("no_such_line", dialogue=websocket.path_params["code"][:40])
        await websocket.accept()  # as at the door of live pages: a page cannot read why a handshake was refused
        await websocket.close(NOT_HERE)
        return
    await websocket.accept()
    start = await _first_word(websocket, here)
    if start is None:
        return
    if barred := who.barred(room):
        await _shut_out(websocket, here, barred)
        return
    ear = await _begin(here, room, websocket.path_params["source"], who, start)
    if not isinstance(ear, Ear):
        await _not_begun(websocket, here, ear)
        return
    microphone = ear.microphone = Microphone(websocket, here, ear, start.line)
    stopped = False
    try:
        known = await asyncio.to_thread(prints, ear.recording, start.first)
        await microphone.have(**({"prints": known} if known else {}))
        stopped = await _record(websocket, microphone, ear, who)
    finally:
        if ear.microphone is microphone:  # else another one records already, and this one's end is no absence
            ear.microphone = None
            if not stopped:
                here.listening.leave(ear)


async def _first_word(websocket: WebSocket, here: Parts) -> Start | None:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        return None
    start = start_of(message.get("text"))
    if start is None:
        here.sound_refusals["rate"] += 1
        log.info("sound_not_begun", dialogue=websocket.path_params["code"][:40], problem="rate")
        await _refuse(
            websocket,
            {
                "refused": "rate",
                "vi": "Trang thu âm gửi sai tần số lấy mẫu nên chưa thu. Tiếng đã thu vẫn an toàn; hãy tải lại trang.",
                "en": "Wrong sample rate, so nothing is recorded yet. What was recorded is safe; reload the page.",
            },
        )
    return start


async def _begin(here: Parts, room: Room, source: str, who: Recorder, start: Start) -> Any:
    """The ear of this source, or why not. The same page come back, or somebody who insists, ends the line before."""
    into = who.into(source, start)
    if isinstance(into, Refused):
        return into
    ear = next((one for one in here.listening.ears if one.name == ear_name(room.code, source)), None)
    if ear is not None and ear.connected and ear.microphone is not None:
        before = ear.microphone
        if who.insists(start) or (start.line and start.line == before.line):
            await before.give_way()
            if start.line != before.line:
                await here.listening.take_over(ear, into, who.acts)
                here.sound_refusals["taken_over"] += 1
                log.info("microphone_taken_over", source=ear.name, seat=who.acts.id)
            return ear
    return await here.listening.begin(room, source, who.acts, into)


async def _not_begun(websocket: WebSocket, here: Parts, why: Any) -> None:
    busy = isinstance(why, Refused) and why.code is Code.ALREADY_RECORDING
    here.sound_refusals["second_microphone" if busy else "start"] += 1
    problem = why.code.value if isinstance(why, Refused) else "busy"
    log.info("sound_not_begun", dialogue=websocket.path_params["code"][:40], problem=problem)
    vi, en = (why.say("vi"), why.say("en")) if isinstance(why, Refused) else ("", "")
    await _refuse(websocket, {"refused": "start", "held": busy, "vi": vi, "en": en})


async def _shut_out(websocket: WebSocket, here: Parts, why: Refused) -> None:
    """A phone that is not invited to speak, or no more: nothing comes back before a person opens it."""
    here.sound_refusals[why.code.value] += 1
    log.info("voice_not_taken", dialogue=websocket.path_params["code"][:40], problem=why.code.value)
    said = {"refused": "voice", "code": why.code.value, "vi": why.say("vi"), "en": why.say("en")}
    await websocket.send_text(msgspec.json.encode(said).decode())
    await websocket.close(NOT_HERE)


async def _refuse(websocket: WebSocket, content: dict[str, Any]) -> None:
    await websocket.send_text(msgspec.json.encode(content).decode())
    await websocket.close(MALFORMED)


async def _record(websocket: WebSocket, microphone: Microphone, ear: Ear, who: Recorder) -> bool:
    """Take frames until the microphone stops (True) or goes away (False), or whoever records was signed out."""
    here, seat = parts(websocket), who.seat
    sign_outs = ear.room.sign_outs[seat.id]
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect" or microphone.gone:
            return False  # what came after the goodbye is not taken: the page keeps it
        if ear.room.sign_outs[seat.id] != sign_outs:
            await websocket.close(GOING)  # a page whose session still runs comes back and sends what was not taken
            return False
        if barred := who.barred(ear.room):
            await here.listening.stop(ear, who.acts)
            await _shut_out(websocket, here, barred)
            return True
        if (frame := message.get("bytes")) is not None:
            if who.from_a_phone and (wait := _too_much(here, ear, who, frame)):
                await _flooded(microphone, here, ear, wait)
                return False
            if not await _take(microphone, here, ear, frame):
                return False
        elif (caught := _caught(message.get("text"))) is not None:
            await ear.caught(*caught)
        elif _stops(message.get("text")):
            await here.listening.stop(ear, who.acts)
            await microphone.stopped()
            return True


def _too_much(here: Parts, ear: Ear, who: Recorder, frame: bytes) -> float:
    """How long a phone has to wait that sends more than anybody can say, in tiny frames, or from places far ahead."""
    if len(frame) < POSITION.size:
        return 0.0
    (position,) = POSITION.unpack_from(frame)
    jump = max(0, position - ear.recording.have)
    samples = max(LEAST, (len(frame) - POSITION.size) // SAMPLE_BYTES) + (jump and jump + SAMPLE_RATE)
    return here.limits.wait(VOICE, f"{ear.room.code} {who.seat.id}", samples)


async def _flooded(microphone: Microphone, here: Parts, ear: Ear, wait: float) -> None:
    here.sound_refusals["voice_flood"] += 1
    log.warning("voice_flood", source=ear.name, wait=round(wait))
    await microphone.refuse(
        "Điện thoại này gửi tiếng nhiều hơn lời nói được, nên tạm ngừng thu từ máy này. Phần đã thu vẫn an toàn; phần "
        "còn lại nằm trên máy, xin gửi lại sau vài phút.",
        "This phone sends more sound than anybody speaks, so nothing is recorded from it for now. What is recorded is "
        "safe; the rest stays on the phone, please send it again in some minutes.",
    )


def _caught(text: str | None) -> tuple[int, int] | None:
    """`{"caught":[place,ms]}`: this sample was spoken at this moment of the server's clock, as the page knows it."""
    try:
        return msgspec.json.decode(text or "{}", type=Caught).caught
    except msgspec.MsgspecError:
        return None


def _stops(text: str | None) -> bool:
    try:
        return bool(msgspec.json.decode(text or "{}", type=dict[str, Any]).get("stop"))
    except msgspec.DecodeError:
        return False


async def _take(microphone: Microphone, here: Parts, ear: Ear, frame: bytes) -> bool:
    if not POSITION.size < len(frame) <= LONGEST_FRAME:
        here.sound_refusals["frame"] += 1
        log.info("malformed_sound", source=ear.name, bytes=len(frame))
        await microphone.refuse(
            "Khung âm thanh hỏng. Phần đã thu vẫn an toàn.", "A broken sound frame. What is recorded is safe."
        )
        return False
    async with microphone.turn:
        if microphone.gone:
            return False
        try:
            had, (position,) = ear.recording.have, POSITION.unpack_from(frame)
            await here.listening.take(ear, position, frame[POSITION.size :])
        except Problem as problem:
            here.sound_refusals[type(problem).__name__] += 1
            log.warning("sound_not_taken", source=ear.name, problem=problem.en)
            await microphone.refuse(problem.vi, problem.en)
            return False
        told: dict[str, bool] = {}
        if ear.source == REMOTE_VOICE:
            here.voices.play(ear, had, position, frame[POSITION.size :])
            told["hall"] = here.voices.heard(ear.room)
        await microphone.have(**told)
    return True
