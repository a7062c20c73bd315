"""One account for each role of the demo. Their passwords are made once, in a file that only its owner can read."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from live.seats import Audience, Seat
from server import clock
from server.doors.identity import hash_password
from server.store.people import People

FILE = "demo-accounts.json"
AGENCY = "Sở Nông nghiệp và Môi trường"
"""It made promises in the finished dialogue and in the running one (answers.jsonl)."""


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody does: `page` is the path of where they sit, `audience` their seat there, if they have one."""

    role: str
    login: str
    name: str
    said: str
    page: str
    audience: Audience | None = None
    agency: str = ""


POSTS = (
    Post("moderator", "dieuphoi", "Phạm Thị Mẫu", "Kiểm duyệt / Moderator", "/d/{code}/moderator", Audience.MODERATOR),
    Post("chair", "chutri", "Nguyễn Thị Minh Họa", "Chủ trì / Chair", "/d/{code}/chair", Audience.CHAIR),
    Post("secretary", "thuky", "Lê Văn Ví Dụ", "Thư ký / Secretary", "/d/{code}/transcript", Audience.SECRETARY),
    Post("clerk", "nhapphieu", "Bùi Thị Thử", "Nhập câu hỏi / Clerk", "/d/{code}/clerk", Audience.CLERK),
    Post("agency", "coquan", "Võ Văn Thật", "Cơ quan / Agency", "/d/{code}/agency", Audience.AGENCY, AGENCY),
    Post("stage", "manhinh", "Màn hình hội trường", "Màn hình / Stage", "/d/{code}/stage"),
    Post("organiser", "tochuc", "Đặng Văn Ví", "Tổ chức / Organiser", "/staff"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """A post, with the password of whoever holds it."""

    post: Post
    password: str


async def open_accounts(people: People, data_dir: Path, at: datetime) -> list[Account]:
    """The demo's accounts, made where they are missing. A lost file means new passwords for those that are there.

    The file is written first: whatever happens then, the next start finds the passwords and finishes.
    """
    path = data_dir / FILE
    known = _read(path)
    passwords = {post.login: known.get(post.login) or _password() for post in POSTS}
    _write(path, passwords)
    there = {person.login for person in await people.all_staff()}
    for post in POSTS:
        password = passwords[post.login]
        if post.login not in there:
            hashed = await hash_password(password)
            await people.add_staff(post.login, post.name, hashed, frozenset({post.role}), at, post.agency)
        elif post.login not in known:
            await people.set_password(post.login, await hash_password(password), at)
    return [Account(post, passwords[post.login]) for post in POSTS]


async def cast(people: People) -> dict[Audience, Seat]:
    """Who plays which staff seat, under the ids that they will have in a room."""
    ids = {person.login: person.id for person in await people.all_staff()}
    return {
        post.audience: Seat(f"staff:{ids[post.login]}", post.audience, post.name, agency=post.agency)
        for post in POSTS
        if post.audience
    }


def _password() -> str:
    """60 random bits that can be read off a screen and typed: abcd-efgh-jkmn."""
    return f"{clock.token()}-{clock.token()[:4]}".lower()


def _read(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def _write(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(passwords, file, indent=1)
        file.flush()
        os.fsync(descriptor)
    unfinished.replace(path)
