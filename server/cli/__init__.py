"""The command line, `doithoai`. Each command imports what it needs when it runs, so that --help answers at once."""

import os
import sys

import typer

from server.cli import capture, cards, copies, crowd, demo, models, records, serving, staff, transcribing
from server.cli.trouble import sentence

app = typer.Typer(
    name="doithoai",
    help="Đối Thoại: người đứng đầu cơ quan đối thoại với Nhân dân, tại hội trường và trực tuyến. / "
    "Public dialogues, in the hall and online.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serving.serve)
app.command("demo")(demo.demo)
app.command("migrate")(serving.migrate)
app.add_typer(staff.app, name="staff")
app.add_typer(models.app, name="model")
app.command("capture")(capture.capture)
app.command("transcribe")(transcribing.transcribe)
app.command("verify")(records.verify)
app.command("export")(records.export)
app.command("cards")(cards.cards)
app.command("crowd")(crowd.crowd)
app.command("backup")(copies.backup)
app.command("restore")(copies.restore)


def main() -> None:
    """Run a command. What a person can do something about is one sentence and exit 1; a mistake of ours is a report."""
    os.umask(0o077)  # whatever a command writes holds what people said or who they are: for one user only
    try:
        app()
    except Exception as problem:  # what has no sentence is raised again below: nothing is hidden
        told = sentence(problem)
        if told is None:
            raise
        typer.echo(told, err=True)
        sys.exit(1)
