"""`staff`: who may sign in."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli import environment

if TYPE_CHECKING:
    from server.doors.operator import PeopleThere
    from server.store.people import People

    Book = People | PeopleThere

app = typer.Typer(help="Cán bộ điều hành phiên. / People who sign in.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="Tên đăng nhập. / Login.")]
FromInput = Annotated[
    bool,
    typer.Option("--password-stdin", help="Đọc mật khẩu từ đầu vào; không có thì tạo mới. / Read it from stdin."),
]


@app.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="Họ tên, hiện trên trang. / Name shown on pages.")],
    role: Annotated[
        list[str],
        typer.Option(help="organiser, moderator, chair, secretary, clerk, agency, stage; lặp lại được. / Repeatable."),
    ],
    agency: Annotated[str, typer.Option(help="Cơ quan, đúng như ghi trong cam kết. / The agency it speaks for.")] = "",
    password_stdin: FromInput = False,
) -> None:
    """Thêm một cán bộ; mật khẩu tạo mới được in ra một lần. / Add one; a made-up password is printed once."""
    from live.texts import clean
    from server import clock
    from server.doors.identity import LONGEST_WORDS, hash_password, over_long, plain_login
    from server.store.people import ROLES, LoginTaken

    strange = sorted(set(role) - set(ROLES))
    if strange:
        _stop(f"Không có vai {', '.join(strange)}. Các vai: {', '.join(ROLES)}. / No such role.")
    if not plain_login(login) or not clean(name):
        _stop("Cần tên đăng nhập và họ tên. / A login and a name are needed.")
    if long := over_long(login=plain_login(login), name=clean(name), agency=clean(agency)):
        most = LONGEST_WORDS[long]
        _stop(f"--{long}: dài quá {most} ký tự. Chưa thêm ai. / Over {most} characters. Nobody was added.")
    if "agency" in role and not clean(agency):
        _stop("Vai agency cần --agency: tên cơ quan như ghi trong cam kết. / The role agency needs --agency.")
    password, made = _password(password_stdin)

    async def work(people: "Book") -> None:
        hashed = await hash_password(password)
        try:
            await people.add_staff(plain_login(login), clean(name), hashed, frozenset(role), clock.now(), clean(agency))
        except LoginTaken:
            _stop(f"Đã có cán bộ {login}; không có gì thay đổi. / The login {login} is taken; nothing was changed.")
        typer.echo(f"Đã thêm / added: {plain_login(login)}{made}")

    _with_people(work)


@app.command("list")
def listed() -> None:
    """Liệt kê cán bộ và vai. / List everybody and their roles."""
    from rich.console import Console
    from rich.table import Table

    async def work(people: "Book") -> None:
        table = Table("Đăng nhập", "Họ tên", "Vai", "Cơ quan", "")
        for person in await people.all_staff():
            off = "đã khóa / disabled" if person.disabled_at else ""
            table.add_row(person.login, person.name, ", ".join(sorted(person.roles)), person.agency, off)
        Console().print(table)

    _with_people(work)


@app.command("disable")
def disable(login: Login) -> None:
    """Khóa một cán bộ và đóng mọi phiên đăng nhập. / Lock one out and end every session."""
    from server import clock
    from server.doors.identity import plain_login

    async def work(people: "Book") -> None:
        _said(await people.disable(plain_login(login), clock.now()), login, "Đã khóa / disabled")

    _with_people(work)


@app.command("passwd")
def passwd(login: Login, password_stdin: FromInput = False) -> None:
    """Đặt mật khẩu mới, mở khóa, đóng mọi phiên đăng nhập. / Set a new password, unlock, end every session."""
    from server import clock
    from server.doors.identity import hash_password, plain_login

    password, made = _password(password_stdin)

    async def work(people: "Book") -> None:
        hashed = await hash_password(password)
        found = await people.set_password(plain_login(login), hashed, clock.now())
        await people.enable(plain_login(login), clock.now())
        _said(found, login, f"Đã đặt mật khẩu / password set{made}")

    _with_people(work)


def _password(from_input: bool) -> tuple[str, str]:
    """The password, and what to print of it: only one that nobody knows yet."""
    from server import clock
    from server.doors.identity import unfit

    if not from_input:
        made = clock.password()
        return made, f"\nMật khẩu / password: {made}"
    given = sys.stdin.readline().rstrip("\r\n")
    if wrong := unfit(given):
        _stop(wrong)
    return given, ""


def _with_people(work: "Callable[[Book], Awaitable[None]]") -> None:
    asyncio.run(_whole(work))


async def _whole(work: "Callable[[Book], Awaitable[None]]") -> None:
    """On the database; or, while a server runs on it, through that server's door."""
    from server.doors.operator import people_there
    from server.store.people import People
    from server.store.problems import AlreadyOpen

    chosen = environment.settings()
    try:
        async with environment.database(chosen) as database:
            await work(People(database))
    except AlreadyOpen as taken:
        try:
            async with people_there(chosen.data_dir) as people:
                await work(people)
        except OSError:
            raise taken from None


def _said(found: bool, login: str, done: str) -> None:
    if not found:
        _stop(f"Không có cán bộ {login}. / Nobody has the login {login}.")
    typer.echo(f"{login}: {done}")


def _stop(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(1)
