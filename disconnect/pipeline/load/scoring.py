"""From inputs to an index: each on its ramp, weighed, and what it contributes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FALLING = (
    "rest_window_hours", "in_person_hours", "people_met_14d", "outing_share", "support_per_week",
)  # fmt: skip
"""Inputs of which less is more load."""
LEAST_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Component:
    """One input's share in the index: its weight, and where its ramp begins and ends."""

    name: str
    weight: float
    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The values at which there is no load, and full load."""
        return (self.high, self.low) if self.name in FALLING else (self.low, self.high)

    def strain(self, value: Floats) -> Floats:
        """0 (no load) to 1 (full load); NaN stays NaN."""
        share = np.clip((value - self.low) / (self.high - self.low), 0, 1)
        return 1 - share if self.name in FALLING else share


def score(inputs: Floats, components: Sequence[Component]) -> tuple[Floats, Floats]:
    """The index and its contributions.

    Args:
        inputs: One row a case, one column a component; NaN: not available.
        components: In the order of the columns.

    Returns:
        The index of each case [0..100], NaN below 60 % of the weight; and each component's
        contribution to it, which add up to it.
    """
    strain = np.stack([c.strain(inputs[..., n]) for n, c in enumerate(components)], axis=-1)
    weight = np.where(np.isnan(strain), 0.0, np.array([c.weight for c in components]))
    total = weight.sum(axis=-1, keepdims=True)
    enough = (total >= LEAST_WEIGHT * sum(c.weight for c in components)) & (total > 0)
    parts = np.divide(
        100 * weight * np.nan_to_num(strain), total, out=np.full_like(weight, np.nan), where=enough
    )
    return parts.sum(axis=-1), np.where(np.isnan(strain), np.nan, parts)
