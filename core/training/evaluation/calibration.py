"""Whether a probability means what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CALIBRATION_BINS = 15
"""As Guo et al. (2017)."""


@dataclass(frozen=True)
class Bin:
    """The answers of about one confidence.

    Attributes:
        n: How many.
        right: How many of them are right.
        confidence: Their mean confidence, 0 to 1.
    """

    n: int
    right: int
    confidence: float

    @property
    def accuracy(self) -> float:
        return self.right / self.n


def bins_of(confidences: NDArray[np.float32], right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """The answers by confidence, in bins of equal width, without the empty ones.

    Args:
        confidences: float32 (N,), of each answer, 0 to 1.
        right: bool (N,), whether it was right.
    """
    return tuple(_filled(confidences, right))


def calibration_error(confidences: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The expected calibration error (Naeini et al. 2015), 0 to 1.

    Args:
        confidences: float32 (N,), of each answer, 0 to 1.
        right: bool (N,), whether it was right.
    """
    bins = bins_of(confidences, right)
    return sum(bin_.n * abs(bin_.confidence - bin_.accuracy) for bin_ in bins) / len(right)


def _filled(confidences: NDArray[np.float32], right: NDArray[np.bool_]) -> Iterator[Bin]:
    numbers = np.minimum((confidences * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    for number in range(CALIBRATION_BINS):
        inside = numbers == number
        if inside.any():
            yield Bin(
                int(inside.sum()), int(right[inside].sum()), float(confidences[inside].mean())
            )
