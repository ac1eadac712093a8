"""A recipe: everything that decides what a training run makes, of one network or of several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras

from core.alphabet import Alphabet
from core.training.course import Course
from core.training.data import Samples

CALM_STRENGTH = 0.4
"""How strongly samples are varied in calm epochs."""

CALM_RATE = 0.1
"""Where the rate begins in calm epochs, as a share of the highest."""


@dataclass(frozen=True, eq=False)
class Recipe:
    """How one model is made.

    Attributes:
        name: Of the model.
        version: Of the model.
        architecture: The network in a few words, for the manifest.
        alphabet: What it tells apart.
        course: Loads what an epoch is drawn from.
        val: Loads whom it is watched and calibrated with.
        network: Builds the network, tiles to logits.
        seed: Decides weights, order and variations.
        epochs: How often the course is run through, before the calm ones.
        calm_epochs: How often it is then run through again with little variation
            (`CALM_STRENGTH`) and at a low rate: wide variation makes other hands of the hands that
            are there, but it also turns signs into one another, and no user writes that way.
        batch: Tiles a step.
        learning_rate: At its highest; it rises over the first epoch and falls by a cosine to 0.
            The calm epochs begin at `CALM_RATE` of it, and fall likewise.
        weight_decay: Of AdamW (Loshchilov and Hutter 2019), on kernels.
        label_smoothing: 0 to 1.
        patience: After so many epochs without a lower loss on val the run ends.
    """

    name: str
    version: str
    architecture: str
    alphabet: Alphabet
    course: Callable[[], Course]
    val: Callable[[], Samples]
    network: Callable[[], keras.Model]
    seed: int
    epochs: int
    batch: int
    learning_rate: float
    weight_decay: float
    label_smoothing: float
    calm_epochs: int = 0
    patience: int = 6

    @property
    def all_epochs(self) -> int:
        """Those of the whole run."""
        return self.epochs + self.calm_epochs

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
            "calm_epochs": self.calm_epochs,
            "batch": self.batch,
            "learning_rate": self.learning_rate,
            "weight_decay": self.weight_decay,
            "label_smoothing": self.label_smoothing,
            "patience": self.patience,
        }


@dataclass(frozen=True, eq=False)
class Ensemble:
    """How a model of several members is made, which is one model to its user.

    It is sequenced: its members are trained one after another, each on data of its own, and stand
    in that sequence in the one network, which asks them all together.

    Attributes:
        name: Of the model.
        version: Of the model.
        architecture: The network in a few words, for the manifest.
        members: In their sequence. Their names differ and their alphabets do not; the course of
            the first has the classes as often as the model is to expect them.
    """

    name: str
    version: str
    architecture: str
    members: tuple[Recipe, ...]

    def __post_init__(self) -> None:
        if len({member.name for member in self.members}) != len(self.members) or not self.members:
            raise ValueError("members must be there, and their names differ")
        if len({member.alphabet for member in self.members}) != 1:
            raise ValueError("members must tell the same signs apart")

    @property
    def alphabet(self) -> Alphabet:
        """What it tells apart."""
        return self.members[0].alphabet

    @property
    def fingerprint(self) -> dict[str, Any]:
        """What decides it, as that of a recipe."""
        return {
            "name": self.name,
            "version": self.version,
            "architecture": self.architecture,
            "alphabet": self.alphabet.name,
            "members": [member.fingerprint for member in self.members],
        }


@dataclass(frozen=True, eq=False)
class Companion:
    """How a model for the pad is made: a finished model of tiles, and with it a network of tracks.

    Where a character's track is known, both are asked; a picture has none, and is answered by the
    model of tiles as if it were alone.

    Attributes:
        name: Of the model.
        version: Of the model.
        architecture: The network in a few words, for the manifest.
        picture: The name of the model of tiles.
        track: How the network of tracks is trained; over the same alphabet.
    """

    name: str
    version: str
    architecture: str
    picture: str
    track: Recipe

    @property
    def alphabet(self) -> Alphabet:
        """What it tells apart."""
        return self.track.alphabet

    @property
    def fingerprint(self) -> dict[str, Any]:
        """What decides it, but for the model of tiles, as that of a recipe."""
        return {
            "name": self.name,
            "version": self.version,
            "architecture": self.architecture,
            "alphabet": self.alphabet.name,
            "picture": self.picture,
            "track": self.track.fingerprint,
        }
