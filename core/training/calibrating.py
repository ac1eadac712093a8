"""The priors and the temperature of a network: what makes its logits probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.classifying import softmax

PRIOR_SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""How much of the logarithm of the frequencies may be put back into the logits."""

TEMPERATURES = tuple(float(value) for value in np.geomspace(0.4, 2.5, 43))


@dataclass(frozen=True)
class Calibration:
    """What was set on the val writers.

    Attributes:
        prior_share: How much of the classes' log frequencies the logits got back.
        temperature: What the logits are then divided by.
        loss: The mean negative log-likelihood that both came to, in nats.
    """

    prior_share: float
    temperature: float
    loss: float


def calibrate(
    logits: NDArray[np.float32],
    classes: NDArray[np.int64],
    prior: NDArray[np.float32],
    *,
    weights: NDArray[np.float64] | None = None,
) -> Calibration:
    """The prior's share and the temperature (Guo et al. 2017) of the least loss.

    Args:
        logits: float32 (N, K), of val writers, from a network that learnt flat priors.
        classes: int64 (N,).
        prior: float32 (K,), the logarithm of each class's frequency, of which some is put in:
            others need not have it.
        weights: float64 (N,), how much each sample counts; all the same if None.
    """
    rows = np.arange(len(classes))
    best = Calibration(0, 1, float("inf"))
    for share in PRIOR_SHARES:
        shifted = np.asarray(logits + np.float32(share) * prior, np.float32)
        for temperature in TEMPERATURES:
            found = softmax(shifted / np.float32(temperature))
            losses = -np.log(np.maximum(found[rows, classes], 1e-12))
            loss = float(np.average(losses, weights=weights))
            if loss < best.loss:
                best = Calibration(share, temperature, loss)
    return best
