"""The recipe of `glyphnet`, the flagship: all 94 printable signs, from ink and from paper."""

from __future__ import annotations

import keras

from core.alphabet import ASCII94
from core.training.course import Course
from core.training.data import (
    data_folder,
    load_femnist_digits,
    load_kaggle_sample,
    load_mnist,
    load_nist_capitals,
    load_paper_letters,
    load_semeion_digits,
    load_unipen,
    load_unipen_words,
)
from core.training.networks import Stage, residual_network
from core.training.recipe import Recipe
from core.training.recipes.courses import val_writers
from core.training.scribbles import Strays


def _course() -> Course:
    folder = data_folder()
    pen = load_unipen(folder, "train")
    words = load_unipen_words(folder, "train")
    return Course(
        sources=(
            pen,
            load_mnist(folder, "train"),
            load_paper_letters(folder, "train"),
            load_kaggle_sample(folder, "train"),
            load_nist_capitals(folder, "train"),
            load_femnist_digits(folder, "train"),
            load_semeion_digits(folder, "train"),
        ),
        # MNIST's digits look alike: a part of them in turn is as good as all, until the end.
        # Paper and NIST's capitals twice: pictures are not to be digits.
        draws=(None, 24_000, 9_000, 4_200, 1_800, 3_000, 1_100),
        calm_draws=(None, None, 9_000, 4_200, 1_800, 3_000, 1_100),
        least=500,
        strays=Strays(pen, words),
        stray_draws=9_000,
        # twice the hands that wrote single characters
        words=words,
        letter_draws=15_000,
    )


def _network() -> keras.Model:
    return residual_network(
        stem=32,
        stages=(Stage(64, 1), Stage(128, 2), Stage(192, 2)),
        classes=len(ASCII94),
        dropout=0.25,
    )


GLYPHNET = Recipe(
    name="glyphnet",
    version="1.3.0",
    architecture="residual, 32-64-128-192 channels, scaled weight standardisation, 32 x 32 tiles",
    alphabet=ASCII94,
    course=_course,
    val=val_writers,
    network=_network,
    seed=20,
    epochs=14,
    batch=256,
    learning_rate=2e-3,
    weight_decay=0.05,
    label_smoothing=0.05,
    calm_epochs=3,
)
