"""What the daemon says of itself: a small JSON file, written whole or not at all."""

import contextlib
import json
import os
from typing import Any

from disconnect.home import Home


def write(home: Home, said: dict[str, Any]) -> None:
    """Write what there is to say; readable by its owner alone.

    Raises:
        OSError: The disk is full, or the folder cannot be written.
    """
    draft = home.status.with_suffix(".draft")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(said, file)
        draft.replace(home.status)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def read(home: Home) -> dict[str, Any]:
    """What the daemon said last; empty when it never did."""
    try:
        said = json.loads(home.status.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def written_at(home: Home) -> int | None:
    """When it was said [ns on the file system's clock]; None when it never was."""
    try:
        return home.status.stat().st_mtime_ns
    except OSError:
        return None
