"""Four phases over some days, A B A B: in how many ways they can be laid, and one by chance.

A fixed ABAB has one assignment, so that nothing can be tested; a drawn one has as many as
there are places for its three cuts (Onghena & Edgington 1994, Behav. Res. Ther. 32:783-786).
"""

import math
import random

Cuts = tuple[int, int, int]
"""The days on which B, A and B begin again, counted from 0."""
LEAST_ASSIGNMENTS = 40
"""So many that a result can be told from chance: p is two-sided, and counts beside the drawn
assignment the one that comes nearest to its mirror image; 2/40 is the first to reach .05."""


def assignments(days: int, shortest: int) -> int:
    """In how many ways `days` fall into four phases of at least `shortest` days each."""
    return math.comb(days - 4 * shortest + 3, 3) if days >= 4 * shortest else 0


def least_days(shortest: int) -> int:
    """How many days have enough assignments for a result."""
    days = 4 * shortest
    while assignments(days, shortest) < LEAST_ASSIGNMENTS:
        days += 1
    return days


def drawn(days: int, shortest: int, rng: random.Random) -> Cuts:
    """Draw one of the assignments, each as likely as any other.

    What the phases have beyond their shortest is days in a row with three bars between them:
    the places of the bars are drawn.
    """
    first, second, third = sorted(rng.sample(range(days - 4 * shortest + 3), 3))
    return first + shortest, second + 2 * shortest - 1, third + 3 * shortest - 2


def phase(cuts: Cuts, number: int) -> str:
    """`A` or `B`: the phase of a day, counted from 0."""
    return "AB"[sum(number >= cut for cut in cuts) % 2]


def phases(cuts: Cuts, days: int) -> list[tuple[str, int, int]]:
    """The four phases in turn: which, its first day and the day after its last, from 0."""
    edges = (0, *cuts, days)
    return [("AB"[turn % 2], edges[turn], edges[turn + 1]) for turn in range(4)]
