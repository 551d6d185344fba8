"""Check-ins in words: what `checkin`, `entries` and `undo` say of them."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from collectors.facts.checkin import CheckIn
from disconnect.cli.alone import told_alone
from disconnect.logbook.alone import NOBODY
from disconnect.logbook.instruments import BY_NAME
from disconnect.logbook.scales import Instrument
from reports.sentences.checkin import Scored, before, each, scored

COLUMNS = ("day", "at", "instrument", "answers", "score")


def told(checkin: CheckIn, earlier: tuple[dt.date, float | None] | None = None) -> str:
    """One check-in in a sentence; `earlier` is its score the time before."""
    instrument = BY_NAME.get(checkin.instrument)
    if instrument is None:
        return _brief(checkin)
    if instrument.scoring == "each":
        pairs = zip(instrument.items, checkin.answers, strict=True)
        said = each([(item.name, answer, item.high) for item, answer in pairs])
        return said[0].upper() + said[1:]
    answer = checkin.answers[0]
    if _is_worded(instrument) and answer is not None:
        return f"{instrument.title}: {instrument.items[0].label(answer).lower()}"
    known = Scored(
        title=instrument.title,
        score=checkin.score,
        span=instrument.span,
        ends=instrument.ends,
        answered=len(checkin.answers) - checkin.answers.count(None),
        asked=len(instrument.items),
        least=instrument.least,
    )
    day, score = earlier or (None, None)
    return scored(known) + (before(score, day, checkin.score) if checkin.score is not None else "")


def _is_worded(instrument: Instrument) -> bool:
    """Whether its one answer in words says all."""
    return len(instrument.items) == 1 and not instrument.items[0].ends


def brief(checkins: Sequence[CheckIn]) -> str:
    """The check-ins of a sitting, each in a few words."""
    if all(one.instrument == NOBODY for one in checkins):
        return told_alone([one.day for one in checkins])
    return "; ".join(_brief(one) for one in checkins)


def _brief(checkin: CheckIn) -> str:
    instrument = BY_NAME.get(checkin.instrument)
    if instrument and (instrument.scoring == "each" or _is_worded(instrument)):
        return told(checkin)
    title = instrument.title if instrument else checkin.instrument
    return f"{title}: {'no score' if checkin.score is None else f'{checkin.score:.3g}'}"


def told_sitting(checkins: Sequence[CheckIn]) -> str:
    """A sitting in one line."""
    if all(one.instrument == NOBODY for one in checkins):
        return brief(checkins)
    day = checkins[0].day
    return f"check-in of {day:%a} {day.day} {day:%b} · {brief(checkins)}"


def record(checkin: CheckIn) -> dict[str, object]:
    """A check-in as a row of COLUMNS."""
    return {
        "day": checkin.day,
        "at": checkin.at.astimezone(ZoneInfo(checkin.zone)).replace(microsecond=0),
        "instrument": checkin.instrument,
        "answers": list(checkin.answers),
        "score": checkin.score,
    }
