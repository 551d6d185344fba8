"""The settings, shown, edited and found."""

import dataclasses
import errno
import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import click

from disconnect import settings as settings_file
from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.errors import DisconnectError


@click.group(
    epilog="""Examples:

\b
  disconnect settings show
  disconnect settings edit
  cat "$(disconnect settings path)"
"""
)
def settings() -> None:
    """Show, edit or find the settings: one TOML file, each key checked."""


@settings.command(
    epilog="""Examples:

\b
  disconnect settings show
  disconnect settings show --format json
"""
)
@format_option
@click.pass_obj
def show(house: House, form: str) -> None:
    """Show every setting, its value now, and its default."""
    rows = list(_rows(house.settings, settings_file.Settings(), ""))
    records(rows, ["setting", "value", "default"], form)


@settings.command(
    epilog="""Examples:

\b
  disconnect settings path
  disconnect --home ~/second settings path
"""
)
@click.pass_obj
def path(house: House) -> None:
    """Print where the file is, whether it exists or not."""
    click.echo(house.home.settings)


@settings.command(
    epilog="""Examples:

\b
  disconnect settings edit
  EDITOR=nano disconnect settings edit
"""
)
@click.pass_obj
def edit(house: House) -> None:
    """Open the file in your editor.

    What is wrong in it is said, and then it is not taken over.
    """
    home = house.home.prepare()
    draft = home.settings.with_suffix(".toml.draft")
    before = _begun(home.settings, draft)
    try:
        editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        subprocess.run([*editor, str(draft)], check=True)  # noqa: S603 - the person's own editor
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        if draft.read_bytes() == before:
            draft.unlink()
        raise DisconnectError(f"the editor did not run: {error}; set EDITOR") from error
    try:
        settings_file.load(draft)
    except DisconnectError as error:
        raise DisconnectError(
            f"{error}; the old settings stay, your draft is kept for the next edit"
        ) from error
    draft.replace(home.settings)
    click.echo(f"saved {home.settings}", err=True)


def _begun(settings: Path, draft: Path) -> bytes:
    """What the editor is given: a draft that was kept, else the settings, else the defaults.

    Raises:
        DisconnectError: It cannot be written.
    """
    try:
        if draft.exists():
            return draft.read_bytes()
        text = settings.read_bytes() if settings.exists() else _commented_defaults().encode()
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            draft.unlink(missing_ok=True)  # half a file
        raise DisconnectError(f"cannot edit {settings}: {error.strerror}") from error
    return text


def _rows(now: Any, default: Any, prefix: str) -> Any:
    for field in dataclasses.fields(now):
        value, usual = getattr(now, field.name), getattr(default, field.name)
        if dataclasses.is_dataclass(value):
            yield from _rows(value, usual, f"{prefix}{field.name}.")
        else:
            yield {"setting": prefix + field.name, "value": _toml(value), "default": _toml(usual)}


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def _commented_defaults() -> str:
    lines = ["# Every line is a default; take the # away to change one."]
    section = ""
    for row in _rows(settings_file.Settings(), settings_file.Settings(), ""):
        name, _, key = row["setting"].rpartition(".")
        if name != section:
            lines += ["", f"[{name}]"]
            section = name
        lines.append(f"# {key} = {row['default']}")
    return "\n".join(lines) + "\n"
