"""A network made ready to learn: optimiser, schedule, loss, number format."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

from core.training.balance import BalancedCrossentropy
from core.training.recipe import Recipe
from core.training.tiles import Course, VariedTiles, class_shares

LARGEST_STEP = 1.0
"""Most norm of a step's gradients: a network without batch normalisation needs the bound early."""


def compiled_network(recipe: Recipe, course: Course, *, epochs: int) -> keras.Model:
    """The network of `recipe` as it begins, to be fitted for `epochs` epochs of `course`."""
    network = recipe.network()
    steps = len(epoch_tiles(recipe, course, epoch=0))
    optimizer = keras.optimizers.AdamW(
        keras.optimizers.schedules.CosineDecay(
            recipe.learning_rate / 20,
            decay_steps=steps * (epochs - 1),
            warmup_target=recipe.learning_rate,
            warmup_steps=steps,
        ),
        weight_decay=recipe.weight_decay,
        global_clipnorm=LARGEST_STEP,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gain", "openness"])
    shares = class_shares(course, recipe.alphabet)
    network.compile(optimizer, BalancedCrossentropy(shares.tolist(), recipe.label_smoothing))
    return network


def fit_epoch(network: keras.Model, tiles: VariedTiles, *, verbose: int) -> None:
    """One epoch."""
    # shuffled already; Keras would shuffle the batches by a state that no checkpoint has
    network.fit(tiles, shuffle=False, verbose=verbose)


def epoch_tiles(recipe: Recipe, course: Course, *, epoch: int) -> VariedTiles:
    """What the epoch of that number learns from."""
    return VariedTiles(course, recipe.alphabet, batch=recipe.batch, seed=recipe.seed, epoch=epoch)


def seed_dropout(network: keras.Model, seed: int, step: int) -> None:
    """Sets what is dropped from here on: a checkpoint does not keep how far dropout had got."""
    for layer in network.layers:
        if isinstance(layer, keras.layers.Dropout) and layer.rate > 0:
            layer.seed_generator.state.assign(np.array([seed, step]))


def fast_policy() -> str:
    """Keras' number format for training: bfloat16 where the processor computes with it."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return "float32"
    return "mixed_bfloat16" if "avx512_bf16" in flags or "amx_bf16" in flags else "float32"
