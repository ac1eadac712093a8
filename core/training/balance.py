"""A loss under which common classes win nothing by being common."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="glyphpad")
class BalancedCrossentropy(keras.losses.Loss):  # type: ignore[misc]  # Keras ships no types
    """Cross-entropy of logits to which the logarithm of each class's share was added (logit
    adjustment, Menon et al. 2021): what the network itself learns is free of the shares, so that
    sixty thousand digits do not make an O a 0.

    It is called with float32 (B, 2, K) and the logits (B, K). The first row of an answer is the
    label, K numbers that come to 1. The second is the shares of the classes where such a sample
    comes from, above 0: a source teaches to tell apart what it has, and nothing of what it has not.

    Labels are smoothed towards the shares, not evenly: under the adjustment the shares are what
    even odds come to, while an even part of each label would lift the logits of rare classes.

    Args:
        smoothing: Label smoothing, 0 to 1: about 4 % of UNIPEN's labels are wrong.
    """

    def __init__(self, smoothing: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.smoothing = smoothing

    def call(self, y_true: Any, y_pred: Any) -> Any:
        labels, shares = y_true[:, 0], y_true[:, 1]
        wanted = (1 - self.smoothing) * labels + self.smoothing * shares
        odds = ops.log_softmax(y_pred + ops.log(shares), axis=-1)
        return -ops.mean(ops.sum(wanted * odds, axis=-1))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "smoothing": self.smoothing}
