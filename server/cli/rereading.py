"""A dialogue's recording read again, with progress, and laid beside its first draft."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from live.dialogue import Dialogue
    from server.settings import Settings
    from transcription.captions import TimedLine
    from transcription.models import Model
    from transcription.polish import Polish
    from transcription.readings import Reading

LEAST_GAP = 2
"""Seconds without words that are worth reading again: shorter ones are pauses."""


@dataclass(frozen=True, slots=True)
class What:
    """Which recording, and whether only the stretches without words."""

    code: str
    source: str
    gaps: bool


async def read_again(chosen: "Settings", model: "Model", what: What, polish: "Polish") -> "list[TimedLine]":
    """Read, and give the draft with the second reading beside each line. Exits with a sentence when it cannot."""
    from server.rooms.ears import sound_directory
    from transcription.captions import TimedLine
    from transcription.heard import SAMPLE_RATE
    from transcription.pieces import duration

    dialogue = await _dialogue(chosen, what.code)
    directory = sound_directory(chosen.data_dir, what.code, what.source)
    if dialogue is None or not duration(directory):
        typer.echo(f"Phiên {what.code} không có bản ghi {what.source}. / There is no such recording.", err=True)
        raise typer.Exit(1)
    draft = sorted(
        (line.segment.start, line.segment.end, str(line.text))
        for line in dialogue.lines.values()
        if line.segment is not None and line.segment.source == what.source and not line.struck
    )
    reading = _reading(directory, model, [(start, end) for start, end, _ in draft], gaps=what.gaps)
    await _read(reading, directory, model)
    return [
        TimedLine(start * 1000 // SAMPLE_RATE, end * 1000 // SAMPLE_RATE, "", text)
        for start, end, text in _rows(draft, reading, polish)
    ]


def _reading(directory: "Path", model: "Model", heard: list[tuple[int, int]], *, gaps: bool) -> "Reading":
    """The reading that this model has not finished, or a new one."""
    from transcription.heard import SAMPLE_RATE
    from transcription.pieces import duration
    from transcription.readings import begin, readings, unheard

    for reading in readings(directory):
        if not reading.done and (reading.model, reading.engine) == (model.name, model.engine):
            return reading
    samples = duration(directory)
    spans = unheard(heard if gaps else [], samples, LEAST_GAP * SAMPLE_RATE if gaps else 1)
    return begin(directory, model.name, model.engine, spans)


async def _read(reading: "Reading", directory: "Path", model: "Model") -> None:
    from rich.console import Console
    from rich.progress import Progress

    from transcription.heard import Final
    from transcription.reread import read_again as hear

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task(f"{directory.name} {reading.number:03d}", total=None)
        async for heard in hear(reading, directory, model.path):
            if not isinstance(heard, Final):
                progress.update(task, completed=heard.seconds, total=heard.of)


def _rows(draft: list[tuple[int, int, str]], reading: "Reading", polish: "Polish") -> "list[tuple[int, int, str]]":
    """The draft's line as [1] and the second reading's as [2], where there are words."""
    from transcription.beside import beside

    rows = []
    for row in beside(draft, reading.finals):
        if row.first:
            rows.append((row.start, row.end, f"[1] {row.first}"))
        if row.second:
            rows.append((row.start, row.end, f"[2] {polish.words(row.second).text}"))
    return rows


async def _dialogue(chosen: "Settings", code: str) -> "Dialogue | None":
    from live.dialogue import replay
    from server.store import reading
    from server.store.database import Database

    database = Database(chosen.database_url, read_only=True)
    try:
        stream = await database.read(lambda connection: reading.stream(connection, code))
        if stream is None:
            return None
        return replay(await database.read(lambda connection: reading.entries(connection, stream.id, 0)))
    finally:
        await database.close()
