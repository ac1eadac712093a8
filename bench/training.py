"""How fast the network trains, and what it would take with batch normalisation.

python -m bench.training
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from unittest.mock import patch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers

from core.glyph import TILE_SIZE
from core.training import networks
from core.training.fitting import fast_policy
from core.training.recipes.glyphnet import GLYPHNET

STEPS = 12
WARM_STEPS = 3


def main() -> int:
    """Prints images a second, of each kind of convolution in each number format."""
    recipe = GLYPHNET
    print(f"{recipe.name}: {STEPS} steps of {recipe.batch} tiles, median")
    for policy in dict.fromkeys(("float32", fast_policy())):
        keras.mixed_precision.set_global_policy(policy)
        for kind, convolution in KINDS:
            # the builder takes its convolution from its module; here another one stands in
            with patch.object(networks, "StandardConv2D", convolution):
                speed = _images_a_second(recipe.network(), recipe.batch)
            print(f"{policy:16} {kind:24} {speed:6,.0f} images a second", flush=True)
    return 0


def _normalised_convolution(width: int, size: int, **options: object) -> object:
    """A convolution without a bias and batch normalisation after it."""
    options.pop("name", None)
    convolution = layers.Conv2D(width, size, use_bias=False, **options)
    normalisation = layers.BatchNormalization()
    return lambda signal: normalisation(convolution(signal))


KINDS = (
    ("weight standardisation", networks.StandardConv2D),
    ("batch normalisation", _normalised_convolution),
)


def _images_a_second(network: keras.Model, batch: int) -> float:
    network.compile(
        keras.optimizers.AdamW(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    rng = np.random.default_rng(0)
    tiles = rng.random((batch, TILE_SIZE, TILE_SIZE, 1), np.float32)
    classes = rng.integers(0, network.output_shape[-1], batch)
    times = []
    for step in range(WARM_STEPS + STEPS):
        began = time.perf_counter()
        network.train_on_batch(tiles, classes)
        if step >= WARM_STEPS:
            times.append(time.perf_counter() - began)
    return batch / statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
