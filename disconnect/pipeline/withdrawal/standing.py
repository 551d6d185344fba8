"""How it stands: days since a meeting, people met and days out, as of the last known day."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.statistics.windows import of_last

Floats = npt.NDArray[np.float64]

NOW_DAYS = 14


def now(days: pd.DataFrame, people: Floats, outings: Floats) -> dict[str, float]:
    """How it stands on the last day of which time with people is known.

    Args:
        days: Index `day`; `days_since_met`, `in_person_hours`.
        people: Different people met in the 14 days up to each day.
        outings: 1 for a day out, 0 for none, NaN for unknown.

    Returns:
        `days_since_met`, of which `unknown_days_since_met` are not known (so far as `days` goes
        back), `people_met_14d`, `outings_14d` and `known_days_14d`; NaN: not known.
    """
    logged = days["in_person_hours"].notna().to_numpy()
    known = np.flatnonzero(logged)
    names = (
        "days_since_met", "unknown_days_since_met", "people_met_14d", "outings_14d",
        "known_days_14d",
    )  # fmt: skip
    if not len(known):
        return dict.fromkeys(names, float("nan"))
    at = int(known[-1])
    since = days["days_since_met"].to_numpy(dtype=float)
    window = outings[max(0, at - NOW_DAYS + 1) : at + 1]
    return dict(
        zip(
            names,
            (
                since[at],
                of_last(~logged, since)[at] if since[at] >= 0 else float("nan"),
                float(people[at]),
                float(np.nansum(window)),
                float((~np.isnan(window)).sum()),
            ),
            strict=True,
        )
    )
