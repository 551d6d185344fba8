"""Which instants a text meant: local times in their zone, never the future."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from disconnect.errors import UsageProblemError
from disconnect.logbook.whens import ClockTime, When

LONGEST = dt.timedelta(hours=24)
BRIEF = dt.timedelta(minutes=5)
_ONE_DAY = dt.timedelta(days=1)
_NOON = 12
_SMALL_HOURS = 6
# The hours of a part of the day that are after noon.
_LATE = {"afternoon": range(1, 8), "evening": range(4, 12), "night": range(6, 12)}
# When a part of the day begins if nothing finer was said.
_NOMINAL = {"morning": 9, "afternoon": 15, "evening": 19, "night": 21}


def settle(when: When, now: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Turn what was said into start and end (UTC).

    Args:
        when: What was said.
        now: The present instant (aware, UTC).
        zone: Where the person is.

    Raises:
        UsageProblemError: Something is missing, contradicts itself, does not exist, lies in
            the future or lasts longer than a day.
    """
    present = now.replace(second=0, microsecond=0)
    if when.vague and not when.day:
        raise UsageProblemError(
            f"{when.vague!r} names no day; add one such as today or 2026-10-24, or put the words"
            " behind note:"
        )
    length = BRIEF if when.length is None and when.brief else when.length
    start, end = _ends(when, length, present, zone)
    if when.length is not None and end - start != when.length:
        raise UsageProblemError(
            f"{_local(start, zone)} to {_local(end, zone)} is {spoken(end - start)},"
            f" not {spoken(when.length)}"
        )
    if end < start:
        raise UsageProblemError(f"it ends before it starts, at {_local(end, zone)}")
    if end == start:
        raise UsageProblemError("it ends when it starts; say how long it took, such as 45m")
    if end - start > LONGEST:
        raise UsageProblemError(
            f"{spoken(end - start)} is longer than a day; log each day by itself"
        )
    if end > now:
        raise UsageProblemError(
            f"it would end at {_local(end, zone)}, which is still to come (now it is"
            f" {_local(present, zone)}); name the day, such as yesterday"
        )
    return start, end


def _ends(
    when: When, length: dt.timedelta | None, present: dt.datetime, zone: ZoneInfo
) -> tuple[dt.datetime, dt.datetime]:
    if when.start or when.ago is not None:
        return _from_start(when, length, present, zone)
    if length is None:
        raise UsageProblemError("how long it took is missing; add a length such as 45m or 1h30")
    if when.end:
        on = When(day=when.end_day or when.day, part=when.part)
        end = _instant(when.end, on, present, zone)
        return end - length, end
    today = present.astimezone(zone).date()
    if when.part and not when.until_now:
        day = when.day or today
        begin = _instant(ClockTime(_NOMINAL[when.part]), When(day=day), present, zone)
        if day == today and begin + length > present:  # it is still morning: it ended just now
            return present - length, present
        return begin, begin + length
    if when.day == today and when.earlier:
        raise UsageProblemError("the time is missing; add one such as 16:00 or 2 hours ago")
    if when.day and when.day != today:
        raise UsageProblemError(
            f"the time on {when.day:%a} {when.day.day} {when.day:%b} is missing; add one such as 16:00"
        )
    return present - length, present


def _from_start(
    when: When, length: dt.timedelta | None, present: dt.datetime, zone: ZoneInfo
) -> tuple[dt.datetime, dt.datetime]:
    if when.ago is not None:
        start = present - when.ago
    else:
        assert when.start  # noqa: S101 - the caller has looked
        start = _instant(when.start, when, present, zone)
    if when.end:
        return start, _after(start, when, present, zone)
    if length is not None:
        return start, start + length
    if when.until_now:
        return start, present
    raise UsageProblemError("how long it took is missing; add a length such as 45m or an end")


