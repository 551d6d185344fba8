"""Locked and asleep, told by logind over the system bus (org.freedesktop.login1)."""

import contextlib
import os
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collectors.facts.screen import PresenceState
from collectors.source import Attended

BUS = "org.freedesktop.login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = "/org/freedesktop/login1"
ANSWER_SECONDS = 3.0
_SOCKET = Path("/run/dbus/system_bus_socket")


class Logind:
    """The session's LockedHint and the manager's PrepareForSleep, by signals."""

    name = "presence/logind"

    def __init__(self, address: str | None = None) -> None:
        self._address = address or os.environ.get("DBUS_SYSTEM_BUS_ADDRESS")
        self._connection: Any = None
        self._session: str | None = None
        self._signals: deque[Any] = deque()
        self._locked = False
        self._asleep = False
        self._gone = False
        self.ending = False
        """True while the machine is shutting down, or our session has ended."""

    def missing(self) -> str | None:
        """Say what is missing for it to work here; None when it works."""
        try:
            import jeepney  # noqa: F401
        except ImportError:
            return "jeepney is not installed"
        if not self._address and not _SOCKET.exists():
            return f"no system bus: {_SOCKET} is not there"
        return None

    def open(self) -> None:
        """Connect, find the session, and ask to be told of changes.

        Raises:
            OSError: There is no bus, no logind on it, or no session of ours.
        """
        from jeepney import DBusErrorResponse
        from jeepney.io.blocking import open_dbus_connection

        self.close()
        try:
            self._connection = open_dbus_connection(bus=self._address or "SYSTEM")
            self._asleep = self._gone = self.ending = False
            self._listen()
            self._session = self._find_session()
            self._locked = bool(self._property(self._session, SESSION, "LockedHint"))
        except (DBusErrorResponse, KeyError, TimeoutError, OSError) as problem:
            self.close()
            raise OSError(f"logind does not answer: {problem}") from problem

    def fileno(self) -> int | None:
        """The bus connection's socket; None while closed."""
        return None if self._connection is None else int(self._connection.sock.fileno())

    def sample(self) -> Attended:
        """Drain the signals and say whether the session is locked or the machine asleep.

        Raises:
            OSError: The bus has gone.
        """
        if self._connection is None:
            raise OSError("the system bus is not open")
        try:
            self._drain()
        except (OSError, EOFError) as problem:
            self.close()
            raise OSError(f"the system bus has gone: {problem}") from problem
        if self._asleep or self._gone:  # without a session nobody can use the machine
            return Attended(state=PresenceState.ASLEEP)
        return Attended(state=PresenceState.LOCKED if self._locked else None)

    def began(self) -> datetime | None:
        """Return when our session began (aware, UTC); None if logind does not say.

        Raises:
            OSError: The bus is not open, or has gone.
        """
        from jeepney import DBusErrorResponse

        if self._connection is None or self._session is None:
            raise OSError("the system bus is not open")
        try:
            microseconds = int(self._property(self._session, SESSION, "Timestamp"))
        except (DBusErrorResponse, TimeoutError) as problem:
            raise OSError(f"logind does not answer: {problem}") from problem
        return datetime.fromtimestamp(microseconds / 1e6, UTC) if microseconds else None

    def close(self) -> None:
        """Let go of the connection; safe to call twice."""
        opened, self._connection = self._connection, None
        self._signals.clear()
        if opened is not None:
            opened.close()

    def _listen(self) -> None:
        from jeepney import MatchRule, message_bus

        for rule in (
            MatchRule(type="signal", interface=MANAGER),
            MatchRule(type="signal", interface=SESSION),
            MatchRule(type="signal", interface=PROPERTIES, member="PropertiesChanged"),
        ):
            # The queue also keeps what arrives while an answer is waited for.
            self._connection.filter(rule, queue=self._signals)
            self._ask(message_bus.AddMatch(rule))

    def _ask(self, message: Any) -> Any:
        from jeepney.wrappers import unwrap_msg

        return unwrap_msg(self._connection.send_and_get_reply(message, timeout=ANSWER_SECONDS))

    def _call(self, method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Any:
        from jeepney import DBusAddress, new_method_call

        manager = DBusAddress(ROOT, BUS, MANAGER)
        return self._ask(new_method_call(manager, method, signature, body))

    def _find_session(self) -> str:
        """The session this process runs in, else the first graphical one of its user."""
        from jeepney import DBusErrorResponse

        try:
            return str(self._call("GetSessionByPID", "u", (os.getpid(),))[0])
        except DBusErrorResponse:
            (sessions,) = self._call("ListSessions")
        mine = [session for session in sessions if session[1] == os.getuid()]
        if not mine:
            raise OSError("this user has no session")
        seated = [session for session in mine if session[3]]
        return str((seated or mine)[0][4])

    def _concerns_us(self, member: str, message: Any) -> bool:
        """True if our session was removed, or came while we have none."""
        if member == "SessionRemoved":
            return str(message.body[1]) == self._session
        return member == "SessionNew" and self._gone

    def _look_for_session(self) -> None:
        """Our session has ended: another one of ours at a seat takes its place, or none does."""
        from jeepney import DBusErrorResponse

        try:
            (sessions,) = self._call("ListSessions")
            mine = [str(one[4]) for one in sessions if one[1] == os.getuid() and one[3]]
            found = next((path for path in mine if path != self._session or self._gone), None)
            self._gone = self.ending = found is None
            if found:
                self._session = found
                self._locked = bool(self._property(found, SESSION, "LockedHint"))
        except (DBusErrorResponse, TimeoutError, KeyError) as problem:
            raise OSError(f"logind does not answer: {problem}") from problem

    def _property(self, path: str, interface: str, name: str) -> Any:
        from jeepney import DBusAddress, Properties

        address = DBusAddress(path, BUS, interface)
        (variant,) = self._ask(Properties(address).get(name))
        return variant[1]

    def _drain(self) -> None:
        # One read may bring several messages, so the socket alone does not tell that none is left.
        with contextlib.suppress(TimeoutError):
            while True:
                self._connection.recv_messages(timeout=0)
        while self._signals:
            self._heard(self._signals.popleft())

    def _heard(self, message: Any) -> None:
        from jeepney import HeaderFields

        fields = message.header.fields
        member = fields.get(HeaderFields.member)
        path = fields.get(HeaderFields.path)
        if member == "PrepareForSleep":
            self._asleep = bool(message.body[0])
        elif member == "PrepareForShutdown":
            self.ending = self._gone or bool(message.body[0])
        elif self._concerns_us(member, message):
            self._look_for_session()
        elif path == self._session and member in {"Lock", "Unlock"}:
            self._locked = member == "Lock"
        elif path == self._session and member == "PropertiesChanged":
            changed = dict(message.body[1])
            if "LockedHint" in changed:
                self._locked = bool(changed["LockedHint"][1])
