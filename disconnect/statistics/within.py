"""Differences within groups alone: people, or days of the week."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Slopes:
    """One slope for each regressor, on `n` complete rows of `groups` groups.

    `errors` take the rows for independent, `clustered` only the groups; where the two differ much,
    rows of a group resemble each other and the larger is to be believed.
    """

    n: int
    groups: int
    slopes: Floats
    errors: Floats
    clustered: Floats


def within(y: npt.ArrayLike, x: npt.ArrayLike, group: npt.ArrayLike) -> Slopes:
    """Regress y on x after taking each group's own mean off both (fixed effects).

    Args:
        y: The outcome; rows with anything unknown (NaN) are left out.
        x: One regressor, or a column for each.
        group: Which group each row belongs to.

    Raises:
        ValueError: Fewer complete rows than groups and regressors, or a regressor that never
            varies within a group.

    Source: Mundlak 1978, Econometrica 46:69-85; errors lose a degree of freedom for each group.
    """
    design = np.asarray(x, dtype=np.float64).reshape(len(np.asarray(y)), -1)
    table = np.column_stack([np.asarray(y, dtype=np.float64), design])
    whole = ~np.isnan(table).any(axis=1)
    rows = table[whole]
    names, member = np.unique(np.asarray(group)[whole], return_inverse=True)
    n, width, count = len(rows), design.shape[1], len(names)
    if n <= count + width:
        raise ValueError(f"{n} complete rows are too few for {count} groups")
    sizes = np.bincount(member, minlength=count)
    means = np.column_stack([np.bincount(member, column) / sizes for column in rows.T])
    centred = rows - means[member]
    if (np.abs(centred[:, 1:]).max(axis=0) < 1e-12 * (1 + np.abs(rows[:, 1:]).max(axis=0))).any():
        raise ValueError("a regressor never varies within a group")
    from statsmodels.regression.linear_model import OLS  # half a second of import

    plain = OLS(centred[:, 0], centred[:, 1:]).fit()
    clustered = plain.get_robustcov_results("cluster", groups=member) if count > 1 else plain
    lost = np.sqrt((n - width) / (n - width - count))
    return Slopes(
        n,
        count,
        np.asarray(plain.params),
        np.asarray(plain.bse) * lost,
        np.asarray(clustered.bse) if count > 1 else np.full(width, np.nan),
    )
