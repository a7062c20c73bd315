"""A recording played back: any byte range of it as WAV, for staff."""

import re
from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server.doors import access
from server.doors.recorders import recorder
from server.parts import parts
from server.rooms.ears import sound_directory
from transcription.recordings import Recording
from transcription.wav import wav_bytes, wav_size

INVENTED = "DU-LIEU-MINH-HOA-"
"""Sound carries no stamp that can be read: the name of the file has it, in letters that every disk takes."""

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})\Z")


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
    named = f"{room.code}-{source}.wav"
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(last - first + 1),
        "Content-Disposition": f'inline; filename="{INVENTED if room.demo else ""}{named}"',
    }
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
