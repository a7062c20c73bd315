"""The secretary's page of second readings: ask for one, watch it, choose from it line by line."""

import asyncio
from collections.abc import Iterable

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from live.commands import Command, StrikeLine
from live.refusals import Refused
from live.seats import Audience, Seat
from server.doors.access import origin_allowed
from server.doors.csrf import checked_form, form_of
from server.doors.noting import noted
from server.naming import snake
from server.pages import language_of, page, unread, whole
from server.pages.live import entered
from server.parts import parts
from server.rooms.ears import sound_directory
from server.rooms.room import Room
from server.rooms.second_draft import Row, giving_back, rows, taking
from transcription.heard import SAMPLE_RATE
from transcription.pieces import duration
from transcription.problems import Problem
from transcription.readings import Reading, Span


async def show(request: Request) -> Response:
    """`/d/{code}/readings`; `?source=hall&reading=2` lays it beside the transcript, `all=1` with what is the same."""
    room, _ = await _here(request)
    return await _page(request, room)


async def progress(request: Request) -> Response:
    """`/d/{code}/readings.json`: how far each one is."""
    room, _ = await _here(request)
    return JSONResponse([_told(request, source, one) for source, one in await _listed(request, room)])


async def change(request: Request) -> Response:
    """`do` = start, stop, go_on for a reading; take, give_back for a row, or without one for all that are untouched."""
    room, seat = await _here(request)
    form = await checked_form(request)
    piece = str(form.get("piece", ""))
    asked, source = str(form.get("do", "")), piece.partition(":")[0] or str(form.get("source", ""))
    if source not in room.dialogue.sources:
        raise HTTPException(404)
    try:
        if asked == "start":
            reading = await _start(request, room, source, form)
            return RedirectResponse(_address(room, source, reading), 303)
        reading = await _one(request, room, source, str(form.get("reading", "")))
        if asked in {"stop", "go_on"}:
            again = parts(request).rereadings
            await (again.stop(reading) if asked == "stop" else again.go_on(reading))
            return RedirectResponse(_address(room, source, reading), 303)
    except Problem as problem:
        return await _page(request, room, say=problem.vi if language_of(request) == "vi" else problem.en)
    if asked not in {"take", "give_back"}:
        raise HTTPException(400)
    return await _choose(request, room, seat, (source, reading), form)


async def at_once(request: Request) -> Response:
    """POST `/d/{code}/readings/again`, a button of the desk: `piece` is read by the model that hears live.

    Cards of the desk are drawn once for many, so its form has no token: as for `/do`, the exact Origin and the
    SameSite cookie stand alone.
    """
    if not origin_allowed(request):
        raise HTTPException(403)
    room, _ = await _here(request)
    form = await form_of(request)
    source = str(form.get("piece", "")).partition(":")[0]
    if source not in room.dialogue.sources:
        raise HTTPException(404)
    try:
        return RedirectResponse(_address(room, source, await _start(request, room, source, form)), 303)
    except Problem as problem:
        return await _page(request, room, say=problem.vi if language_of(request) == "vi" else problem.en)


async def _choose(request: Request, room: Room, seat: Seat, which: tuple[str, Reading], form: FormData) -> Response:
    source, reading = which
    found = await _rows(request, room, source, reading)
    start, take = whole(str(form.get("row", ""))), form["do"] == "take"
    chosen = [row for row in found if row.start == start] if "row" in form else _untouched(found, take=take)
    for row in chosen:
        polish = parts(request).listening.polish
        command = taking(source, reading, row, room.dialogue, polish) if take else _back(row)
        answer = await room.handle(command, seat) if command is not None else None
        if isinstance(answer, Refused):
            noted(answer, room, seat, snake(type(command)))
            return await _page(request, room, say=answer.say(language_of(request)))
    anchor = f"#row-{start}" if "row" in form else "#rows"
    return RedirectResponse(_address(room, source, reading, kept=form.get("all") == "1") + anchor, 303)


def _untouched(found: Iterable[Row], *, take: bool) -> list[Row]:
    """Rows for "all": what a person has been over is taken and given back one by one only."""
    if take:
        return [row for row in found if row.open]
    return [row for row in found if row.taken and row.line is not None and not row.line.edited]


def _back(row: Row) -> Command | None:
    """What undoes a choice: the first draft again, or no line where there was none."""
    if row.line is None or not row.taken:
        return None
    return giving_back(row) or StrikeLine(row.line.id, row.line.revision)


