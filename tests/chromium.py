"""The browser that tests and measurements drive: Debian's Chromium, without what would talk or draw in between."""

from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def hearing(sound: Path, *, once: bool = False) -> list[str]:
    """Flags for a browser whose microphone is this file, over and over or once, and is allowed without asking."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}{'%noloop' if once else ''}",
    ]
