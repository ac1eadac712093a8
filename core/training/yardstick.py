"""What everything is chosen by: val, as tiles, with what each is and how much it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.arrays import read_only
from core.glyph import TILE_SIZE
from core.training.course import among, classes_of
from core.training.data import Samples
from core.training.forms import plain_tiles

_BATCH = 512


@dataclass(frozen=True, eq=False)
class Yardstick:
    """Tiles of val.

    Attributes:
        tiles: float32 (N, TILE_SIZE, TILE_SIZE), N >= 1, as the program itself would see them.
        classes: int64 (N,), the column of what each is.
        weights: float64 (N,), how much each counts; they come to 1.
    """

    tiles: NDArray[np.float32]
    classes: NDArray[np.int64]
    weights: NDArray[np.float64]

    def __post_init__(self) -> None:
        sides = (TILE_SIZE, TILE_SIZE)
        tiles = read_only(self.tiles, name="tiles", dtype=np.float32, shape=(None, *sides))
        count = (len(tiles),)
        classes = read_only(self.classes, name="classes", dtype=np.int64, shape=count)
        weights = read_only(self.weights, name="weights", dtype=np.float64, shape=count)
        object.__setattr__(self, "tiles", tiles)
        object.__setattr__(self, "classes", classes)
        object.__setattr__(self, "weights", weights)

    def logits(self, network: keras.Model) -> NDArray[np.float32]:
        """float32 (N, K): what a plain network makes of the tiles."""
        answers = network.predict(self.tiles[..., None], batch_size=_BATCH, verbose=0)
        return np.asarray(answers["logits"], np.float32)


def yardstick(sources: Sequence[Samples], alphabet: Alphabet) -> Yardstick:
    """The samples of several sources whose signs `alphabet` knows; every source counts the same.

    Args:
        sources: Of val; those without such samples are left out.
        alphabet: What the columns stand for.
    """
    parts = [part for part in (among(source, alphabet) for source in sources) if len(part) > 0]
    return Yardstick(
        np.concatenate([plain_tiles(part) for part in parts]),
        np.concatenate([classes_of(part.labels, alphabet) for part in parts]),
        np.concatenate([np.full(len(part), 1 / len(part) / len(parts)) for part in parts]),
    )
