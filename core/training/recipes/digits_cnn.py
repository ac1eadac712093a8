"""The recipe of `digits-cnn`: the usual first network of the field, on MNIST."""

from __future__ import annotations

import keras

from core.alphabet import DIGITS
from core.training.course import Course
from core.training.data import Samples, data_folder, load_mnist
from core.training.designs import digits_cnn
from core.training.recipe import Recipe


def _course() -> Course:
    return Course(
        sources=(load_mnist(data_folder(), "train"),), draws=(None,), least=0, as_they_are=True
    )


def _val() -> Samples:
    return load_mnist(data_folder(), "val")


def _network() -> keras.Model:
    return digits_cnn(len(DIGITS))


DIGITS_CNN = Recipe(
    name="digits-cnn",
    version="1.1.0",
    architecture="augmentation block, conv 32 + pool, conv 32 + pool, dense 64; 28 x 28 x 1",
    alphabet=DIGITS,
    course=_course,
    val=_val,
    network=_network,
    seed=28,
    epochs=24,
    batch=128,
    learning_rate=3e-3,
    weight_decay=0.01,
    label_smoothing=0.0,
    # without the augmentation block: it turns by up to a tenth of a circle, as nobody writes
    calm_epochs=8,
)
