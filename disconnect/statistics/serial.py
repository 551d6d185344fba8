"""Two series, day by day, where each day resembles the one before it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]

SPARE = 3  # days more than coefficients, at the least; far from enough, see the callers' gates


@dataclass(frozen=True, slots=True)
class Association:
    """How much y differs per unit of x, on `n` days.

    `r` is the partial correlation behind the coefficient, what is left when the days' likeness to
    the day before is taken out; the plain one of the points in a scatter may be larger.
    """

    n: int
    coefficient: float
    low: float
    high: float
    p: float
    r: float


@dataclass(frozen=True, slots=True)
class Line:
    """Coefficients, the constant first, and their standard errors; on `n` known days."""

    n: int
    coefficients: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class Ar1:
    """A stationary first-order autoregression; NaN days were bridged."""

    n: int
    rho: float
    mean: float
    loglik: float


def _before(series: Floats, days: int) -> Floats:
    """The value so many days earlier; unknown for the first ones."""
    return np.concatenate([np.full(days, np.nan), series])[: len(series)]


def _association(n: int, beta: float, error: float, df: int, level: float) -> Association:
    """Turn an estimate and its standard error into an interval, a p-value and a correlation."""
    if not error > 0:  # a perfect fit
        return Association(n, beta, beta, beta, 0.0 if beta else 1.0, float(np.sign(beta)))
    t = beta / error
    reach = float(special.stdtrit(df, (1 + level) / 2)) * error
    p = 2 * float(special.stdtr(df, -abs(t)))
    return Association(n, beta, beta - reach, beta + reach, p, float(t / np.sqrt(t * t + df)))


def _paired(y: npt.ArrayLike, x: npt.ArrayLike) -> tuple[Floats, Floats]:
    left, right = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if left.shape != right.shape:
        raise ValueError(f"the series differ in length: {len(left)} and {len(right)}")
    return left, right


def _varies(n: int, columns: int, x: Floats) -> None:
    if n < columns + SPARE:
        raise ValueError(f"{n} complete days are too few for {columns} coefficients")
    if np.ptp(x) == 0:
        raise ValueError("x is the same on all complete days")


def lagged(y: npt.ArrayLike, x: npt.ArrayLike, lag: int = 0, level: float = 0.95) -> Association:
    """Regress y on x `lag` days earlier, given x one day before that and y yesterday.

    The two lagged terms take out that each series resembles its own past; without them, unrelated
    series look related far more often than in 5 % of cases (`benchmarks/false_positives.py`).
    A day counts when all four values are known; nothing is filled in.

    Args:
        y: One value a day, NaN where unknown.
        x: The same days.
        lag: 0 for the same day, 1 for the day after x.
        level: Confidence of the interval.

    Raises:
        ValueError: Too few complete days, x the same on all of them, or columns that are the
            same thing.

    Source: the autoregressive distributed-lag form of a regression with AR(1) errors, Hendry,
    Pagan & Sargan 1984, Handbook of Econometrics 2, chapter 18.
    """
    left, right = _paired(y, x)
    columns = [_before(right, lag), _before(right, lag + 1), _before(left, 1)]
    design = np.column_stack([columns[0], np.ones(len(left)), *columns[1:]])
    whole = ~np.isnan(np.column_stack([left, design])).any(axis=1)
    n, width = int(whole.sum()), design.shape[1]
    _varies(n, width, design[whole, 0])
    if np.linalg.matrix_rank(design[whole]) < width:
        raise ValueError("x, its own past and yesterday's y cannot be told apart")
    fitted, spread = _least_squares(left[whole], design[whole])
    return _association(n, float(fitted[0]), float(np.sqrt(spread[0, 0])), n - width, level)


def _least_squares(y: Floats, design: Floats) -> tuple[Floats, Floats]:
    """The coefficients of ordinary least squares, and their covariance."""
    inverse = np.linalg.inv(design.T @ design)
    fitted = inverse @ (design.T @ y)
    rest = y - design @ fitted
    return fitted, inverse * (float(rest @ rest) / (len(y) - design.shape[1]))


def day_after(
    y: npt.ArrayLike, x: npt.ArrayLike, level: float = 0.95
) -> tuple[Association, Association]:
    """Regress y on x the day before, and set it against an effect of x on its own day alone.

    With y yesterday (coefficient rho), x the same day (b), one (c) and two days before: the first
    answer is c, which holds given y yesterday and x the same day. It alone misleads: where x acts
    on its own day and what else moves y carries over, y yesterday stands for too much of x, and c
    is -rho * b without any effect on the day after. The second answer is c + rho * b (delta
    method), which is 0 in that case. An effect on the day after shows in both; where energy
    itself carries an effect of the day before over, the second shows it and the first does not.

    Args:
        y: One value a day, NaN where unknown.
        x: The same days.
        level: Confidence of the intervals.

    Returns:
        Both on the same days: those of which all five values are known.

    Raises:
        ValueError: As `lagged`.

    Source: the common-factor restriction of Hendry & Mizon 1978, Economic Journal 88:549-563.
    """
    left, right = _paired(y, x)
    columns = [_before(right, 1), np.ones(len(left)), _before(left, 1), right, _before(right, 2)]
    design = np.column_stack(columns)
    whole = ~np.isnan(np.column_stack([left, design])).any(axis=1)
    n, width = int(whole.sum()), design.shape[1]
    _varies(n, width, design[whole, 0])
    if np.linalg.matrix_rank(design[whole]) < width:
        raise ValueError("x, its own past and yesterday's y cannot be told apart")
    fitted, spread = _least_squares(left[whole], design[whole])
    after, carried, today = fitted[0], fitted[2], fitted[3]
    gradient = np.array([1.0, 0.0, today, carried, 0.0])
    reach = float(np.sqrt(gradient @ spread @ gradient))
    given = _association(n, float(after), float(np.sqrt(spread[0, 0])), n - width, level)
    return given, _association(n, float(after + carried * today), reach, n - width, level)


def with_ar1(y: npt.ArrayLike, x: npt.ArrayLike, lag: int = 0, level: float = 0.95) -> Association:
    """The same question by maximum likelihood: a line with AR(1) errors.

    Every day with y and the x that belongs to it counts, so it keeps more of a series with gaps
    than `lagged` does; the gaps are bridged by the errors' own memory, not filled. It is the check
    of `lagged`, no more liberal than that, and 50 times as slow.

    Args:
        y: One value a day, NaN where unknown.
        x: The same days.
        lag: 0 for the same day, 1 for the day after x.
        level: Confidence of the interval, by Student's t, as few days are not many.

    Raises:
        ValueError: Too few complete days, or x the same on all of them.
    """
    left, right = _paired(y, x)
    earlier = _before(right, lag)
    both = ~np.isnan(left) & ~np.isnan(earlier)
    n = int(both.sum())
    _varies(n, 4, earlier[both])
    # Where y is missing the filter skips the day, so the number that stands in for x is never used.
    outcome = np.where(both, left, np.nan)
    fit = _fitted(outcome, np.where(both, earlier, earlier[both].mean()))
    return _association(n, float(fit.params[1]), float(fit.bse[1]), n - 4, level)


def ar1(y: npt.ArrayLike) -> Ar1:
    """Fit a constant mean with AR(1) deviations by exact maximum likelihood; NaN is missing.

    Raises:
        ValueError: Too few known values, or all the same.
    """
    series = np.asarray(y, dtype=np.float64)
    known = series[~np.isnan(series)]
    _varies(len(known), 3, known)
    fit = _fitted(series, None)
    return Ar1(len(known), float(fit.params[1]), float(fit.params[0]), float(fit.llf))


def _fitted(y: Floats, x: Floats | None) -> Any:
    """Fit to convergence: the optimiser's own stopping rule leaves the fifth digit open."""
    from statsmodels.tsa.arima.model import ARIMA  # a second of import that few commands need

    model = ARIMA(y, exog=x, order=(1, 0, 0), trend="c")
    return model.fit(method_kwargs={"method": "bfgs", "gtol": 1e-7, "disp": 0})


