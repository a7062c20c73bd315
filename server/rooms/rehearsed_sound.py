"""The end of a rehearsal for a source of sound: what was recorded for it is wiped, and whoever records on begins anew.

The dialogue behind a rehearsal knows of no recording that began in it. A page that went on would record unseen, without
the banner that tells everybody, and its words would find no place.
"""

from collections.abc import Callable

from server.rooms.ears import Ear
from transcription.recogniser import Recogniser


async def over(ear: Ear, reader: Recogniser | None, leave: Callable[[Ear], None]) -> None:
    """`reader` reads it, `leave` says that its microphone is away. Its page comes back by itself."""
    if reader is not None and (spans := ear.rehearsed):
        reader.cut(ear.name, spans[-1][1])  # no word is of both
        reader.end(ear.name)
    if (microphone := ear.microphone) is not None:
        await microphone.come_back()
        if ear.microphone is microphone:
            ear.microphone = None
            leave(ear)
    await ear.empty()
