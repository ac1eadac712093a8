"""A recipe: everything that decides what a training run makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras

from core.alphabet import Alphabet
from core.training.tiles import Course


@dataclass(frozen=True, eq=False)
class Recipe:
    """How one model is made.

    Attributes:
        name: Of the model.
        version: Of the model.
        architecture: The network in a few words, for the manifest.
        alphabet: What it tells apart.
        course: Loads what an epoch is drawn from.
        network: Builds the network, tiles to logits.
        seed: Decides weights, order and variations.
        epochs: How often the course is run through.
        batch: Tiles a step.
        learning_rate: At its highest; it rises over the first epoch and falls by a cosine to 0.
        weight_decay: Of AdamW (Loshchilov and Hutter 2019), on kernels.
        label_smoothing: 0 to 1.
    """

    name: str
    version: str
    architecture: str
    alphabet: Alphabet
    course: Callable[[], Course]
    network: Callable[[], keras.Model]
    seed: int
    epochs: int
    batch: int
    learning_rate: float
    weight_decay: float
    label_smoothing: float

    @property
    def fingerprint(self) -> dict[str, str | int | float]:
        """What a checkpoint must agree with to be carried on from.

        What it cannot name (how samples are varied, the order of the layers) it has by the
        version, which counts up with every change to a recipe.
        """
        return {
            "name": self.name,
            "version": self.version,
            "architecture": self.architecture,
            "alphabet": self.alphabet.name,
            "seed": self.seed,
            "epochs": self.epochs,
            "batch": self.batch,
            "learning_rate": self.learning_rate,
            "weight_decay": self.weight_decay,
            "label_smoothing": self.label_smoothing,
        }
