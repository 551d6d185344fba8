"""A figure as the report shows it."""

from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its caption and its words; without a figure the caption says why."""

    figure: Figure | None
    caption: str
    alt: str = ""
