"""Values to read one's own beside: ranges with their country, years and source."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "reference_data"
_FROM_AGE = {
    "15-19": 15, "20-24": 20, "25-34": 25, "35-44": 35, "45-54": 45, "55-64": 55, "65-74": 65,
    "75+": 75,
}  # fmt: skip
AGE_BANDS = tuple(_FROM_AGE)
SEXES = ("female", "male")
MEANS = ("socialising", "friends_in_person", "social_media", "internet")


@dataclass(frozen=True, slots=True)
class Reference:
    """A range of means [h a day], whom it is of, and where it comes from.

    Both ends are means of a group (of `socialising`: its weekdays and its weekends), so this is
    no range of what people do: on most days most of them have none of it.
    """

    low: float
    high: float
    label: str
    source: str
    whom: str = ""
    """The group, in words that follow `People in the US,`."""


def age_band(age: int | None) -> str | None:
    """The survey's band of an age; None below 15, of whom it asks nobody, and where not said."""
    if age is None:
        return None
    return next((band for band in reversed(AGE_BANDS) if age >= _FROM_AGE[band]), None)


def socialising(age: int | str | None = None, sex: str | None = None) -> Reference:
    """Time spent socialising and hosting in the United States.

    Args:
        age: Years or one of AGE_BANDS; None: not said.
        sex: One of SEXES; None: not said. The survey's table crosses age with the kind of day
            but not with sex: where both are said, age decides, which differs by more.

    Returns:
        From the mean of weekdays to that of weekends, of the narrowest group that is known.

    Raises:
        ValueError: There is no such band or sex.
    """
    band = age if isinstance(age, str) else age_band(age)
    about = _table()["atus"]
    if band is not None:
        kind, whom = "agegxwk", f"ages {band.replace('-', '–')}"
    elif sex is not None:
        kind, whom = "sexxwk", {"female": "women", "male": "men"}.get(sex, sex)
    else:
        kind, whom = "wk", "ages 15 and over"
    group = band or sex
    low, high = (_minutes(kind, group, day) / 60 for day in ("weekday", "weekend"))
    label = f"socialising, {about['country']}, {whom}, {about['years']}"
    return Reference(low, high, label, str(about["source"]), whom)


def mean_of(name: str) -> Reference:
    """Means of a population [h a day], one or of two years: one of MEANS."""
    found = _table()[name]
    return Reference(found["low"] / 60, found["high"] / 60, found["label"], found["source"])


def friendship() -> tuple[tuple[int, str], ...]:
    """Hours together after which people called each other so [h]: Hall 2018, United States."""
    found = _table()["friendship"]
    return tuple(zip(found["hours"], found["words"], strict=True))


def layers() -> tuple[tuple[int, ...], str, str]:
    """How many people the layers of relationships hold, the inner ones included; words; source."""
    found = _table()["layers"]
    return tuple(found["people"]), found["label"], found["source"]


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / "references.toml").read_text("utf-8"))


@cache
def _survey() -> dict[tuple[str, str], float]:
    """Mean minutes a day by kind of group and group."""
    with (FOLDER / _table()["atus"]["file"]).open(encoding="utf-8", newline="") as file:
        return {
            (row["by"].split()[0], row["group"]): float(row["mean_min"])
            for row in csv.DictReader(file)
        }


def _minutes(kind: str, group: str | None, day: str) -> float:
    named = f"{group}/{day}" if group else day
    if (kind, named) not in _survey():
        raise ValueError(f"the survey knows no group {group!r}")
    return _survey()[kind, named]
