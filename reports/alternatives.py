"""What each chart shows, in words: for those who hear the report, computed from the data."""

from typing import cast

import pandas as pd

from reports import wording
from reports.references import friendship
from reports.theme import CHANNEL_WORDS, ONLINE


def mirrored(periods: pd.DataFrame) -> str:
    """The two sides, the extremes, what is unknown."""
    known = periods.dropna(subset=["online_hours"])
    if known.empty:
        return "No data: nothing was recorded in this period."
    totals = {c: float(known[f"{c}_hours"].sum()) for c in ONLINE}
    parts = ", ".join(f"{CHANNEL_WORDS[c]} {wording.hours(h)}" for c, h in totals.items())
    return (
        f"Mirrored bars, {wording.count(len(periods), 'row')}. Online communication to the left,"
        f" {wording.hours(float(known['online_hours'].sum()))} in all ({parts}); time in person to"
        f" the right, {wording.hours(float(periods['in_person_hours'].sum(min_count=1)))} in all."
        f" {wording.count(len(periods) - len(known), 'row').capitalize()} not recorded."
    )


def balance(line: pd.DataFrame) -> str:
    """The share at the line's first and last known point, and its extremes."""
    known = line["balance"].dropna().astype(float)
    if known.empty:
        return "No data: too few days are known on both sides."
    first, last = (wording.day(cast("pd.Timestamp", known.index[end])) for end in (0, -1))
    return (
        "A line of the share of social time spent in person, over 28 days at a time:"
        f" {wording.percent(known.iloc[0])} on {first}, {wording.percent(known.iloc[-1])} on"
        f" {last}; lowest {wording.percent(known.min())}, highest {wording.percent(known.max())}."
    )


def calendars(days: pd.DataFrame) -> str:
    """The fullest day on each side, and days with no one."""
    words = ["Two calendars, a square a day."]
    for column, name in (("online_hours", "online"), ("in_person_hours", "in person")):
        known = days[column].dropna().astype(float)
        if len(known):
            most = known.idxmax()
            words.append(
                f"Most hours {name}: {wording.hours(float(known.max()))} on {wording.day(cast('pd.Timestamp', most))}."
            )
    alone = int((days["in_person_hours"] == 0).sum())
    words.append(f"Without company: {wording.count(alone, 'day')}.")
    return " ".join(words)


def actogram(hours: pd.DataFrame, quiet: tuple[int, int]) -> str:
    """The busiest hour, and how much fell into the hours mostly within the quiet ones [min]."""
    by_hour = hours.groupby("hour")["screen_hours"].mean()
    if by_hour.isna().all():
        return "No data: nothing was recorded in this period."
    begins, ends = quiet
    night = [
        hour for hour in range(24) if (hour * 60 + 30 - begins) % 1440 < (ends - begins) % 1440
    ]
    late = hours.loc[hours["hour"].isin(night), "screen_hours"].sum()
    total = float(hours["screen_hours"].sum())
    share = float(late) / total if total > 0 else float("nan")
    busiest = int(cast("int", by_hour.idxmax()))
    days = hours.loc[hours["screen_hours"].notna(), "day"].nunique()
    return (
        "A grid of hours by days, at the screen and in person. The busiest hour at the screen"
        f" begins at {busiest}:00, with {wording.hours(float(by_hour.max()))} on average"
        f" ({wording.tally(days, 'day')});"
        f" {wording.percent(share)} of screen time fell between {wording.clock(begins)} and"
        f" {wording.clock(ends)}."
    )


def people(people: pd.DataFrame) -> str:
    """Who comes first, in hours."""
    known = people.loc[people["in_person_hours"].fillna(0) > 0]
    first = known.nlargest(3, "in_person_hours")
    listed = "; ".join(
        f"{name}, {wording.hours(float(value))}"
        for name, value in zip(first["name"], first["in_person_hours"], strict=True)
    )
    return (
        f"Bars of hours in person with {wording.count(len(known), 'person', 'people')}: {listed}."
    )


def coverage(days: pd.DataFrame) -> str:
    """How much was recorded."""
    return (
        f"Bars of the hours recorded each day: {wording.covered(days)} of"
        f" {wording.count(len(days), 'day')} have some, on average"
        f" {wording.hours(float(days['covered_hours'].fillna(0).mean()))} a day."
    )


