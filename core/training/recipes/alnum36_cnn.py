"""The recipe of `alnum36-cnn`: digits and letters, either case of a letter the same."""

from __future__ import annotations

import keras

from core.alphabet import ALNUM36
from core.training.course import Course
from core.training.designs import alnum_cnn
from core.training.recipe import Recipe
from core.training.recipes.courses import letters_and_digits, val_writers


def _course() -> Course:
    return letters_and_digits(ALNUM36)


def _network() -> keras.Model:
    return alnum_cnn(len(ALNUM36))


ALNUM36_CNN = Recipe(
    name="alnum36-cnn",
    version="1.0.0",
    architecture="conv 32, 64, 128, each + pool, dense 64, 128; 28 x 28 x 1",
    alphabet=ALNUM36,
    course=_course,
    val=val_writers,
    network=_network,
    seed=36,
    epochs=10,
    batch=128,
    learning_rate=1e-3,
    weight_decay=0.01,
    label_smoothing=0.05,
    calm_epochs=2,
)
