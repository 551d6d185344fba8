"""How a day is told to have kept to an experiment: a small, strict grammar, and guesses.

    channel=broadcast after 20:00
    site=linkedin.com less than 10 minutes
    after 22:00 before 07:00 less than 15 minutes

Names narrow (all must hold), times narrow, and the use that is left must stay under a limit.
"""

import re
from dataclasses import dataclass

from collectors.facts.social import Channel
from disconnect.errors import UsageProblemError

NAMES = ("channel", "category", "app", "site")
CHANNELS = tuple(one.value for one in Channel if one is not Channel.IN_PERSON)
TOLERANCE = 5
"""Minutes that a rule without a limit allows: a page opened by mistake breaks nothing."""
DAY = 1440
_FORM = "write it like: channel=broadcast after 20:00 less than 5 minutes"
_WORD = re.compile(
    r"""\s*(?:
      (?P<name>[a-z]+)=(?P<value>"[^"]+"|[^\s"]+)
    | (?P<side>after|before)\s+(?P<time>\S+)
    | less\s+than\s+(?P<limit>[0-9]{1,4})\s+minutes?
    )(?=\s|$)""",
    re.VERBOSE,
)
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Rule:
    """Use of `where`, after and before those minutes of the local clock, stays under `limit`.

    `where` holds names and values, all of which must fit; empty: all use of screens. `after`
    and `before` are minutes since midnight or None, `limit` is in minutes.
    """

    where: tuple[tuple[str, str], ...] = ()
    after: int | None = None
    before: int | None = None
    limit: int = TOLERANCE

    def __str__(self) -> str:
        """The rule as it is kept; reading that gives the same rule."""
        parts = [f"{name}={_quoted(value)}" for name, value in self.where]
        parts += [f"after {_clock(self.after)}"] if self.after is not None else []
        parts += [f"before {_clock(self.before)}"] if self.before is not None else []
        return " ".join([*parts, f"less than {self.limit} minutes"])

    def counts(self, minute: int, day_starts: int) -> bool:
        """Whether a minute of the local clock (0..1439) counts.

        Times are taken in the order of the person's day, which begins at the hour
        `day_starts`; `after 22:00 before 07:00` are both ends of it.
        """

        def place(of: int) -> int:
            return (of - day_starts * 60) % DAY

        late = self.after is None or place(minute) >= place(self.after)
        early = self.before is None or place(minute) < place(self.before)
        if self.after is None or self.before is None:
            return late and early
        if place(self.after) < place(self.before):
            return late and early
        return late or early


def rule_of(words: str) -> Rule:
    """Read a rule.

    Raises:
        UsageProblemError: A word of it is not understood; the message names it.
    """
    where: list[tuple[str, str]] = []
    times: dict[str, int] = {}
    limits: list[int] = []
    text, at = words.strip(), 0
    while at < len(text):
        match = _WORD.match(text, at)
        if not match:
            raise UsageProblemError(f"{text[at:].strip()!r} is not understood in the rule; {_FORM}")
        at = match.end()
        if match["name"]:
            where.append(_narrowed(match["name"], match["value"].strip('"')))
        elif match["side"]:
            if match["side"] in times:
                raise UsageProblemError(f"the rule says {match['side']!r} twice; {_FORM}")
            times[match["side"]] = _minute(match["time"])
        else:
            limits.append(int(match["limit"]))
    if len(limits) > 1 or limits == [0]:
        raise UsageProblemError(f"a rule has one limit, of a minute or more; {_FORM}")
    if not (where or times or limits):
        raise UsageProblemError(f"the rule is empty; {_FORM}")
    return Rule(tuple(where), times.get("after"), times.get("before"), (limits or [TOLERANCE])[0])


def _narrowed(name: str, value: str) -> tuple[str, str]:
    if name not in NAMES:
        raise UsageProblemError(
            f"{name!r} is not understood in the rule; known: {', '.join(NAMES)}"
        )
    if name == "channel" and value not in CHANNELS:
        raise UsageProblemError(f"there is no channel {value!r}; known: {', '.join(CHANNELS)}")
    return name, value


def _minute(words: str) -> int:
    match = _TIME.fullmatch(words)
    if not match:
        raise UsageProblemError(f"{words!r} is no time of a rule; write it like 20:00")
    return int(match[1]) * 60 + int(match[2])


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value


_SUBJECTS = (
    (r"(?:feeds?|social media|social networks?|scrolling)", (("channel", "broadcast"),)),
    (r"e-?mails?", (("channel", "email"),)),
    (r"(?:messages|messaging|chats?|chatting)", (("channel", "message"),)),
    (r"(?:screens?|devices?|computers?)", ()),
)
_SITE = r"(?P<site>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
_WHEN = r"(?: (?P<side>after|before) (?P<time>[0-9]{1,2}:[0-9]{2}|[0-9]{1,2} ?[ap]m))?"


def guessed(what: str) -> Rule | None:
    """The rule that plain words mean beyond doubt, such as `no feeds after 20:00`; else None."""
    text = " ".join(what.lower().split())
    subjects = [*_SUBJECTS, (_SITE, ())]
    for pattern, where in subjects:
        match = re.fullmatch(rf"(?:no|without) {pattern}{_WHEN}", text)
        limited = re.fullmatch(
            rf"(?:less than|under) (?P<limit>[0-9]{{1,3}}) minutes of {pattern}{_WHEN}", text
        )
        found = match or limited
        if found:
            return _meant(found.groupdict(), where)
    return None


def _meant(said: dict[str, str | None], where: tuple[tuple[str, str], ...]) -> Rule | None:
    site, time, limit = said.get("site"), said["time"], said.get("limit")
    if site:
        where = (("site", site.removeprefix("www.")),)
    minute = _spoken_minute(time) if time else None
    if (time and minute is None) or limit == "0" or not (where or time or limit):
        return None  # `no screens` at all, or a time that no clock shows: not beyond doubt
    after = minute if said["side"] == "after" else None
    before = minute if said["side"] == "before" else None
    return Rule(where, after, before, int(limit) if limit else TOLERANCE)


def _spoken_minute(words: str) -> int | None:
    half = words[-2:] if words[-1] == "m" else None
    hour, _, minute = words.removesuffix(half or "").strip().partition(":")
    number = int(hour)
    if half and not 1 <= number <= 12:  # noqa: PLR2004 - a clock
        return None
    number = number % 12 + (12 if half == "pm" else 0) if half else number
    whole = number * 60 + int(minute or 0)
    return whole if whole < DAY and int(minute or 0) < 60 else None  # noqa: PLR2004 - an hour