def experiment(rows: pd.DataFrame) -> str:
    """The phases' means, the difference seen, and how rare chance makes it."""
    days = rows[rows["kind"] == "day"].dropna(subset=["value"])
    means = days.groupby("phase")["value"].agg(["mean", "count"])
    if not {"A", "B"} <= set(means.index):
        return "No data: an experiment needs values in both A and B."
    seen = float(means["mean"]["B"] - means["mean"]["A"])
    chance = rows.loc[rows["kind"] == "assignment", "difference"].dropna()
    as_large = int((chance.abs() >= abs(seen) - 1e-9).sum())
    return (
        "Points, one a day, in four phases A, B, A, B. Mean in A"
        f" {means['mean']['A']:.1f} ({wording.count(means['count']['A'], 'day')}), in B"
        f" {means['mean']['B']:.1f} ({wording.count(means['count']['B'], 'day')}). Beside it, a"
        f" histogram of the difference in {wording.count(len(chance), 'possible calendar')}:"
        f" {wording.count(as_large, 'calendar')} of them {'has' if as_large == 1 else 'have'} one"
        f" as large as the {abs(seen):.2f} that was seen."
    )


def ties(grown: pd.DataFrame) -> str:
    """Who comes first, and how many passed each line."""
    totals = grown.dropna(subset=["total_hours"]).groupby("name", sort=False)["total_hours"].max()
    if totals.empty:
        return "No data: no time in person with anybody named has been logged."
    listed = "; ".join(
        f"{name}, {wording.hours(float(value))}" for name, value in totals.nlargest(3).items()
    )
    passed = ", ".join(
        f"{wording.count(int((totals >= hours).sum()), 'person', 'people')} {hours} h"
        for hours, _ in friendship()
    )
    return (
        f"Lines of hours in person that add up, one for each of"
        f" {wording.count(len(totals), 'person', 'people')}: {listed}. Passed so far: {passed}."
    )


def funnel(stages: pd.DataFrame) -> str:
    """The four counts."""
    words = (
        "could be reached",
        "conversed",
        "were met in person",
        "gave support or brought something",
    )
    counts = [
        f"{'not noted how many' if number != number else wording.count(number, 'person', 'people')} {word}"  # noqa: PLR0124
        for number, word in zip(stages["people"].astype(float), words, strict=False)
    ]
    return f"Four dots on a logarithmic axis: {'; '.join(counts)}."


def returns(rates: pd.DataFrame) -> str:
    """Each channel with its count, hours and interval."""
    said = []
    for name, row in rates[[isinstance(name, str) for name in rates.index]].iterrows():
        channel = CHANNEL_WORDS.get(str(name), str(name))
        if pd.isna(row["high"]):
            many = f"{row['events']:.0f}, " if row["events"] else ""
            said.append(f"{channel}, {many}no hours known")
            continue
        said.append(
            f"{channel}, {row['events']:.0f} in {wording.hours(float(row['hours']))},"
            f" {row['low']:.1f} to {row['high']:.1f} per 100 hours"
        )
    return f"Dots with intervals, opportunities per 100 hours by channel: {'; '.join(said)}."


def load(index: pd.DataFrame) -> str:
    """The highest, the lowest and the last index."""
    known = index["load"].dropna().astype(float)
    if known.empty:
        return "No data: too few days were recorded, or too few parts are known, for an index."
    high, low = (cast("pd.Timestamp", at) for at in (known.idxmax(), known.idxmin()))
    return (
        "A line of the Recovery-Load Index with its interval, and bars of what it is made of."
        f" Highest: {known.max():.0f} on {wording.day(high)}; lowest: {known.min():.0f} on"
        f" {wording.day(low)}; last: {known.iloc[-1]:.0f}."
    )


def withdrawal(rows: pd.DataFrame) -> str:
    """The longest time without anybody, and how often the watch spoke up."""
    days = rows[rows["kind"] == "day"].dropna(subset=["value"])
    if days.empty:
        return "No data: nobody is known to have been met."
    longest = days.sort_values("value", kind="stable").iloc[-1]
    over = int((rows.loc[rows["kind"] == "watch", "value"].astype(float) > 5.8).sum())  # noqa: PLR2004 - the limit
    return (
        f"Bars of the days since anybody was met: at most {wording.count(longest['value'], 'day')},"
        f" on {wording.day(cast('pd.Timestamp', longest['day']))}. Below, a line of the weekly"
        f" watch, over its limit {wording.count(over, 'time')}."
    )


def energy(daily: pd.DataFrame) -> str:
    """The first and last month of answers."""
    known = daily["energy"].dropna().astype(float)
    if known.empty:
        return "No data: no answer tells of energy."
    return (
        "Points of energy as told, 0 to 10, with a rolling median: in the middle"
        f" {known.head(28).median():g} over the first 28 answers and {known.tail(28).median():g}"
        " over the last; beside it, each against the hours online of the day before."
    )