def newey_west(y: npt.ArrayLike, x: npt.ArrayLike, lags: int, *, adjusted: bool = True) -> Line:
    """Ordinary least squares with Newey and West's standard errors.

    Days with anything unknown stay in their place with no weight, so that neighbours of a gap are
    not taken for neighbours of each other. Too liberal alone at the lengths of a diary: `lagged`
    is the test, this is for description.

    Args:
        y: One value a day.
        x: One regressor, or a column for each; the constant is added.
        lags: Days over which errors may be related (Bartlett weights).
        adjusted: Multiply by n / (n − coefficients), for short series.

    Raises:
        ValueError: Too few complete days.

    Source: Newey & West 1987, Econometrica 55:703-708; with gaps, Datta & Du 2012,
    "Nonparametric HAC estimation for time series data with missing observations".
    """
    left = np.asarray(y, dtype=np.float64)
    design = np.column_stack([np.ones(len(left)), np.asarray(x, dtype=np.float64)])
    whole = ~np.isnan(np.column_stack([left, design])).any(axis=1)
    n, width = int(whole.sum()), design.shape[1]
    _varies(n, width, design[whole, -1])
    from statsmodels.regression.linear_model import OLS

    weighed = OLS(np.where(whole, left, 0.0), np.where(whole[:, None], design, 0.0)).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False}
    )
    scale = np.sqrt(n / (n - width)) if adjusted else 1.0
    return Line(n, np.asarray(weighed.params), np.asarray(weighed.bse) * scale)
