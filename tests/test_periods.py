import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect import periods
from disconnect.errors import UsageProblemError
from disconnect.periods import Period

TODAY = dt.date(2026, 11, 18)  # a Wednesday
DATES = st.dates(dt.date(1971, 1, 1), dt.date(2200, 12, 31))


def days(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-10-31", "2026-10-31", "2026-10-31"),
        ("2026-W40", "2026-09-28", "2026-10-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("today", "2026-11-18", "2026-11-18"),
        ("yesterday", "2026-11-17", "2026-11-17"),
        ("this-week", "2026-11-16", "2026-11-18"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_has_a_name(words, first, last):
    assert periods.named(words, TODAY) == days(first, last)


def test_a_week_begins_on_the_day_the_person_says():
    assert periods.named("this-week", TODAY, week_starts="sun") == days("2026-11-15", "2026-11-18")


@pytest.mark.parametrize(
    ("words", "first"),
    [("1d", "2026-11-18"), ("2w", "2026-11-05"), ("1m", "2026-10-19"), ("2y", "2024-11-19")],
)
def test_last_goes_back_from_today(words, first):
    assert periods.last(words, TODAY) == days(first, "2026-11-18")


def test_a_month_before_the_31st_ends_with_the_shorter_month():
    assert periods.last("1m", dt.date(2026, 3, 31)).first == dt.date(2026, 3, 1)


@pytest.mark.parametrize("words", ["2026-02-30", "2026-13", "2026-W54", "2025-W53", "soon", ""])
def test_a_date_that_does_not_exist_is_said_in_one_line(words):
    with pytest.raises(UsageProblemError) as caught:
        periods.named(words, TODAY)
    assert "\n" not in str(caught.value)
    assert repr(words) in str(caught.value)


@pytest.mark.parametrize("words", ["0d", "-3d", "3", "12q", "9999y"])
def test_a_length_that_is_none_is_refused(words):
    with pytest.raises(UsageProblemError, match="--last"):
        periods.last(words, TODAY)


def test_dates_are_inclusive_and_date_times_cut_finer():
    whole = periods.between("2026-10-01", "2026-10-02", TODAY)
    assert (whole.days, whole.since, whole.until) == (2, None, None)
    finer = periods.between("2026-10-01T09:00", "2026-10-01T17:30", TODAY)
    assert finer.days == 1
    assert finer.until == dt.datetime(2026, 10, 1, 17, 30)  # noqa: DTZ001 - local, as typed


@pytest.mark.parametrize(
    ("hour", "start", "end", "first", "last"),
    [
        (0, "2026-10-01T00:00", "2026-10-02T00:00", "2026-10-01", "2026-10-01"),
        (0, "2026-10-01T00:00", "2026-10-02T00:01", "2026-10-01", "2026-10-02"),
        (4, "2026-10-01T02:00", "2026-10-02T03:00", "2026-09-30", "2026-10-01"),
        (4, "2026-10-01T04:00", "2026-10-02T04:00", "2026-10-01", "2026-10-01"),
    ],
)
def test_a_date_time_lies_in_the_day_that_had_begun(hour, start, end, first, last):
    found = periods.between(start, end, TODAY, day_starts_hour=hour)
    assert (found.first, found.last) == (days(first, last).first, days(first, last).last)
    assert found.until == dt.datetime.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-10-02", "2026-10-01"), ("2026-10-01T10:00", "2026-10-01T09:00")],
)
def test_a_period_that_ends_before_it_starts_is_refused(start, end):
    with pytest.raises(UsageProblemError, match="ends before it starts"):
        periods.between(start, end, TODAY)


@pytest.mark.parametrize("words", ["1899", "2251-01", "0001-01-01", "9999", "9999-W52"])
def test_years_beyond_any_life_are_no_period(words):
    with pytest.raises(UsageProblemError, match="there is no"):
        periods.named(words, TODAY)


def test_ends_with_offsets_are_compared_as_the_instants_they_are():
    period = periods.between("2026-10-01T10:00+05:45", "2026-10-01T09:00-08:00", TODAY)
    assert period.since
    assert period.until
    assert period.since < period.until
    with pytest.raises(UsageProblemError, match="ends before it starts"):
        periods.between("2026-10-01T09:00-08:00", "2026-10-01T10:00+05:45", TODAY)


@given(DATES, st.sampled_from(["d", "w", "m", "y"]), st.integers(1, 60))
def test_a_length_always_ends_today_and_grows_with_its_count(today, unit, count):
    shorter = periods.last(f"{count}{unit}", today) if today.year > 1990 else None
    if shorter:
        longer = periods.last(f"{count + 1}{unit}", today) if today.year - count > 1000 else shorter
        assert shorter.last == longer.last == today
        assert longer.first <= shorter.first <= today


@given(DATES)
def test_every_day_lies_in_its_own_week_month_quarter_and_year(day):
    year, week, _ = day.isocalendar()
    names = [
        f"{year}-W{week:02}",
        f"{day.year}-{day.month:02}",
        f"{day.year}-Q{(day.month + 2) // 3}",
        f"{day.year}",
        day.isoformat(),
    ]
    for name in names:
        period = periods.named(name, TODAY)
        assert period.first <= day <= period.last


@pytest.mark.parametrize("starts", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
@given(st.dates(dt.date(1970, 1, 5), dt.date(2200, 12, 20)))
def test_a_week_is_read_as_it_is_named(starts, day):
    week = periods.named(periods.week_name(day, starts), day, week_starts=starts)
    assert week.first <= day <= week.last
    assert week.days == 7
    assert week.first.strftime("%a").lower() == starts
    assert periods.named("this-week", day, week_starts=starts).first == week.first


def test_a_week_from_sunday_has_the_number_of_the_monday_after_it():
    assert periods.named("2026-W47", TODAY, week_starts="sun") == days("2026-11-15", "2026-11-21")
    assert periods.week_name(dt.date(2026, 11, 15), "sun") == "2026-W47"
    assert periods.week_name(dt.date(2026, 11, 15)) == "2026-W46"
