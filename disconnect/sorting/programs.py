"""What runs inside a terminal or an editor, told by the window's title.

A program's name counts only where a command stands: "mutt" and "ana@host: mutt" are the program,
"man mutt", "vim muttrc" and "~/src/mutt" are not.
"""

import re
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")

_WORDS = re.compile(r"[\w.-]+")
_CUT = re.compile(r"\s[-–—|·•:▸]\s|:\s+").split
_TMUX = re.compile(r"(?:^|\s)\d+:([\w.-]+)\*")
"""tmux lists its windows as `0:bash- 1:mutt*`; the star marks the one on show."""
_TMUX_LIST = re.compile(r"(?:^|\s)\d+:[\w.-]+[*-]?(?:\s|$)")
_PROMPT = re.compile(r"\S*[$%#>\u276f]|~|\[[^\]]*\]|\([^)]*\)|tmux|zellij")
_BRACKETED = re.compile(r"^\[[^\]]* [^\]]*\][$%#>]? ")
"""What may stand before a command: a prompt, a session's name in brackets, a multiplexer."""
_BEFORE = frozenset({"sudo", "doas", "exec", "env", "command", "nohup", "torsocks", "torify"})
_READERS = frozenset(
    {"vim", "nvim", "vi", "view", "nano", "micro", "hx", "helix", "kak", "less", "more", "man", "bat"}
)  # fmt: skip
"""They show a file, whose name says nothing of what runs."""


def command(title: str, known: dict[str, T]) -> T | None:
    """Return what a terminal runs, of the commands that are known."""
    if known.keys().isdisjoint(_WORDS.findall(title.lower())):  # most titles
        return None
    return next((known[name] for name in _commands(title) if name in known), None)


def _commands(title: str) -> Iterator[str]:
    """Yield what may be the name of the command on show in a terminal, in lower case."""
    if active := _TMUX.search(title):
        yield active[1].lower()
        return
    if _TMUX_LIST.search(title):
        return
    found = [
        name for segment in _CUT(_BRACKETED.sub("", title)) if (name := _command(segment.split()))
    ]
    if not _READERS.intersection(found):
        yield from found


def _command(words: list[str]) -> str:
    """Return the first word that is no prompt and runs no other command; empty: there is none."""
    for word in words:
        if _PROMPT.fullmatch(word):
            continue
        folder, _, name = word.rpartition("/")
        if folder and not folder.endswith("bin"):
            return ""
        if name not in _BEFORE:
            return name.lower()
    return ""


def buffer(title: str) -> str:
    """Return an Emacs window's title from its buffer's name on."""
    return title.removeprefix("emacs: ").removeprefix("Emacs: ")
