"""Which communication programs run, where no window can be seen."""

from collectors.source import Window

COMMUNICATION = frozenset(
    {
        "discord", "element-desktop", "evolution", "fractal", "gajim", "geary", "hexchat", "irssi",
        "kmail", "mattermost-desktop", "mutt", "neomutt", "pidgin", "profanity", "signal-desktop",
        "skypeforlinux", "slack", "teams", "telegram-desktop", "thunderbird", "weechat",
        "whatsdesk", "zoom", "zulip",
    }
)  # fmt: skip
"""Executables whose running is worth a word; not a rule book: that one sorts what is in front."""


class Processes:
    """Watches which programs come and go; asks only new ones for their names."""

    name = "processes/psutil"

    def __init__(self) -> None:
        self._running: dict[int, str] = {}
        self._fresh: set[int] = set()

    def missing(self) -> str | None:
        """Say what is missing for it to work here; None when it works."""
        try:
            import psutil  # noqa: F401
        except ImportError:
            return "psutil is not installed"
        return None

    def open(self) -> None:
        """Begin with no program known."""
        self._running.clear()
        self._fresh.clear()

    def fileno(self) -> int | None:
        """Nothing to wait on."""
        return None

    def sample(self) -> Window | None:
        """Never a window: that a program runs does not say that anyone looks at it."""
        self.running()
        return None

    def running(self) -> list[str]:
        """The names of communication programs that run now, in order."""
        import psutil

        alive = set(psutil.pids())
        new = alive - self._running.keys()
        # One seen between its fork and its exec bears its parent's name: ask once more.
        for pid in new | (self._fresh & alive):
            try:
                self._running[pid] = psutil.Process(pid).name().lower()
            except psutil.Error:
                continue  # it went while we looked
        self._fresh = new
        for pid in self._running.keys() - alive:
            del self._running[pid]
        return sorted({name for name in self._running.values() if name in COMMUNICATION})

    def close(self) -> None:
        """Forget what was seen."""
        self._running.clear()
        self._fresh.clear()
