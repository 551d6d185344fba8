"""Frames as the pipeline makes them, from a small seeded life."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from disconnect.analysis.totals import totals
from disconnect.pipeline.balance import by_group, rolling
from disconnect.pipeline.diary import diary

CHANNELS = ["broadcast_hours", "message_hours", "email_hours", "call_hours"]
HOURS = ["covered_hours", "screen_hours", "online_hours", *CHANNELS]
SUMMED = [*HOURS, "in_person_hours", "divided_hours", "encounters", "chance_encounters"]


def hours_frame(first, days, *, gaps):
    rng = np.random.default_rng(7)
    dates = pd.date_range(first, periods=days)
    hour = np.arange(24)
    shape = np.exp(-(((hour - 11) / 3.5) ** 2)) + 0.9 * np.exp(-(((hour - 21) / 2.2) ** 2))
    drift = 0.55 + 0.35 * np.sin(np.linspace(0, 3.5, days))[:, None]
    screen = np.clip(shape * drift + rng.normal(0, 0.12, (days, 24)), 0, 1)
    screen[:, 2:7] *= rng.random((days, 5)) < 0.15
    online = screen * np.clip(rng.normal(0.45, 0.15, (days, 24)), 0, 1)
    met = rng.random(days) < np.where(dates.day_of_week >= 5, 0.7, 0.35)
    person = np.zeros((days, 24))
    for row in np.flatnonzero(met):
        start = int(rng.choice([12, 16, 18, 19]))
        person[row, start : start + int(rng.integers(1, 4))] = 1
    covered = np.ones((days, 24))
    if gaps:
        covered[12:21] = 0
        covered[40, 10:] = 0
        covered[60:62] = 0
    screen[covered == 0] = online[covered == 0] = person[covered == 0] = np.nan
    return pd.DataFrame(
        {
            "day": np.repeat(dates, 24),
            "hour": np.tile(hour, days),
            "covered_hours": covered.ravel(),
            "screen_hours": screen.ravel(),
            "online_hours": online.ravel(),
            "in_person_hours": person.ravel(),
        }
    )


def days_frame(hours):
    rng = np.random.default_rng(8)
    by_day = hours.groupby("day")
    days = by_day[["covered_hours"]].sum()
    for column in ("screen_hours", "online_hours", "in_person_hours"):
        days[column] = by_day[column].sum(min_count=1)
    shares = rng.dirichlet([6, 4, 2, 1.5], len(days))
    for number, column in enumerate(CHANNELS):
        days[column] = days["online_hours"] * shares[:, number]
    met = days["in_person_hours"] > 0
    unknown = days["in_person_hours"].isna()
    people = rng.integers(1, 4, len(days)) * met
    days["divided_hours"] = days["in_person_hours"] * 0.1
    social = days["online_hours"] + days["in_person_hours"]
    days["balance"] = days["in_person_hours"] / social.where(social > 0)
    days["people_met"] = people.astype(float).mask(unknown)
    days["encounters"] = people.astype(float).mask(unknown)
    days["chance_encounters"] = (people > 2).astype(float)
    last = pd.Series(range(len(days)), index=days.index).where(met).ffill()
    days["days_since_met"] = np.arange(len(days)) - last
    days.index.name = "day"
    return days


def periods_frame(days, by):
    calendar = days.index.isocalendar()
    week = calendar["year"].astype(str) + "-W" + calendar["week"].astype(str).str.zfill(2)
    label = week if by == "week" else days.index.strftime("%Y-%m" if by == "month" else "%Y")
    grouped = days.groupby(np.asarray(label))
    periods = grouped[SUMMED].sum(min_count=1)
    person, online = (days[name].to_numpy() for name in ("in_person_hours", "online_hours"))
    codes = pd.factorize(np.asarray(label))[0]
    periods["balance"], periods["balance_days"] = by_group(person, online, codes, len(periods))
    periods["people_met"] = grouped["people_met"].max()
    periods["days_since_met"] = grouped["days_since_met"].last()
    periods["covered_days"] = grouped["online_hours"].count()
    periods["logged_days"] = grouped["in_person_hours"].count()
    periods.index.name = "period"
    return periods


def totals_of(days, observed=None, *, entries=None, today=None):
    """A period in numbers; entries on every day that has company, unless told otherwise."""
    number = days.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    met = number[days["in_person_hours"].notna()] if entries is None else np.array(entries)
    known = diary(met, int(number[-1]) if today is None else today)
    return totals(days, days if observed is None else observed, known)


def people_frame(number, *, scale):
    rng = np.random.default_rng(9)
    names = ["Ana Ferreira", "Ben Okafor", "Chiara", "Dmitri", "Esra Öztürk", "Farid", "Greta"]
    names += ["Hiro", "Ines", "Jonas Lindqvist-Hernández", "Kofi", "Lena", "Mateo", "Nadia"]
    hours = np.sort(rng.gamma(1.0, scale, number))[::-1]
    met = rng.choice(
        np.array(["in_person", "online", None], dtype=object), number, p=[0.6, 0.3, 0.1]
    )
    return pd.DataFrame(
        {
            "name": names[:number],
            "met": met,
            "how": rng.choice(
                np.array(["work", "chance", "introduced", None], dtype=object), number
            ),
            "in_person_hours": hours,
            "online_hours": rng.gamma(1.0, scale / 2, number),
            "encounters": np.maximum(1, (hours / 2).astype(int)),
            "chance_encounters": (hours / 9).astype(int),
            "first_met": [dt.date(2024, 5, 1)] * number,
            "last_met": [dt.date(2026, 9, 1 + day) for day in range(number)],
        }
    )


def top_frame(scale: float) -> pd.DataFrame:
    rows = [
        ("linkedin.com", "communication/social", "broadcast", 1.9),
        ("code", "work/coding", "other", 1.6),
        ("slack", "communication/messaging", "message", 1.1),
        ("mail.google.com", "communication/email", "email", 0.8),
        ("youtube.com", "media/video", "other", 0.7),
        ("zoom", "communication/calls", "call", 0.4),
        ("news.ycombinator.com", "communication/forums", "broadcast", 0.3),
        ("obscure.example", "uncategorised", "other", 0.1),
    ]
    frame = pd.DataFrame(rows, columns=["name", "category", "channel", "hours"])
    frame["hours"] *= scale
    return frame


PARTS = {
    "online_hours": 20, "long_day_share": 8, "late_night_hours": 10, "rest_window_hours": 10,
    "unbroken_share": 7, "broadcast_share": 5, "in_person_hours": 15, "outing_share": 4,
    "support_per_week": 5, "days_since_met": 10, "people_met_14d": 6,
}  # fmt: skip


def load_frame(days):
    """An index that follows the days; unknown where they were not recorded for two weeks."""
    rng = np.random.default_rng(12)
    wave = 0.45 + 0.4 * np.sin(np.linspace(0, 6, len(days)))
    blank = days["online_hours"].rolling(28, min_periods=1).count() < min(7, len(days))
    frame = pd.DataFrame(index=days.index)
    for name, weight in PARTS.items():
        frame[f"{name}_contribution"] = weight * np.clip(wave + rng.normal(0, 0.05), 0, 1)
    frame["load"] = frame.sum(axis=1)
    frame["low"], frame["high"] = frame["load"] - 8, frame["load"] + 5
    return frame.mask(blank)


def experiment_frame():
    """28 days with two missing, and the differences of other calendars."""
    rng = np.random.default_rng(11)
    days = pd.date_range("2026-09-07", periods=28)
    phase = np.array(["AB"[sum(n >= cut for cut in (6, 13, 20)) % 2] for n in range(28)])
    value = np.round(5 + 1.5 * (phase == "B") + rng.normal(0, 1.2, 28))
    value[[3, 14]] = np.nan
    shown = pd.DataFrame({"day": days, "phase": phase, "value": value}).assign(kind="day")
    chance = pd.DataFrame({"difference": rng.normal(0.2, 0.6, 455)}).assign(kind="assignment")
    return pd.concat([shown, chance], ignore_index=True).assign(outcome="energy")


def energy_frame(days):
    """Answers on most days, lower after long ones."""
    rng = np.random.default_rng(13)
    before = days["online_hours"].shift(1).fillna(3)
    energy = np.clip(np.round(8 - before + rng.normal(0, 1.5, len(days))), 0, 10)
    answered = rng.random(len(days)) < 0.8
    daily = days[["online_hours"]].copy()
    daily["energy"] = np.where(answered | (len(days) == 1), energy, np.nan)
    return daily


def withdrawal_frame(days):
    """Days since a meeting, and a watch of the weeks that rises and falls again."""
    since = days["days_since_met"].where(days["in_person_hours"].notna())
    rows = pd.DataFrame({"day": days.index, "value": since.to_numpy()})
    parts = [rows.assign(kind="day", measure="")]
    weeks = days.index[::7]
    for measure, shift in (("in_person_hours", 0.0), ("online_hours", 0.7)):
        value = np.clip(10 * np.sin(np.linspace(0, 3, len(weeks)) + shift), 0, 10)
        watch = pd.DataFrame({"day": weeks, "value": value})
        parts.append(watch.assign(kind="watch", measure=measure))
    return pd.concat(parts, ignore_index=True)


def ties_frame(first, days, people):
    """Hours that add up, more of them with those at the head of the list."""
    rng = np.random.default_rng(13)
    parts = []
    for number, (name, met) in enumerate(zip(people["name"], people["met"], strict=True)):
        meetings = np.sort(rng.choice(days, min(days, max(1, days // (4 + 3 * number))), False))
        parts.append(
            pd.DataFrame(
                {
                    "name": name,
                    "met": met,
                    "day": pd.Timestamp(first) + pd.to_timedelta(meetings, unit="D"),
                    "total_hours": rng.uniform(0.5, 4, len(meetings)).cumsum(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def funnel_frame(scale):
    people = [round(40.0 * scale) + 100, 31.0, 19.0, 7.0]
    return pd.DataFrame({"stage": ["reached", "conversed", "met", "supported"], "people": people})


def returns_frame(scale):
    """Nothing by e-mail, no hours of feeds known, and a channel that nobody told."""
    rows = [
        (9, 60.0, 15.28, 7.42, 27.38),
        (1, 12.0, 9.86, 0.9, 38.95),
        (4, 320.0, 1.3, 0.42, 2.97),
        (0, 210.0, 0.11, 0.0, 1.2),
        (1, np.nan, np.nan, np.nan, np.nan),
        (2, np.nan, np.nan, np.nan, np.nan),
    ]
    index = pd.Index(["in_person", "call", "message", "email", "broadcast", None], name="channel")
    frame = pd.DataFrame(rows, index, ["events", "hours", "rate_per_100h", "low", "high"])
    frame["hours"] *= scale
    frame[["rate_per_100h", "low", "high"]] /= scale
    return frame


SPANS = {
    "one day": ("2026-10-05", 1, False),
    "ninety days": ("2026-07-03", 90, True),
    "a year": ("2025-10-01", 365, True),
    "ten years": ("2016-10-01", 3652, True),
}


def frames_of(span: str) -> dict[str, pd.DataFrame]:
    first, count, gaps = SPANS[span]
    hours = hours_frame(first, count, gaps=gaps)
    days = days_frame(hours)
    people = people_frame(2 if count == 1 else 14, scale=min(count / 3 + 1, 300))
    return {
        "hours": hours,
        "days": days,
        "totals": totals_of(days),
        "balance": rolling(days),
        "weeks": periods_frame(days, "week"),
        "months": periods_frame(days, "month"),
        "years": periods_frame(days, "year"),
        "periods": periods_frame(days, "month" if count > 731 else "week"),
        "people": people,
        "ties": ties_frame(first, count, people),
        "funnel": funnel_frame(count / 90),
        "returns": returns_frame(count / 90),
        "top": top_frame(count * 0.9),
        "load": load_frame(days),
        "energy": energy_frame(days),
        "withdrawal": withdrawal_frame(days),
        "experiment": experiment_frame(),
    }


@pytest.fixture(scope="session")
def frames():
    return {span: frames_of(span) for span in SPANS}


@pytest.fixture(scope="session")
def by_period():
    return periods_frame


@pytest.fixture(scope="session")
def sum_up():
    return totals_of
