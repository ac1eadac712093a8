"""A loss under which common classes win nothing by being common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="glyphpad")
class BalancedCrossentropy(keras.losses.Loss):  # type: ignore[misc]  # Keras ships no types
    """Cross-entropy of logits to which the logarithm of each class's share was added (logit
    adjustment, Menon et al. 2021): what the network itself learns is free of the shares, so that
    sixty thousand digits do not make an O a 0.

    Args:
        shares: The share of each class among the training samples, K numbers above 0.
        smoothing: Label smoothing, 0 to 1: about 4 % of UNIPEN's labels are wrong.
    """

    def __init__(self, shares: Sequence[float], smoothing: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shares = list(shares)
        self.smoothing = smoothing
        self._offsets = np.log(np.asarray(shares, np.float32))

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return ops.mean(
            keras.losses.categorical_crossentropy(
                y_true, y_pred + self._offsets, from_logits=True, label_smoothing=self.smoothing
            )
        )

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "shares": self.shares, "smoothing": self.smoothing}
