"""When a level changed, judged by shuffling: nothing is assumed of how values are spread.

Two statistics are compared with shuffles of the same values. A step: the largest |S_t| / √(t (n − t)
/ n), where S_t is the sum of the first t deviations from the mean. If no step is told, a spell that
ends: the same for the values between two places, at a quarter of the p, as there are many more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int_]

SHUFFLES = (199, 1999, 19_999)
"""More are drawn while p may be as small as asked for, and fewer could not say so."""
SMALLEST = 4
"""Values on either side of a split, at the least."""
LONGEST_SPELL = 104
"""Values of a spell, at the most: what lasts longer shows as steps."""
_SPELLS = 4
_HOPELESS = 10  # shuffles as strong, beyond three times those that alpha allows
_ENOUGH = 6  # shuffles that alpha allows: their share is close enough to p
_SEED = 1
_SAME = 1e-9  # sums of the same numbers in another order differ by less
_SHOWS = 2.0
"""Student's t that a split must keep without the neighbouring values that carry most of it."""
_REJECTED_IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Split:
    """A change of level: its place, its direction and its p-value.

    `at` is the position of the first value of the new level, `direction` +1 or −1, and `p` the
    largest of its own p-value and those of the splits that enclose it.
    """

    at: int
    direction: int
    p: float


def splits(values: npt.ArrayLike, alpha: float, spare: int = 0) -> list[Split]:
    """Find changes of level by binary segmentation; each must beat shuffles of its stretch.

    Shuffles have a fixed seed: the same values give the same answer. Shuffling takes values for
    exchangeable, so values that resemble their neighbours are told a little too often: shuffle
    weeks, not days.

    Args:
        values: In order of time; unknown values (NaN) are left out.
        alpha: p up to which a split is told.
        spare: So many neighbouring values must not carry a split alone. Those that do (a holiday
            of three weeks among months) are left out, and the stretch is searched again.

    Returns:
        The splits in order of time.

    Source: Vostrikova 1981, Soviet Mathematics Doklady 24:55-59 (binary segmentation); Antoch &
    Hušková 2001, Statistics & Probability Letters 53:37-46 (the test by permutation); Olshen and
    others 2004, Biostatistics 5:557-572 (spells).
    """
    series = np.asarray(values, dtype=np.float64)
    found: list[Split] = []
    stretches = [(np.flatnonzero(~np.isnan(series)), 0.0)]
    while stretches:
        places, enclosing = stretches.pop()
        best = _step(series[places], alpha)
        if best is None:
            continue
        if max(best.p, enclosing) > alpha:
            best = _spell(series[places], alpha)
        p = max(best.p, enclosing)
        if p > alpha:
            continue
        carrier = _carrier(series[places], best, spare) if spare else None
        if carrier is not None:
            stretches.append((np.delete(places, carrier), enclosing))
            continue
        edges = [0, best.start, best.stop, len(places)]
        for number, at in enumerate(edges[1:-1]):
            if at < len(places):
                way = best.direction * (1 - 2 * number)
                found.append(Split(int(places[at]), way, p))
        stretches += [(places[a:b], p) for a, b in pairwise(edges) if b > a]
    return sorted(found, key=lambda split: split.at)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Values from `start` up to `stop` that lie higher (+1) or lower (−1) than the others."""

    start: int
    stop: int
    direction: int
    p: float


def _step(seen: Floats, alpha: float) -> _Stretch | None:
    """The strongest step, its new level up to the end; None where none is possible."""
    if len(seen) < 2 * SMALLEST or np.ptp(seen) <= _SAME * max(1.0, np.abs(seen).max()):
        return None
    centred = seen - seen.mean()
    places, scale = _candidates(len(seen))
    sums = np.cumsum(centred)[places - 1]
    strength = np.abs(sums) / scale
    best = int(strength.argmax())
    p = _p(centred, float(strength[best]), alpha, _strongest)
    return _Stretch(int(places[best]), len(seen), -int(np.sign(sums[best])), p)


def _spell(seen: Floats, alpha: float) -> _Stretch:
    """The strongest spell with known values on both sides; p is as for a step."""
    size, best, strongest = len(seen), (0, 0), 0.0
    centred = seen - seen.mean()
    for length in _lengths(size):
        sums = _windows(centred, length)[SMALLEST : size - length - SMALLEST + 1]
        at = int(np.abs(sums).argmax())
        strength = float(np.abs(sums[at]) / np.sqrt(length * (size - length) / size))
        if strength > strongest:
            best, strongest = (SMALLEST + at, length), strength
    start, length = best
    nothing = strongest <= _SAME or alpha < _SPELLS / SHUFFLES[-1]
    p = 1.0 if nothing else _SPELLS * _p(centred, strongest, alpha / _SPELLS, _strongest_spell)
    return _Stretch(start, start + length, int(np.sign(centred[start : start + length].sum())), p)


def _lengths(size: int) -> range:
    return range(SMALLEST, min(LONGEST_SPELL, size - 2 * SMALLEST) + 1)


def _strongest_spell(rows: Floats) -> Floats:
    size = rows.shape[1]
    total = np.concatenate([np.zeros((len(rows), 1)), np.cumsum(rows, axis=1)], axis=1)
    most = np.zeros(len(rows))
    for length in _lengths(size):
        sums = total[:, SMALLEST + length : size - SMALLEST + 1]
        sums = np.abs(sums - total[:, SMALLEST : size - SMALLEST - length + 1]).max(axis=1)
        np.maximum(most, sums / np.sqrt(length * (size - length) / size), out=most)
    return most


def _p(
    centred: Floats, strength: float, alpha: float, statistic: Callable[[Floats], Floats]
) -> float:
    """The share of shuffles with a statistic as large; few are drawn where it is far from alpha."""
    p = 1.0
    for shuffles in SHUFFLES:
        most = statistic(_shuffled(centred, shuffles))
        p = (1 + int((most >= strength * (1 - _SAME)).sum())) / (shuffles + 1)
        if alpha * shuffles >= _ENOUGH or p > 3 * alpha + _HOPELESS / shuffles:
            break
    return p


def _candidates(size: int) -> tuple[Ints, Floats]:
    """The places where a split may lie, and what the sum at each is divided by."""
    places = np.arange(SMALLEST, size - SMALLEST + 1)
    return places, np.sqrt(places * (size - places) / size)


def _strongest(rows: Floats) -> Floats:
    """The statistic of each row of deviations."""
    places, scale = _candidates(rows.shape[1])
    return np.asarray(np.abs(np.cumsum(rows, axis=1)[:, places - 1] / scale).max(axis=1))


def _shuffled(values: Floats, shuffles: int) -> Floats:
    rows = np.broadcast_to(values, (shuffles, len(values)))
    return np.random.default_rng(_SEED).permuted(rows, axis=1)


def _carrier(seen: Floats, split: _Stretch, spare: int) -> slice | None:
    """The neighbouring values without which a split no longer shows; None if it always does."""
    place = np.arange(len(seen))
    after = (place >= split.start) & (place < split.stop)
    sides = []
    for side in (~after, after):
        parts = (side.astype(float), seen * side, seen**2 * side)
        sides.append([part.sum() - _windows(part, spare) for part in parts])
    (count, total, squares), (count_after, total_after, squares_after) = sides
    some = (count > 0) & (count_after > 0)
    count, count_after = np.maximum(count, 1), np.maximum(count_after, 1)
    rise = split.direction * (total_after / count_after - total / count)
    rest = squares - total**2 / count + squares_after - total_after**2 / count_after
    spread = np.sqrt(np.maximum(rest, 0) / (len(seen) - spare - 2) * (1 / count + 1 / count_after))
    shows = some & (rise > _SHOWS * spread)
    if shows.all():
        return None
    weakest = int(np.where(some, rise - _SHOWS * spread, -np.inf).argmin())
    return slice(weakest, weakest + spare)


def _windows(values: Floats, size: int) -> Floats:
    """The sum of each `size` neighbouring values."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(total[size:] - total[:-size])