def _after(start: dt.datetime, when: When, present: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first instant after the start at which the clock shows the end."""
    assert when.end  # noqa: S101 - the caller has looked
    if when.start and when.start == when.end and not when.end_day:
        raise UsageProblemError("it ends when it starts; say how long it took, such as 45m")
    if when.end_day:
        return _instant(when.end, When(day=when.end_day), present, zone)
    day = start.astimezone(zone).date()
    part = when.part if when.part != "night" else None
    for later in (0, 1):
        on = When(day=day + _ONE_DAY * later, part=part)
        for time in _readings(when.end, when.part):
            end = _first_after(start, time, on, zone)
            if end is not None:
                return end
    raise UsageProblemError("it ends before it starts; name the days")


def _first_after(
    start: dt.datetime, time: ClockTime, on: When, zone: ZoneInfo
) -> dt.datetime | None:
    """The first instant of a day after the start at which the clock shows a time; None if none."""
    local = start.astimezone(zone)
    for fold in (0, 1):
        try:
            end = _instant(time, on, start, zone, fold=fold)
        except UsageProblemError:
            if on.day == local.date() and dt.time(_hour(time), time.minute) < local.time():
                return None  # the clocks were put forward over it before it began
            raise
        if end > start:
            return end
    return None


def _readings(end: ClockTime, part: str | None) -> list[ClockTime]:
    """An end as it may be meant, earliest first: `4:30-5:30` and `10pm-2` go on to the next."""
    if end.half or end.offset is not None or (end.clear and not end.short):
        return [_halved(end, part)]
    if not 1 <= end.hour <= _NOON:
        return [end]
    return [replace(end, half="am"), replace(end, half="pm")]


def _hour(time: ClockTime) -> int:
    return time.hour if time.half is None else time.hour % 12 + (12 if time.half == "pm" else 0)


def _instant(
    time: ClockTime, when: When, present: dt.datetime, zone: ZoneInfo, *, fold: int = 0
) -> dt.datetime:
    time = _halved(time, when.part)
    hour = _hour(time)
    day = when.day or present.astimezone(zone).date()
    if when.part == "night" and hour < _SMALL_HOURS:
        day += _ONE_DAY  # one o'clock last night was this morning
    wall = dt.datetime.combine(day, dt.time(hour, time.minute))
    if time.offset is not None:
        return (wall - time.offset).replace(tzinfo=dt.UTC)
    instant = wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise UsageProblemError(
            f"there was no {wall:%H:%M} on {day} in {zone.key}: the clocks were put forward"
        )
    return instant


def _halved(time: ClockTime, part: str | None) -> ClockTime:
    """A time with am or pm, from the part of the day where it has none of its own."""
    if time.half or time.offset is not None or not 1 <= time.hour <= _NOON:
        return time
    if time.clear:  # "7:30" in the evening is 19:30, "11:30" in the afternoon stays as it is
        return replace(time, half="pm") if time.hour in _LATE.get(part or "", ()) else time
    if part is None:
        hour, past = time.hour, f":{time.minute:02}" if time.minute else ""
        raise UsageProblemError(
            f"{hour}{past} may be morning or afternoon; write {hour}{past}am, {hour}{past}pm or"
            f" {hour % 12 + 12}:{time.minute:02}"
        )
    small = part == "night" and (time.hour == _NOON or time.hour < _SMALL_HOURS)
    return replace(time, half="am" if part == "morning" or small else "pm")


def moment_of(
    time: ClockTime, day: dt.date | None, now: dt.datetime, zone: ZoneInfo
) -> dt.datetime:
    """The instant (UTC) of a time of day; of today, by the local calendar, unless a day is named.

    Raises:
        UsageProblemError: It may be morning or afternoon, or the clocks were put forward over it.
    """
    return _instant(time, When(day=day), now, zone).astimezone(dt.UTC)


def _local(instant: dt.datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b} {local:%H:%M}"


def spoken(length: dt.timedelta) -> str:
    """A length as people write it: `45m`, `2h`, `1h30`."""
    hours, minutes = divmod(length // dt.timedelta(minutes=1), 60)
    if not hours:
        return f"{minutes}m"
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"
