"""The name of a program, found by its process."""

from pathlib import Path

INTERPRETERS = frozenset(
    {
        "python", "pypy", "perl", "ruby", "node", "nodejs", "java", "php", "lua", "luajit", "guile",
        "gjs", "gjs-console", "mono", "dotnet", "tclsh", "wish", "electron", "wine", "wine64",
        "bash", "dash", "sh", "zsh", "fish", "env",
    }
)  # fmt: skip
"""Programs that run others: their name says nothing of what a person sees."""
_VERSION = "0123456789.-"


def program_of(pid: int) -> str | None:
    """Return the program's name in lower case, the script's where an interpreter runs one.

    An interpreter without a script to its name goes by its own, without the version (`python`).

    Returns:
        None if the process has gone or may not be asked.
    """
    import psutil

    try:
        process = psutil.Process(pid)
        name = Path(process.exe()).name.lower()
        bare = name.rstrip(_VERSION) or name
        if bare not in INTERPRETERS:
            return name or None
        return _script(process.cmdline()[1:]) or bare
    except (psutil.Error, OSError):
        return None


def _script(words: list[str]) -> str | None:
    """Return the name of the script or module in an interpreter's words; None if there is none."""
    rest = iter(words)
    for word in rest:
        if word in {"-c", "-e", "-"}:
            return None
        if word == "-m":
            return next(rest, "").rpartition(".")[2].lower() or None
        if word in {"-W", "-X", "-cp", "-classpath"}:
            next(rest, None)
        elif not word.startswith("-"):
            return Path(word).stem.lower() or None
    return None
