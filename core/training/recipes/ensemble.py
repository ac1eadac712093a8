"""The recipe of `ensemble`: digits and letters by case, by members for pen, paper and print."""

from __future__ import annotations

import keras
import numpy as np

from core.alphabet import ALNUM62
from core.training.course import Course, among
from core.training.data import (
    ImageSamples,
    Samples,
    data_folder,
    load_femnist_digits,
    load_kaggle_sample,
    load_mnist,
    load_nist_capitals,
    load_paper_letters,
    load_print,
    load_semeion_digits,
    load_unipen,
)
from core.training.networks import Stage, residual_network
from core.training.recipe import Ensemble, Recipe
from core.training.recipes.courses import val_writers

MNIST_IN_VAL = 500
"""Of MNIST's 5,000 val digits: with all of them, paper would be digits."""


def _network() -> keras.Model:
    """223,000 parameters; a quarter of glyphnet's work, so that all three are a network's work."""
    return residual_network(
        stem=16,
        stages=(Stage(32, 1), Stage(64, 2), Stage(96, 2)),
        classes=len(ALNUM62),
        dropout=0.2,
    )


# --- Pen ---------------------------------------------------------------------------------------


def _pen_course() -> Course:
    folder = data_folder()
    return Course(
        sources=(among(load_unipen(folder, "train"), ALNUM62),),
        # about half of them, others in every epoch
        draws=(45_000,),
        least=0,
    )


PEN = Recipe(
    name="pen",
    version="1.0.0",
    architecture="residual, 16-32-64-96 channels, scaled weight standardisation, 32 x 32 tiles",
    alphabet=ALNUM62,
    course=_pen_course,
    val=val_writers,
    network=_network,
    seed=1,
    epochs=6,
    batch=256,
    learning_rate=2e-3,
    weight_decay=0.05,
    label_smoothing=0.05,
)


# --- Paper -------------------------------------------------------------------------------------


def _paper_course() -> Course:
    folder = data_folder()
    return Course(
        sources=(
            load_paper_letters(folder, "train"),
            load_mnist(folder, "train"),
            load_kaggle_sample(folder, "train"),
            load_nist_capitals(folder, "train"),
            load_femnist_digits(folder, "train"),
            load_semeion_digits(folder, "train"),
        ),
        # the paper letters, which alone have small letters, three times, and so NIST's capitals
        draws=(13_000, 12_000, 6_000, 2_700, 4_200, 2_100),
        least=0,
    )


def _paper_val() -> Samples:
    folder = data_folder()
    mnist = load_mnist(folder, "val")
    spread = np.zeros(len(mnist), np.bool_)
    spread[:: max(len(mnist) // MNIST_IN_VAL, 1)] = True
    return together(
        "paper",
        load_paper_letters(folder, "val"),
        mnist.taken(spread),
        load_kaggle_sample(folder, "val"),
        load_nist_capitals(folder, "val"),
        load_femnist_digits(folder, "val"),
        load_semeion_digits(folder, "val"),
    )


def together(name: str, *sources: ImageSamples) -> ImageSamples:
    """The pictures of several sources as one, on black of the size of the largest.

    A tile is cropped to its ink first, so that the black around it changes nothing.
    """
    height, width = np.max([source.images.shape[1:] for source in sources], axis=0)
    images = np.zeros((sum(map(len, sources)), height, width), np.uint8)
    start = 0
    for source in sources:
        count, tall, wide = source.images.shape
        images[start : start + count, :tall, :wide] = source.images
        start += count
    return ImageSamples(name, images, np.concatenate([source.labels for source in sources]))


PAPER = Recipe(
    name="paper",
    version="1.0.0",
    architecture=PEN.architecture,
    alphabet=ALNUM62,
    course=_paper_course,
    val=_paper_val,
    network=_network,
    seed=2,
    epochs=6,
    batch=256,
    learning_rate=2e-3,
    weight_decay=0.05,
    label_smoothing=0.05,
)


# --- Print -------------------------------------------------------------------------------------


def _print_course() -> Course:
    return Course(sources=(load_print("train", alphabet=ALNUM62),), draws=(40_000,), least=0)


def _print_val() -> Samples:
    return load_print("val", alphabet=ALNUM62)


PRINT = Recipe(
    name="print",
    version="1.0.0",
    architecture=PEN.architecture,
    alphabet=ALNUM62,
    course=_print_course,
    val=_print_val,
    network=_network,
    seed=3,
    epochs=6,
    batch=256,
    learning_rate=2e-3,
    weight_decay=0.05,
    label_smoothing=0.05,
)


ENSEMBLE = Ensemble(
    name="ensemble",
    version="1.0.0",
    architecture="three residual networks, 16-32-64-96 channels each, for pen, paper and print",
    members=(PEN, PAPER, PRINT),
)
