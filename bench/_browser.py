"""The browser that is measured: Debian's Chromium, without what would talk or draw in between."""

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
