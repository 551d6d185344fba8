"""Titles of browsers' pages on their way into the database: gate, histories and ledger together."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from collectors.facts.screen import Activity
from disconnect.daemon.asking import Asking
from disconnect.daemon.ledger import Ledger
from disconnect.daemon.sessionizer import Changes, Look
from disconnect.daemon.title_gate import TitleGate

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class PageTitles:
    """Lets rows pass as they may be written, and describes them once their pages are known.

    Args:
        gate: Holds titles back.
        asking: Asks the histories.
        ledger: Writes what became known.
        steady: The steady clock [s].
    """

    gate: TitleGate
    asking: Asking
    ledger: Ledger
    steady: Callable[[], float]
    answered: int = 0
    """Questions of a person's commands that were answered since the start."""
    _asked_for: bool = field(default=False, init=False)
    _unwritten: list[Activity] = field(default_factory=list, init=False)

    def seen(self, look: Look) -> Look:
        """Return a look without what neither is kept nor tells anything."""
        return Look(self.gate.window(look.window), look.source, look.attended)

    def passing(self, changes: Changes) -> Changes:
        """Return the rows of a look as they may be written; asks the histories when it is time."""
        passing = self.gate.passing(changes, self.steady())
        if not self.asking.is_asking:
            self._ask()
        return passing

    def question(self) -> None:
        """Ask at once: a person wants to know their hours."""
        self._asked_for = True
        if not self.asking.is_asking:
            self._ask()

    def take_in(self) -> bool:
        """Take in what histories answered; whether they did."""
        answer = self.asking.answer()
        if answer is None:
            return False
        self._describe(answer)
        self._ask()
        return True

    def end(self) -> None:
        """Ask a last time and write what is known; what is not is forgotten."""
        self._describe(self.asking.last_answer(self.gate.held(), self.steady()))
        if self._unwritten:
            _log.warning("%d rows stay without their titles", len(self._unwritten))

    def _ask(self) -> None:
        asks = self.asking.ask(self.gate.held(), self.steady(), at_once=self._asked_for)
        if self._asked_for and not asks:
            self._asked_for = False
            self.answered += 1

    def _describe(self, answer: dict[str, Any]) -> None:
        rows = [*self._unwritten, *self.gate.take(answer, self.steady())]
        self._unwritten = [] if self.ledger.describe(rows) else rows
