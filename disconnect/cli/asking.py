"""Where a check-in's answers come from: one key each, one line each, or one text."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import click

from disconnect.errors import UsageProblemError
from disconnect.logbook.answering import Question, Sitting, number_of, split
from disconnect.logbook.scales import Choice, Item

HELP = "One key each. Space or s skips, b goes back, q ends: what is finished is kept."
_BACK = ("b", "\x7f", "\x08", "\x1b[D")
_SKIP = ("s", " ", "\x1b[C")
_END = ("q", "\x1b", "\x03", "\x04")
_ENTER = ("\r", "\n")
_TEN = 10
_WIDTH = 78


@dataclass(slots=True)
class Keys:
    """The keys a person presses, however fast they come; one can be put back."""

    read: Callable[[], str]
    _waiting: list[str] = field(default_factory=list)

    def next(self) -> str:
        """The next key, in lower case; an arrow is one key, Ctrl-C and Ctrl-D are keys, too."""
        while not self._waiting:
            try:
                pressed = self.read()
            except (KeyboardInterrupt, EOFError):
                return _END[-1]
            is_arrow = pressed.startswith("\x1b")
            self._waiting = [pressed] if is_arrow else list(pressed.lower())
        return self._waiting.pop(0)

    def put_back(self, key: str) -> None:
        """Give this key again."""
        self._waiting.insert(0, key)


@contextlib.contextmanager
def terminal() -> Iterator[Callable[[], str]]:
    """Reading keys from the terminal as they are pressed; Ctrl-C is one, and loses nothing.

    Nor does closing the window. `click.getchar` changes the terminal's mode at each key and drops
    what was pressed between.
    """
    if sys.platform == "win32":
        yield click.getchar
        return
    import signal
    import termios

    ours = sys.stdin.fileno()
    before = termios.tcgetattr(ours)
    mode = termios.tcgetattr(ours)
    mode[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
    termios.tcsetattr(ours, termios.TCSADRAIN, mode)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # reading fails then, too, and ends the questions

    def read() -> str:
        pressed = os.read(ours, 64)
        if not pressed:
            raise EOFError
        return pressed.decode(errors="replace")

    try:
        yield read
    finally:
        with contextlib.suppress(termios.error):  # the window is closed
            termios.tcsetattr(ours, termios.TCSADRAIN, before)


def by_keys(sitting: Sitting) -> None:
    """Ask on the terminal until the end, or until the person has had enough or closed it."""
    with contextlib.suppress(OSError), terminal() as read:
        keys = Keys(read)
        _say(HELP)
        before: Question | None = None
        while question := sitting.question:
            _ask(question, before, sitting.former, sitting.total)
            before = question
            if not _one(sitting, question, keys):
                break
        _say("")


def _one(sitting: Sitting, question: Question, keys: Keys) -> bool:
    """Take keys until the question is answered or left; False when the person ends it."""
    while True:
        key = keys.next()
        choice = _choice(question.item, key, keys)
        if choice:
            _say(choice.label)
            sitting.answer(choice.number)
        elif key in _SKIP:
            _say("skipped")
            sitting.answer(None)
        elif key in _BACK:
            _say("back" if sitting.back() else "this is the first")
        elif key in _END:
            _say("end")
            return False
        elif key in _ENTER:
            continue
        else:
            _say(f"[{_allowed(question.item)}, s, b or q] ", line=False)
            continue
        return True


def _choice(item: Item, key: str, keys: Keys) -> Choice | None:
    """The answer that a key gives; a 1 waits to see whether it becomes a 10."""
    found = next((choice for choice in item.scale if choice.key == key), None)
    if found is None or key != "1" or item.high < _TEN or not item.ends:
        return found
    _say("1 (0 makes it 10, Enter leaves it) ", line=False)
    following = keys.next()
    if following == "0":
        return item.scale[-1]
    if following not in _ENTER:
        keys.put_back(following)
    return found


def _allowed(item: Item) -> str:
    return f"{item.low:g}–{item.high:g}" if item.ends else f"1–{len(item.scale)}"


def _ask(question: Question, before: Question | None, former: float | None, total: int) -> None:
    """Write the question, under its instrument's heading and answers where these are new."""
    instrument, item = question.instrument, question.item
    if before is None or before.instrument is not instrument:
        window = f", {instrument.window}" if instrument.window else ""
        _say(f"\n{instrument.title}{window}")
        before = None
    if before is None or (before.item.scale, before.item.ends) != (item.scale, item.ends):
        _say(_scale(item))
    was = "" if former is None else f" [{item.label(former)}]"
    _say(f"  {question.number} of {total}  {item.words}{was}  ", line=False)


def _scale(item: Item) -> str:
    """The answers there are, on one line where they fit."""
    if item.ends:
        return f"  {item.low:g} {item.ends[0]} … {item.high:g} {item.ends[1]}"
    answers = [f"{choice.key} {choice.label}" for choice in item.scale]
    line = "  " + "   ".join(answers)
    return line if len(line) <= _WIDTH else "\n".join(f"  {answer}" for answer in answers)


def _say(words: str, *, line: bool = True) -> None:
    click.echo(words, err=True, nl=line)


def by_lines(sitting: Sitting, lines: Sequence[str]) -> None:
    """Take one answer a line; where the lines end, the sitting ends as with `q`.

    Raises:
        UsageProblemError: There are none, more than questions, or one is no answer.
    """
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if not lines:
        raise UsageProblemError(
            "there are no answers on standard input; give one a line, or --energy 7 --drained 3"
        )
    if len(lines) > sitting.total:
        raise UsageProblemError(_miscounted(sitting, len(lines)))
    for number, line in enumerate(lines, start=1):
        _take(sitting, line, f"line {number}")


def by_text(sitting: Sitting, words: str) -> None:
    """Take all answers from one text.

    Raises:
        UsageProblemError: There are more or fewer than questions, or one is no answer.
    """
    given = split(words)
    if len(given) != sitting.total:
        raise UsageProblemError(_miscounted(sitting, len(given)))
    for number, part in enumerate(given, start=1):
        _take(sitting, part, f"answer {number}")


def _miscounted(sitting: Sitting, given: int) -> str:
    asked = ", ".join(f"{one.title}: {len(one.items)}" for one in sitting.instruments)
    return (
        f"{given} answer{'' if given == 1 else 's'} for {sitting.total} questions ({asked}); give one for each, - skips one;"
        " nothing is written"
    )


def _take(sitting: Sitting, words: str, where: str) -> None:
    question = sitting.question
    assert question  # noqa: S101 - the caller has counted
    try:
        sitting.answer(number_of(question.item, words))
    except UsageProblemError as error:
        raise UsageProblemError(f"{where}: {error}; nothing is written") from error
