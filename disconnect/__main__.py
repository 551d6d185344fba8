"""`python -m disconnect` is the `disconnect` command."""

from disconnect.cli.main import run

run()
