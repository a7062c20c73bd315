"""`crowd`: a made-up crowd for a running server, to see how an evening feels, and what is lost, before there is one."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from server.cli import environment

if TYPE_CHECKING:
    from server.crowd.doors import Target
    from server.crowd.plan import Plan

_NO_DOOR = (
    "Với PostgreSQL không có cửa điều hành nên không tạo được phiên thử riêng. Chưa gửi gì; hãy nêu --code và --login. "
    "/ On PostgreSQL there is no operator's door to make a dialogue through. Nothing was sent; name --code and --login."
)
Option = typer.Option
Url = Annotated[str, Option(help="Địa chỉ máy chủ. / The server.")]
Code = Annotated[str, Option(help="Mã phiên có sẵn; không có thì tạo phiên riêng. / Without it: one of its own.")]
Login = Annotated[str, Option(help="Tài khoản kiểm duyệt; mật khẩu hỏi sau. / A moderator's account.")]
FromInput = Annotated[bool, Option("--password-stdin", help="Đọc mật khẩu từ đầu vào. / Read it from stdin.")]
Beyond = Annotated[bool, Option("--beyond-loopback", help="Cho phép máy chủ ở máy khác. / Allow another machine.")]
Yes = Annotated[bool, Option("--yes", help="Đồng ý với phiên không phải minh họa. / Yes, on real data.")]
Phones = Annotated[int, Option(min=1, max=50_000, help="Số điện thoại. / How many phones.")]
Seated = Annotated[int, Option(min=0, help="Máy lấy chỗ và gửi; còn lại chỉ xem. / With a seat; the rest look on.")]
Seconds = Annotated[float, Option(min=1, help="Chạy bao lâu. / How long, once all are in.")]
Arrivals = Annotated[float, Option(min=0.1, help="Máy vào mỗi giây. / Phones coming in a second.")]
Rate = Annotated[float, Option(min=0, help="Mỗi giây, cả đám đông. / A second, by the whole crowd.")]
Moderators = Annotated[int, Option(min=0, max=3, help="Trang kiểm duyệt. / Moderator's pages.")]
Every = Annotated[float, Option(min=0, help="Giây giữa hai lần cùng rớt mạng; 0: không. / Between storms.")]
Share = Annotated[float, Option(min=0, max=100, help="Phần trăm cùng rớt. / Per cent that drop.")]
Jitter = Annotated[bool, Option("--jitter/--no-jitter", help="Vào lại rải rác như máy thật. / As phones do.")]
Sick = Annotated[int, Option(min=0, help="Trong số điện thoại. / Of the phones.")]
Patience = Annotated[float, Option(min=1, help="Giây chờ trước khi coi là mất. / Before it counts as lost.")]
Seed = Annotated[int, Option(help="Cùng số, cùng lịch. / The same seed, the same schedule.")]


def crowd(
    *,
    url: Url = "", code: Code = "", login: Login = "", password_stdin: FromInput = False,
    beyond_loopback: Beyond = False, yes: Yes = False, phones: Phones = 100, seated: Seated = 1_000,
    seconds: Seconds = 60.0, arrivals: Arrivals = 100.0, asks: Rate = 1.0, supports: Rate = 3.0, withdraws: Rate = 0.2,
    moderators: Moderators = 1, leads: Rate = 1.0, storm_every: Every = 0.0, storm_share: Share = 100.0,
    jitter: Jitter = True, slow: Sick = 0, stalled: Sick = 0, dead: Sick = 0, patience: Patience = 30.0, seed: Seed = 0,
) -> None:  # fmt: skip
    """Đám đông thử qua cửa thật, câu hỏi bịa; cuối cùng đếm xem có mất gì. / A made-up crowd, and what was lost.

    Thoát 1 khi có mất mát. / Exit code 1 when something was lost.
    """
    import uvloop

    from server.crowd.plan import Plan

    if code and not login:
        moderators = 0
    if slow + stalled + dead > phones:
        _stop("Máy xấu nhiều hơn điện thoại. / More sick phones than phones.")
    url = url.rstrip("/").lower() or environment.settings().public_url
    _near(url, beyond_loopback)
    plan = Plan(
        phones=phones, seated=seated, seconds=seconds, arrivals=arrivals, asks=asks, supports=supports,
        withdraws=withdraws, moderators=moderators, leads=leads, storm_every=storm_every, storm_share=storm_share,
        jitter=jitter, slow=slow, stalled=stalled, dead=dead, patience=patience, seed=seed,
    )  # fmt: skip
    password = _password(password_stdin) if login else ""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        raise typer.Exit(runner.run(_run(url, code.upper(), plan, login, password, yes)))


def _near(url: str, beyond_loopback: bool) -> None:
    from server.crowd.doors import Target
    from server.settings import is_loopback

    host = Target(url).host
    if not is_loopback(host) and not beyond_loopback:
        _stop(
            f"{host} là máy khác; đám đông thử có thể làm nghẽn một phiên thật. Chưa gửi gì. Nếu đúng ý, thêm "
            f"--beyond-loopback. / {host} is another machine, and a crowd may choke a real evening. Nothing was sent. "
            "If you mean it, add --beyond-loopback."
        )


async def _run(url: str, code: str, plan: "Plan", login: str, password: str, yes: bool) -> int:
    """Find or make the ground, say what will happen, and let the crowd in."""
    from server.cli.crowd_run import attended
    from server.crowd.doors import CannotEnter, Target, sign_in
    from server.crowd.trial import NoGround, lock_accounts, make_ground

    target, own = Target(url), not code
    if own and environment.settings().shared:
        _stop(_NO_DOOR)
    accounts = [(login, password)] if login else []
    try:
        if own:
            code, accounts = await make_ground(environment.settings().data_dir, plan.moderators)
        staff = [await sign_in(target, *account) for account in accounts]
        await _announced(target, code, plan, own=own, yes=yes)
        return await attended(target, code, plan, staff, own=own)
    except CannotEnter as why:
        _stop(f"Không vào được phiên {code}: {why}. / Could not enter {code}.")
    except NoGround as why:
        _stop(str(why))
    except OSError as why:
        _stop(
            f"Không tới được máy chủ ({why}). Hãy chạy máy chủ trước; muốn tạo phiên riêng thì DOITHOAI_DATA_DIR "
            f"phải là của nó, nếu không hãy nêu --code. / The server cannot be reached. Start it first; for a dialogue "
            "of its own DOITHOAI_DATA_DIR must be that server's, else name --code."
        )
    finally:
        if own and accounts:
            await _locked(lock_accounts(environment.settings().data_dir))


async def _locked(locking: Coroutine[object, object, None]) -> None:
    try:
        await locking
    except OSError as why:
        typer.echo(
            f"Máy chủ không còn, các tài khoản thu-tai-… chưa khóa ({why}); hãy khóa bằng doithoai staff disable. / "
            "The server is gone and the accounts thu-tai-… are not locked; lock them with doithoai staff disable.",
            err=True,
        )


async def _announced(target: "Target", code: str, plan: "Plan", *, own: bool, yes: bool) -> None:
    """Say it before doing it. Somebody's real dialogue is not touched without their yes."""
    from server.crowd.doors import CannotEnter, fetch

    here, there = plan.said()
    if own:
        typer.echo(
            f"Phiên thử riêng {code} đã tạo, đóng dấu dữ liệu minh họa; xong việc nó được tạm dừng và để lại. {here}\n"
            f"A dialogue of its own, {code}, marked as invented, paused and left afterwards. {there}"
        )
        return
    door = await fetch(target, f"/d/{code}/join")
    if door.status != 200:
        raise CannotEnter(f"GET /d/{code}/join: {door.status}")
    typer.echo(f"Phiên {code} tại {target.url}: {here}\nThe dialogue {code}: {there}")
    if not door.demo and not yes:
        _stop(
            f"Phiên {code} không phải dữ liệu minh họa. Chưa gửi gì. Nếu đúng ý, thêm --yes; hoặc bỏ --code để dùng "
            f"phiên thử riêng. / {code} is not invented data. Nothing was sent. If you mean it, add --yes; or leave "
            "--code out for a dialogue of its own."
        )


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Mật khẩu / Password", hide_input=True))


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