def place_interval(values: npt.ArrayLike, at: int, level: float = 0.95) -> tuple[int, int]:
    """Return the first and last place at which one change of level may lie.

    A place is kept while shuffling the values on either side of it, each by themselves, makes a
    split as strong as the strongest there is: the test of `splits`, inverted. The interval is
    searched from `at` outwards, until two places in a row are rejected.

    Args:
        values: In order of time, with one change; unknown values (NaN) are left out.
        at: The position where it was found.
        level: Confidence.

    Returns:
        Positions in `values`; both are `at` where no other place fits.
    """
    series = np.asarray(values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(series))
    centred = series[known] - series[known].mean()
    strongest = float(_strongest(centred[None])[0])

    def fits(place: int) -> bool:
        sides = [_shuffled(side, SHUFFLES[0]) for side in np.split(centred, [place])]
        most = _strongest(np.concatenate(sides, axis=1))
        as_strong = int((most >= strongest * (1 - _SAME)).sum())
        return (1 + as_strong) / (SHUFFLES[0] + 1) > 1 - level

    found = int(np.searchsorted(known, at))
    first = _furthest(fits, range(found - 1, SMALLEST - 1, -1), found)
    last = _furthest(fits, range(found + 1, len(known) - SMALLEST + 1), found)
    return int(known[first]), int(known[last])


def _furthest(fits: Callable[[int], bool], places: range, found: int) -> int:
    """The furthest place that fits before two in a row do not."""
    furthest, rejected = found, 0
    for place in places:
        if fits(place):
            furthest, rejected = place, 0
        else:
            rejected += 1
        if rejected == _REJECTED_IN_A_ROW:
            break
    return furthest
