"""A network made ready to learn: optimiser, schedule, loss, number format."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from core.processor import computes_bfloat16
from core.training.balance import BalancedCrossentropy
from core.training.course import Course, VariedSamples
from core.training.designs import VARIATIONS, without_variations
from core.training.recipe import CALM_RATE, CALM_STRENGTH, Recipe

LARGEST_STEP = 1.0
"""Most norm of a step's gradients: a network without batch normalisation needs the bound early."""


@keras.saving.register_keras_serializable(package="glyphpad")
class TwoCosines(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]  # no types
    """A rate that rises for an epoch and falls by a cosine to 0, and then falls once more from a
    part of its height (one warm restart of Loshchilov and Hutter 2017).

    Args:
        peak: The highest rate.
        rise: Steps of the rise, from a twentieth of the peak.
        fall: Steps of the fall.
        calm: Steps of the second fall; may be 0.
        restart: Where that begins, as a share of the peak.
    """

    def __init__(self, peak: float, *, rise: int, fall: int, calm: int, restart: float) -> None:
        super().__init__()
        self._settings = {
            "peak": peak,
            "rise": rise,
            "fall": fall,
            "calm": calm,
            "restart": restart,
        }
        self._first = keras.optimizers.schedules.CosineDecay(
            peak / 20, decay_steps=max(fall, 1), warmup_target=peak, warmup_steps=rise
        )
        self._second = keras.optimizers.schedules.CosineDecay(peak * restart, max(calm, 1))

    def __call__(self, step: Any) -> Any:
        turn = self._settings["rise"] + self._settings["fall"]
        step = ops.cast(step, "float32")
        return ops.where(step < turn, self._first(step), self._second(step - turn))

    def get_config(self) -> dict[str, Any]:
        return dict(self._settings)


def compiled_network(
    recipe: Recipe, course: Course, *, epochs: int, calm_epochs: int = 0
) -> keras.Model:
    """The network of `recipe` as it begins, to be fitted for so many epochs of `course`."""
    network = recipe.network()
    steps, calm_steps = _steps(recipe, course)
    optimizer = keras.optimizers.AdamW(
        TwoCosines(
            recipe.learning_rate,
            rise=steps,
            fall=steps * (epochs - 1),
            calm=calm_steps * calm_epochs,
            restart=CALM_RATE,
        ),
        weight_decay=recipe.weight_decay,
        global_clipnorm=LARGEST_STEP,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gain", "openness"])
    network.compile(optimizer, BalancedCrossentropy(recipe.label_smoothing))
    return network


def calm_learner(network: keras.Model, recipe: Recipe) -> keras.Model:
    """What learns in calm epochs, for `network`: it has its weights and its optimiser, and no
    layers that vary tiles."""
    varies = any(isinstance(layer, VARIATIONS) for layer in network.layers)
    learner = without_variations(network) if varies else network
    learner.compile(network.optimizer, BalancedCrossentropy(recipe.label_smoothing))
    return learner


def fit_epoch(network: keras.Model, tiles: VariedSamples, *, verbose: int) -> None:
    """One epoch."""
    # shuffled already; Keras would shuffle the batches by a state that no checkpoint has
    network.fit(tiles, shuffle=False, verbose=verbose)


def epoch_samples(recipe: Recipe, course: Course, *, epoch: int) -> VariedSamples:
    """What the epoch of that number learns from."""
    calm = epoch >= recipe.epochs
    return VariedSamples(
        course.calmed() if calm else course,
        recipe.alphabet,
        batch=recipe.batch,
        seed=recipe.seed,
        epoch=epoch,
        strength=CALM_STRENGTH if calm else 1.0,
    )


def epochs_done(network: keras.Model, recipe: Recipe, course: Course) -> int:
    """How many epochs of its run a network has behind it, by its optimiser's steps."""
    steps, calm_steps = _steps(recipe, course)
    done = int(network.optimizer.iterations.numpy())
    if done <= steps * recipe.epochs:
        return done // steps
    return recipe.epochs + (done - steps * recipe.epochs) // calm_steps


def seed_chance(network: keras.Model, seed: int, step: int) -> None:
    """Sets what is dropped and how tiles are varied from here on: a checkpoint does not keep how
    far the layers that do it had got."""
    for layer in network.layers:
        for name in ("seed_generator", "generator"):
            source = getattr(layer, name, None)
            if isinstance(source, keras.random.SeedGenerator):
                source.state.assign(np.array([seed, step]))


def fast_policy() -> str:
    """Keras' number format for training: bfloat16 where the processor computes with it."""
    return "mixed_bfloat16" if computes_bfloat16() else "float32"


def _steps(recipe: Recipe, course: Course) -> tuple[int, int]:
    """How many steps an epoch has, and how many a calm one."""
    wide, calm = (epoch_samples(recipe, course, epoch=epoch) for epoch in (0, recipe.epochs))
    return len(wide), len(calm)
