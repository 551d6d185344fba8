"""Whether some series foretell another one better than its own past does."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int_]

BLOCKS = 8
PENALTIES = (10.0, 100.0, 1000.0, 10_000.0)
"""Of the ridge, on predictors of spread 1: about the share of that many values."""
SHIFTS = 199
SHIFT_PENALTY = 100.0
LEAST_SHIFT = 28
"""Values that a shift moves the predictors by, at the least, either way round."""
_SEED = 1
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Foretold:
    """Errors of values not seen: root mean squares with the predictors and without them."""

    error: float
    without: float


def slow(places: npt.ArrayLike, size: int, waves: int) -> Floats:
    """Return a constant and slow waves: half a period, a whole one and so on, over the whole time.

    They stand for seasons that two series may share without having to do with each other.

    Args:
        places: Places in time, from 0.
        size: How many places there are.
        waves: How many waves.

    Returns:
        One row a place, 1 + `waves` columns.
    """
    phase = (np.asarray(places, dtype=np.float64)[:, None] + 0.5) / size
    return np.asarray(np.cos(np.pi * phase * np.arange(waves + 1)))


def blocked(y: Floats, x: Floats, free: Floats) -> Foretold:
    """Foretell each of eight neighbouring blocks from the seven others, with and without `x`.

    The penalty of the ridge on `x` is chosen inside each fold, by leaving out one block more: it
    has not seen the block that is foretold.

    Args:
        y: The series to be foretold.
        x: Predictors, a column each, of mean 0 and spread about 1.
        free: Columns that are not penalised and belong to either model: a constant, slow waves,
            the value before.
    """
    blocks = np.array_split(np.arange(len(y)), BLOCKS)
    missed = np.zeros(2)
    for number, unseen in enumerate(blocks):
        others = [block for other, block in enumerate(blocks) if other != number]
        seen = np.concatenate(others)
        slopes = _ridge(y[seen], x[seen], free[seen], (best_penalty(y, x, free, others),))[0]
        left = [y - x @ slopes, y]
        for model, rest in enumerate(left):
            fitted = free[unseen] @ _least_squares(free[seen], rest[seen])
            missed[model] += ((rest[unseen] - fitted) ** 2).sum()
    error, without = np.sqrt(missed / len(y)).tolist()
    return Foretold(error, without)


def best_penalty(y: Floats, x: Floats, free: Floats, blocks: list[Ints]) -> float:
    """Return the penalty with which each block is best foretold from the others."""
    missed = np.zeros(len(PENALTIES))
    for number, unseen in enumerate(blocks):
        seen = np.concatenate([block for other, block in enumerate(blocks) if other != number])
        slopes = _ridge(y[seen], x[seen], free[seen], PENALTIES)
        left = y[:, None] - x @ slopes.T
        fitted = free[unseen] @ _least_squares(free[seen], left[seen])
        missed += ((left[unseen] - fitted) ** 2).sum(axis=0)
    return PENALTIES[int(missed.argmin())]


def ridge(y: Floats, x: Floats, free: Floats) -> Floats:
    """Return the slopes of `x`, of all values, with the penalty that foretells its blocks best."""
    blocks = np.array_split(np.arange(len(y)), BLOCKS)
    return np.asarray(_ridge(y, x, free, (best_penalty(y, x, free, blocks),))[0])


def shift_p(y: Floats, x: Floats, free: Floats) -> float:
    """Test if `x` fits `y` better in its own time than shifted in time, all columns together.

    A shift keeps how each series resembles itself from one value to the next, and breaks only what
    ties the two. The statistic is the fall of squared error through a ridge of fixed penalty.

    Returns:
        The share of shifts with as large a fall, its own time among them; 1 where the series is too
        short to be shifted.

    Source: Theiler and others 1992, Physica D 58:77-94 (surrogates); Fisher 1935, The Design of
    Experiments, section 21.
    """
    size = len(y)
    least = min(LEAST_SHIFT, size // 4)
    every = np.arange(least, size - least + 1)
    if not size or not len(every):
        return 1.0
    drawn = np.random.default_rng(_SEED).permutation(every)[:SHIFTS]
    basis = np.linalg.qr(free)[0]
    rest = _beside(basis, y)
    here = _fall(rest, _beside(basis, x))
    others = np.array([_fall(rest, _beside(basis, np.roll(x, by, axis=0))) for by in drawn])
    return (1 + int((others >= here * (1 - _SAME)).sum())) / (len(drawn) + 1)


def _fall(y: Floats, x: Floats) -> float:
    """By how much a ridge lowers the squared error of what is left of y."""
    slopes = np.linalg.solve(x.T @ x + SHIFT_PENALTY * np.eye(x.shape[1]), x.T @ y)
    return float(y @ y - ((y - x @ slopes) ** 2).sum())


def _ridge(y: Floats, x: Floats, free: Floats, penalties: tuple[float, ...]) -> Floats:
    """The slopes of x beside the free columns, a row for each penalty."""
    basis = np.linalg.qr(free)[0]
    x, y = _beside(basis, x), _beside(basis, y)
    values, vectors = np.linalg.eigh(x.T @ x)
    turned = vectors.T @ (x.T @ y)
    return np.stack([vectors @ (turned / (values + penalty)) for penalty in penalties])


def _beside(basis: Floats, columns: Floats) -> Floats:
    """What an orthonormal basis leaves of the columns."""
    return np.asarray(columns - basis @ (basis.T @ columns))


def _least_squares(design: Floats, y: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(design, y, rcond=None)[0])
