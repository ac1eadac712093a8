"""The recipe of `dual62`: digits and letters by case, in colour and in black and white."""

from __future__ import annotations

import keras

from core.alphabet import ALNUM62
from core.training.course import Course
from core.training.designs import dual_cnn
from core.training.recipe import Recipe
from core.training.recipes.courses import letters_and_digits, val_writers


def _course() -> Course:
    # its two towers are the work of the flagship and a half: others in every epoch
    return letters_and_digits(ALNUM62, pen=36_000, mnist=8_000)


def _network() -> keras.Model:
    return dual_cnn(len(ALNUM62))


DUAL62 = Recipe(
    name="dual62",
    version="1.0.0",
    architecture="two towers of conv 64, 128, 256 + pools, dense 256, 128; 28 x 28 x 3 and x 1",
    alphabet=ALNUM62,
    course=_course,
    val=val_writers,
    network=_network,
    seed=62,
    epochs=4,
    batch=128,
    learning_rate=1e-3,
    weight_decay=0.01,
    label_smoothing=0.05,
    calm_epochs=1,
)
