"""A recogniser around the scripted engine: what it told, waited for, and recordings for it to hear."""

import asyncio
import sys

from tests.transcription.scripted import speech
from transcription.conditions import Condition
from transcription.heard import Final
from transcription.messages import Ended, Started
from transcription.recogniser import Event, Limits, Recogniser
from transcription.recordings import Recording

QUICK = Limits(loading=20, silence=20, look_every=0.05, rest=0.01, longest_rest=0.02)
PAUSED = [(0, 6_000)]
SAYING = [*PAUSED, (1, 8_000), *PAUSED, (2, 8_000), *PAUSED, (3, 8_000), *PAUSED]


class Listener:
    """A recogniser with everything it told, and a way to wait for what it tells."""

    def __init__(self, model_dir, limits=QUICK):
        command = (sys.executable, "-m", "tests.transcription.scripted_worker", str(model_dir))
        self.told: list[Event] = []
        self.news = asyncio.Event()
        self.recogniser = Recogniser(model_dir, self.take, limits, command=command)

    async def take(self, event):
        self.told.append(event)
        self.news.set()

    async def until(self, kind, condition=lambda _: True):
        """The first event of this kind that fits, told already or yet to come."""
        async with asyncio.timeout(55):
            while True:
                for event in self.told:
                    if isinstance(event, kind) and condition(event):
                        return event
                self.news.clear()
                await self.news.wait()

    async def begin(self, hall, *scripts):
        """Start, follow the hall's microphone and have what it heard."""
        await self.recogniser.start()
        self.recogniser.follow("hall", hall)
        for script in scripts:
            self.recogniser.have("hall", record(hall, script))

    async def end(self):
        """The hall's microphone stops; everything it heard is told before this returns."""
        self.recogniser.end("hall")
        await self.until(Ended)
        await self.recogniser.stop()

    def states(self):
        return [event.state for event in self.told if isinstance(event, Condition)]

    def words(self, source="hall"):
        finals = [one for one in self.told if isinstance(one, Final) and one.source == source]
        return [(word.text, word.start, word.end) for final in finals for word in final.words]

    def runs(self):
        return [(event.run, event.at) for event in self.told if isinstance(event, Started)]


def record(directory, script):
    recording = Recording(directory)
    recording.append(recording.have, speech(script))
    recording.close()
    return recording.have


def run(body):
    """An event loop of its own for each test, in debug mode off: children are waited for within."""
    return asyncio.run(body)
