"""How often unrelated days look related: plain regression, HAC errors, and ours.

    python -m benchmarks.false_positives [--days 90] [--rho 0.5] [--trials 2000] [--seed 1]

Both series are AR(1) and know nothing of each other, so every p-value under .05 is wrong. The last
two columns have every tenth day of either series unknown.
"""

import argparse
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.signal import lfilter
from statsmodels.api import OLS, add_constant

from disconnect.statistics.serial import lagged, with_ar1

LIMIT = 7.0  # per cent; 5 is what a test promises
WARM_UP = 100
Floats = npt.NDArray[np.float64]
Test = Callable[[Floats, Floats], float]


def plain(y: Floats, x: Floats) -> float:
    """The p-value of least squares, as if days were independent."""
    known = ~np.isnan(y + x)
    return float(OLS(y[known], add_constant(x[known])).fit().pvalues[1])


def hac(y: Floats, x: Floats) -> float:
    """The same with Newey and West's errors, over floor(4 (n/100)^(2/9)) lags as is usual."""
    known = ~np.isnan(y + x)
    lags = int(4 * (known.sum() / 100) ** (2 / 9))
    kinds = {"maxlags": lags, "use_correction": True}
    fit = OLS(y[known], add_constant(x[known])).fit(cov_type="HAC", cov_kwds=kinds, use_t=True)
    return float(fit.pvalues[1])


THEIRS: dict[str, Test] = {"least squares": plain, "least squares, HAC errors": hac}
OURS: dict[str, Test] = {
    "ours: given x and y of the day before": lambda y, x: lagged(y, x).p,
    "ours, for the next day": lambda y, x: lagged(y, x, 1).p,
}
SLOW: dict[str, Test] = {
    "ours, AR(1) errors (a fifth of the trials)": lambda y, x: with_ar1(y, x).p,
}


def wrong(test: Test, arguments: argparse.Namespace, unknown: float, trials: int) -> float:
    """Per cent of trials with p under .05; the same series for every test."""
    rng = np.random.default_rng(arguments.seed)
    size = (trials, 2, WARM_UP + arguments.days)
    series = lfilter([1.0], [1.0, -arguments.rho], rng.normal(size=size))[..., WARM_UP:]
    series[rng.random(series.shape) < unknown] = np.nan
    return 100 * float(np.mean([test(y, x) < 0.05 for y, x in series]))


def main(words: list[str] | None = None) -> None:
    """Print the share of false alarms of each method, beside the 5 % it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--rho", type=float, default=0.5)
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    print(f"{arguments.days} days, rho {arguments.rho:g}, {arguments.trials} trials")
    print(f"{'':<43} {'false':>8} {'of 5 %':>8} {'gaps':>8} {'of 5 %':>8}")
    for name, test in (THEIRS | OURS | SLOW).items():
        trials = arguments.trials // 5 if name in SLOW else arguments.trials
        shares = [wrong(test, arguments, unknown, trials) for unknown in (0.0, 0.1)]
        cells = " ".join(f"{share:6.1f} % {share / 5:6.2f} x" for share in shares)
        verdict = "holds" if max(shares) <= LIMIT else "BROKEN"
        print(f"{name:<43} {cells}" + (f"  (<= {LIMIT:g} %: {verdict})" if name in OURS else ""))


if __name__ == "__main__":
    main()
