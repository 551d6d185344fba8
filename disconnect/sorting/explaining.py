"""Where a rule stands, and why it matched, in words."""

import re
from pathlib import Path
from typing import Any

from disconnect.sorting.books import ALONE, Entry

BUNDLED = Path(__file__).parent / "rules"


def place(entry: Entry) -> str:
    """The file a rule stands in, with the line where it can be told."""
    if not entry.file:
        return ""
    path = Path(entry.file)
    shown = f"rules/{path.name}" if path.parent == BUNDLED else entry.file
    if path.suffix != ".toml":
        return shown
    # Titles hold spaces, so a line of theirs is one rule; elsewhere a line holds many.
    edge = r"[^\s,'\"]" if entry.kind not in {"titles", "windows"} else r"[^\n'\"]"
    word = re.compile(rf"(?<!{edge}){re.escape(entry.rule)}(?!{edge})")
    key, found = "", None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if assigned := re.match(r"\s*(\w+)\s*=", line):
            key = assigned[1]
        if key == entry.kind and word.search(line):
            found = number  # the last one: later rules win
    return f"{shown}:{found}" if found else shown


def why(entry: Entry, app: str, site: str | None) -> str:
    """One sentence for a person."""
    sentences: dict[str, Any] = {
        "sites": f"the page lies on {entry.rule.removeprefix(ALONE)}",
        "apps": f"the app is {entry.rule}",
        "titles": f"the title has {entry.rule!r} at its place",
        "windows": f"the title inside the app or site fits {entry.rule!r}",
        "title_regex": f"the title fits the regular expression {entry.rule!r}",
        "labels": f"the host begins with {entry.rule}",
        "parts": f"{entry.rule} is that part of such a site",
        "commands": f"{entry.rule} runs in {app}",
        "buffers": f"the buffer of {app} fits {entry.rule!r}",
        "desktop": f"the desktop entry of {app} has the category {entry.rule}",
        "desktop_general": f"the desktop entry of {app} has the category {entry.rule}",
        "browser": "a browser's window whose title names no site that is known",
        "none": f"no rule knows {site or app or 'it'}",
    }
    return str(sentences[entry.kind])
