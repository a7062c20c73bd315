"""`python -m server` is `doithoai`."""

from server.cli import main

main()
