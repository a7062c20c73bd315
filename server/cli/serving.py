"""`serve` and `migrate`."""

import asyncio
import dataclasses
import resource
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli import environment
from server.settings import BadSetting, Settings

if TYPE_CHECKING:
    import uvicorn

# A recorder's frame has at most 64 KB (server/doors/sound.py); everything else is checked to be far smaller.
_LARGEST_FRAME = 64 * 1024


Hall = Annotated[
    bool,
    typer.Option(
        "--hall",
        help="Cho điện thoại trong mạng của hội trường, HTTP không mã hóa. / For phones on the hall's own network, "
        "over plain HTTP: knowingly.",
    ),
]


def serve(hall: Hall = False) -> None:
    """Chạy máy chủ. / Run the server until Ctrl-C."""
    chosen = environment.settings()
    run(for_hall(chosen) if hall else chosen)


def migrate(
    new_epochs: Annotated[
        bool,
        typer.Option(
            "--new-epochs",
            help="Sau pg_restore hoặc chuyển máy PostgreSQL: mọi trang mở tải lại từ đầu. / After pg_restore or a "
            "failover: every open page starts afresh.",
        ),
    ] = False,
) -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu. / Create or upgrade the database."""
    from server.store.backup import begin_new_epochs

    async def upgrade() -> None:
        async with environment.database(chosen) as database:
            codes = await database.write(begin_new_epochs) if new_epochs else []
        typer.echo("Cơ sở dữ liệu đã sẵn sàng. / The database is up to date.")
        for code in codes:
            typer.echo(f"{code}: đời mới / a new epoch")

    chosen = environment.settings()
    asyncio.run(upgrade())


def run(chosen: Settings) -> None:
    """Serve until somebody stops it. Pages that are open are told to come back before the doors close."""
    from server import interpreter, log

    interpreter.starting()
    from server.doors.leaving import PatientServer

    check_model(chosen)
    check_alone(chosen)
    log.configure(chosen.log_level)
    open_many_files()
    PatientServer(configuration(chosen)).run()


def check_model(chosen: Settings) -> None:
    """A model that was named and is nowhere is a slip of the fingers: nobody shall find out in the hall.

    One that is there and damaged stops nothing: the evening goes on without words, and the pages of sound say why.
    Raises BadSetting.
    """
    from server.rooms.model_choice import directory_of
    from transcription.models import list_models

    if not chosen.sound or not chosen.model or directory_of(chosen.models_dir, chosen.model):
        return
    installed = ", ".join(model.name for model in list_models(chosen.models_dir)) or "-"
    raise BadSetting(
        f"DOITHOAI_MODEL={chosen.model!r}: không có mô hình nào tên như vậy trong {chosen.models_dir} và không có thư "
        f"mục ấy. Đã cài: {installed}. / There is no such model in {chosen.models_dir}, and no such directory. "
        f"Installed: {installed}."
    )


def check_alone(chosen: Settings) -> None:
    """Say in one sentence, before anything starts, that another process stands in the way.

    Raises AlreadyOpen, and for a database that may be shared OtherKeys and NotStored.
    """
    from server import sharing
    from server.store.engines import sqlite_file
    from server.store.lock import FileLock

    async def shared() -> None:
        async with environment.database(chosen) as database:
            await sharing.check(chosen, database)

    if (file := sqlite_file(chosen.database_url)) is not None:
        FileLock(file).release()
    else:
        asyncio.run(shared())


def open_many_files() -> None:
    """Raise the soft limit of open files to the hard one: each phone is one, and many systems begin with 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def configuration(chosen: Settings) -> "uvicorn.Config":
    """How uvicorn is told to serve; tests use the same."""
    import uvicorn

    from server.app import create_app
    from server.doors.bounded_http import BoundedHttp
    from server.doors.bounded_socket import BoundedSocket

    return uvicorn.Config(
        create_app(chosen),
        host=chosen.host,
        port=chosen.port,
        loop="uvloop",
        http=BoundedHttp,
        ws=BoundedSocket,
        ws_max_size=_LARGEST_FRAME,
        ws_per_message_deflate=False,  # one frame is written to all; compressing it for each would cost far more
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(chosen.trusted_proxies),
        forwarded_allow_ips=list(chosen.trusted_proxies),
        timeout_graceful_shutdown=5,
    )


def for_hall(chosen: Settings) -> Settings:
    """The same settings, open to the hall's network. Raises BadSetting when this machine is on no network."""
    if chosen.https:
        return chosen
    address = own_address()
    if address is None:
        raise BadSetting(
            "Máy này chưa nối mạng nào, nên điện thoại không vào được. Hãy nối Wi-Fi của hội trường rồi chạy lại. / "
            "This machine is on no network, so no phone could reach it. Join the hall's Wi-Fi and start again."
        )
    return dataclasses.replace(
        chosen,
        host="0.0.0.0",  # noqa: S104 - asked for by --hall
        public_url=f"http://{address}:{chosen.port}",
        plain_http=True,
    )


def own_address() -> str | None:
    """Where this machine is on its network. Nothing is sent: a datagram socket only chooses its own end."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith("127.") else address
