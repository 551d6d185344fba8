"""What an experiment on oneself came to, in sentences that claim no more than its interval."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from reports import wording

SURE = 0.05
_NAMES = {"energy": "energy", "drained": "feeling drained", "in_person_hours": "time in person"}
ANSWERS = ("energy", "drained")


@dataclass(frozen=True, slots=True)
class About:
    """What was tried (B), the outcome's name, and the rule by which days kept to it, or None."""

    what: str
    outcome: str
    rule: str | None
    days: int


def result(about: About, row: Mapping[str, float]) -> list[str]:
    """Say what the test found, what it cannot tell, and what was missing.

    Args:
        about: What was tried.
        row: `a_days`, `b_days`, `missing_days`, `a_mean`, `b_mean`, `difference`, `low`, `high`
            (in points of an answer or hours), `p`, `assignments`, and what `kept` needs.
    """
    lines = [_means(about, row), _interval(about, row)]
    if row["missing_days"]:
        lines.append(
            f"{wording.count(row['missing_days'], 'day').capitalize()} of {about.days}"
            f" {'has' if row['missing_days'] == 1 else 'have'} no value and"
            f" {'is' if row['missing_days'] == 1 else 'are'} left out; what would have stood there"
            " is not known."
        )
    lines.append(kept(about, row))
    if about.outcome in ANSWERS:
        lines.append(
            "You knew each day what was tried, so a part of a difference in answers can come of"
            " what you expected."
        )
    return lines


def named(outcome: str) -> str:
    """An outcome as it stands in a sentence: `online time`, `energy`."""
    return _NAMES.get(outcome, f"{outcome.removesuffix('_hours')} time")


def amount(outcome: str, value: float) -> str:
    """An amount of the outcome, without its sign: `0.8 points`, `25 min`."""
    if outcome in ANSWERS:
        return f"{abs(value):.1f} {'point' if f'{abs(value):.1f}' == '1.0' else 'points'}"
    return wording.hours(abs(value))


def _mean(outcome: str, value: float) -> str:
    return f"{value:.1f} of 10" if outcome in ANSWERS else f"{wording.hours(value)} a day"


def _means(about: About, row: Mapping[str, float]) -> str:
    in_b, in_a = (_mean(about.outcome, row[f"{phase}_mean"]) for phase in "ba")
    side = "higher" if row["difference"] > 0 else "lower"
    apart = f"{amount(about.outcome, row['difference'])} {side} in B"
    days_b, days_a = (wording.tally(row[f"{phase}_days"], "day") for phase in "ba")
    if in_a == in_b:
        return (
            f"Mean {named(about.outcome)}: {in_b}, on {days_b} of B ({about.what}) as on {days_a}"
            " of A (as usual): no difference."
        )
    return (
        f"Mean {named(about.outcome)}: {in_b} on {days_b} of B ({about.what}), {in_a} on {days_a}"
        f" of A (as usual): {apart}."
    )


def _interval(about: About, row: Mapping[str, float]) -> str:
    if row["low"] == row["high"] == 0:
        return "Every day has the same value, so the days cannot tell an effect from none."
    reach = f"Effects {_ends(about, row['low'], row['high'])} fit these days"
    how = f"(p = {_p(row['p'])}, {wording.count(row['assignments'], 'possible assignment')})"
    if row["p"] > SURE:
        return (
            f"{reach}, no effect at all among them {how}: the experiment does not tell whether"
            " there is an effect, which is not to say that there is none."
        )
    return (
        f"{reach}; no effect at all does not {how}. That holds for you and those weeks; whether it"
        " would again, another experiment can tell."
    )


def _ends(about: About, low: float, high: float) -> str:
    if math.isinf(low) and math.isinf(high):
        return "of any size"
    if math.isinf(low):
        return f"of {_end(about, high)} and any below"
    if math.isinf(high):
        return f"of {_end(about, low)} and any above"
    least, most = _end(about, low), _end(about, high)
    return f"of about {most}" if least == most else f"from {least} to {most}"


def _end(about: About, value: float) -> str:
    size = amount(about.outcome, value)
    sign = "" if size.startswith("0.0 ") or not value else "+" if value > 0 else "−"
    return f"{sign}{size}"


def _p(p: float) -> str:
    return f"{p:.3f}" if p < 0.1 else f"{p:.2f}"  # noqa: PLR2004 - two digits that count


def kept(about: About, row: Mapping[str, float]) -> str:
    """How far A and B differed in what was done, as far as the data tell."""
    if about.rule is None:
        return (
            "Whether you kept to it was not counted, for no rule was given; every day counts as it"
            " was drawn."
        )
    if not row["b_days_told"]:
        return f"Whether you kept to it is not known: no day of B was recorded ({about.rule})."
    line = f"Kept to ({about.rule}): {_days_kept(row, 'b')}"
    if row["a_days_told"]:
        line += f", and {_days_kept(row, 'a')} all the same"
    if 2 * row["b_days_kept"] < row["b_days_told"]:
        return (
            f"{line}. Most days of B were not kept, so this compares being asked with not being"
            " asked, more than the thing itself."
        )
    return f"{line}. Every day counts as it was drawn, kept or not."


def _days_kept(row: Mapping[str, float], phase: str) -> str:
    told = row[f"{phase}_days_told"]
    return (
        f"{row[f'{phase}_days_kept']:.0f} of {wording.tally(told, 'recorded day')} of"
        f" {phase.upper()}, with {row[f'{phase}_rule_minutes']:.0f} min a day"
    )
