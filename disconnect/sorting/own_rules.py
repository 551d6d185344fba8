"""A person's own rule file: one rule added, everything else left as it stands."""

import contextlib
import json
import os
from pathlib import Path
from typing import Literal

from disconnect import files
from disconnect.errors import DisconnectError, UsageProblemError
from disconnect.sorting import domains
from disconnect.sorting.books import Categories, host_and_path
from disconnect.sorting.rules import read

Kind = Literal["apps", "sites", "title_regex"]

HEADER = """\
# Your own sorting rules; they come before the bundled ones, and later ones before earlier.
# docs/categories.md describes the format.
"""


def kind_of(pattern: str) -> tuple[Kind, str]:
    """What a pattern is by its looks, and the pattern as rules have it.

    `https://example.org/forum` and `example.org` are sites, `/stand-?up/` is a regular
    expression for titles, anything else is an app.
    """
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):  # noqa: PLR2004 - two slashes
        return "title_regex", pattern[1:-1]
    site = site_of(pattern)
    return ("sites", site) if site else ("apps", pattern)


def site_of(text: str) -> str | None:
    """Host and path of an address, without scheme, query, port and `www.`; None: it is none."""
    scheme, mark, rest = text.rpartition("://")
    if mark and scheme not in ("http", "https"):
        return None
    bare = rest.partition("?")[0].partition("#")[0]
    host, slash, path = bare.partition("/")
    host = host.partition(":")[0].lower().removeprefix("www.")
    try:
        host_and_path(host)
    except ValueError:
        return None
    if not mark and not domains.is_host(host):
        return None
    return (host + slash + path).rstrip("/")


def add(path: Path, rule: tuple[Kind, str], category: str, channel: str | None = None) -> None:
    """Append one rule to the file, which is replaced whole or not at all.

    Raises:
        UsageProblemError: The rule would be wrong: no such category, no regular expression.
        DisconnectError: The file cannot be read or written, or what it holds already is wrong.
    """
    try:
        before = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        before = HEADER
    except (OSError, UnicodeDecodeError) as error:
        raise DisconnectError(f"cannot read the rules {path}: {error}") from error
    kind, pattern = rule
    lines = ["[[rule]]", f"category = {_quoted(category)}"]
    if channel:
        lines.append(f"channel = {_quoted(channel)}")
    lines.append(f"{kind} = [{_quoted(pattern)}]")
    added = "\n".join(lines) + "\n"
    _check(path, before, added)
    _write(path, before.rstrip("\n") + "\n\n" + added)


def _check(path: Path, before: str, added: str) -> None:
    from disconnect.sorting.sorter import bundled_texts

    categories = Categories()
    vocabulary = read(bundled_texts(), categories).vocabulary
    read([(path, before)], categories, vocabulary)
    try:
        read([(path, added)], categories, vocabulary)
    except DisconnectError as error:
        why = str(error).partition(", line ")[2].partition(": ")[2]
        raise UsageProblemError(why or str(error)) from error


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    draft = files.new_name(path)
    try:
        with os.fdopen(files.made(draft), "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # there may be none
            draft.unlink()
        raise DisconnectError(
            f"cannot write {path}: {error.strerror}; is the home yours, and is there space?"
        ) from error
