"""How far a measured share may be from the true one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Z = 1.959964
"""Standard normal quantile of a 95 % interval."""

RESAMPLES = 2_000
"""How often the writers are drawn anew; Efron and Tibshirani ask for at least 1,000."""

SEED = 62
"""Of the draws: the same answers have the same interval."""


class Interval(NamedTuple):
    """Both ends of a 95 % interval of a share, 0 to 1."""

    low: float
    high: float


def wilson(right: int, n: int) -> Interval:
    """The interval of a share of independent samples (Wilson 1927), for n >= 1."""
    share = right / n
    middle = share + Z**2 / (2 * n)
    reach = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    whole = 1 + Z**2 / n
    return Interval(float((middle - reach) / whole), float((middle + reach) / whole))


def by_writers(
    right: NDArray[np.bool_] | NDArray[np.float64],
    writers: NDArray[np.str_],
    sizes: NDArray[np.float64] | None = None,
) -> Interval:
    """The interval of a share, or of a gain, when whole writers are drawn, not samples.

    Samples of one writer are alike, so that n of them say less than n of n writers. The writers
    are drawn with replacement, each with all samples, and the middle 95 % of the shares are kept:
    the percentile interval (Efron and Tibshirani 1993, chapter 13) of a cluster bootstrap (Davison
    and Hinkley 1997, section 3.8). With a dozen writers it is still too narrow.

    Args:
        right: (N,), N >= 1, whether each answer is right, or by how much it is better than another.
        writers: unicode (N,), who wrote each.
        sizes: float64 (N,), how much each asks for; 1 of all if None.
    """
    names, writer = np.unique(writers, return_inverse=True)
    asked = np.bincount(writer, weights=sizes)
    answered = np.bincount(writer, weights=right)
    count = len(names)
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    low, high = np.quantile(drawn @ answered / (drawn @ asked), (0.025, 0.975))
    return Interval(float(low), float(high))