async def _here(request: Request) -> tuple[Room, Seat]:
    if not parts(request).listening.here:
        raise HTTPException(404)
    return await entered(request, Audience.SECRETARY)


async def _start(request: Request, room: Room, source: str, form: FormData) -> Reading:
    """Raises Problem when there is nothing to read, or nobody to read it."""
    again = parts(request).rereadings
    wanted = form.get("model")
    model = next((one for one in again.models() if wanted in (None, one.name)), None)
    if model is None:
        raise Problem("Chưa chọn được mô hình nào trên máy chủ.", "No model of the server was chosen.")
    spans = await asyncio.to_thread(_spans, request, room, source, form)
    if not spans:
        raise Problem(
            "Không có đoạn nào để nghe lại ở đó. Hãy xem lại giờ phút, hoặc chọn cả bản ghi.",
            "There is nothing to read again there. Check the times, or choose the whole recording.",
        )
    return await again.begin(room.code, source, model, spans)


def _spans(request: Request, room: Room, source: str, form: FormData) -> list[Span]:
    samples = duration(sound_directory(parts(request).settings.data_dir, room.code, source))
    what = form.get("what", "whole")
    if piece := str(form.get("piece", "")):
        return [(start, min(end, samples)) for start, end in unread.asked(room.dialogue, piece)[1] if start < samples]
    if what == "gaps":
        return unread.gaps(room.dialogue, source, samples)
    first, last = (0, samples) if what != "span" else (_sample(form.get("from")), _sample(form.get("to")))
    span = max(0, first), min(samples, last or samples)
    return [span] if span[0] < span[1] else []


def _sample(text: object) -> int:
    """Of a time like 12:30 or 1:02:30 since the recording began; 0 for what is none."""
    numbers = [whole(part.strip()) for part in str(text or "").split(":")]
    if not numbers or len(numbers) > 3 or None in numbers:
        return 0
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + (number or 0)
    return seconds * SAMPLE_RATE


async def _page(request: Request, room: Room, say: str = "") -> Response:
    listed = await _listed(request, room)
    asked = request.query_params
    chosen = next(
        ((s, r) for s, r in listed if (s, str(r.number)) == (asked.get("source"), asked.get("reading"))), None
    )
    found = await _rows(request, room, *chosen) if chosen else []
    data_dir = parts(request).settings.data_dir
    lengths = {name: duration(sound_directory(data_dir, room.code, name)) for name in room.dialogue.sources}
    return page(
        request, "desk/readings.html", 409 if say else 200, code=room.code, demo=room.demo, notice=room.dialogue.notice,
        sources=lengths, models=parts(request).rereadings.models(),
        gaps={name: unread.gaps(room.dialogue, name, samples) for name, samples in lengths.items()},
        pieces=unread.pieces(room.dialogue, lengths),
        listed=[_told(request, source, one) for source, one in listed], say=say,
        chosen=_told(request, *chosen) if chosen else None, rows=found, all=asked.get("all") == "1",
    )  # fmt: skip


async def _listed(request: Request, room: Room) -> list[tuple[str, Reading]]:
    again = parts(request).rereadings
    found = [(name, await asyncio.to_thread(again.of, room.code, name)) for name in room.dialogue.sources]
    return [(name, reading) for name, all_of_it in found for reading in reversed(all_of_it)]


async def _one(request: Request, room: Room, source: str, number: str) -> Reading:
    found = await asyncio.to_thread(parts(request).rereadings.of, room.code, source)
    reading = next((one for one in found if one.number == whole(number)), None)
    if reading is None:
        raise HTTPException(404)
    return reading


async def _rows(request: Request, room: Room, source: str, reading: Reading) -> list[Row]:
    return await asyncio.to_thread(rows, room.dialogue, source, reading, parts(request).listening.polish)


def _told(request: Request, source: str, reading: Reading) -> dict[str, object]:
    again = parts(request).rereadings
    problem = again.problem(reading)
    return {
        "source": source, "reading": reading.number, "model": reading.model, "state": again.state(reading),
        "seconds": round(again.seconds(reading)), "of": round(reading.samples[1] / SAMPLE_RATE),
        "why": (problem.vi if language_of(request) == "vi" else problem.en) if problem else "",
    }  # fmt: skip


def _address(room: Room, source: str, reading: Reading, *, kept: bool = False) -> str:
    return f"/d/{room.code}/readings?source={source}&reading={reading.number}{'&all=1' if kept else ''}"
