"""The forms in which a network is shown a sample: as a tile, or as a track."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.glyph import TILE_SIZE, make_tile
from core.ink import Ink
from core.rasterising import rasterise_character
from core.track import TRACK_CHANNELS, TRACK_POINTS, make_track
from core.training.augmenting import image_tile, ink_tile, vary_ink
from core.training.data import InkSamples, Samples


@dataclass(frozen=True)
class Form:
    """What a network takes of one sample.

    Attributes:
        shape: Of the input, float32.
        plain: Of a source's sample, by its number, as the program itself would see it.
        varied: The same as another might have written it, by a generator and a strength of 0 to 1.
        varied_ink: The same of any ink.
    """

    shape: tuple[int, ...]
    plain: Callable[[Samples, int], NDArray[np.float32]]
    varied: Callable[[Samples, int, np.random.Generator, float], NDArray[np.float32]]
    varied_ink: Callable[[Ink, np.random.Generator, float], NDArray[np.float32]]

    def all_plain(self, samples: Samples) -> NDArray[np.float32]:
        """float32 (N, *shape): every sample as the program itself would see it."""
        inputs = np.empty((len(samples), *self.shape), np.float32)
        for index in range(len(samples)):
            inputs[index] = self.plain(samples, index)
        return inputs


def plain_tiles(samples: Samples) -> NDArray[np.float32]:
    """float32 (N, TILE_SIZE, TILE_SIZE): every sample as the program itself would see it."""
    return TILES.all_plain(samples)[..., 0]


def plain_tile(samples: Samples, index: int) -> NDArray[np.float32]:
    """float32 (TILE_SIZE, TILE_SIZE): the tile of one sample as it is; all 0 without ink."""
    if isinstance(samples, InkSamples):
        return make_tile(rasterise_character(samples.ink(index)).pixels)
    image = samples.images[index]
    return make_tile(image) if image.any() else np.zeros((TILE_SIZE, TILE_SIZE), np.float32)


def varied_tile(
    samples: Samples, index: int, rng: np.random.Generator, *, strength: float
) -> NDArray[np.float32]:
    """float32 (TILE_SIZE, TILE_SIZE): the tile of one sample as another might have written it."""
    if isinstance(samples, InkSamples):
        return ink_tile(samples.ink(index), rng, strength=strength)
    return image_tile(samples.images[index], rng, strength=strength)


def plain_tracks(samples: Samples) -> NDArray[np.float32] | None:
    """float32 (N, TRACK_POINTS, TRACK_CHANNELS) of pen ink; None of pictures, which have none."""
    return TRACKS.all_plain(samples)[:, :, 0] if isinstance(samples, InkSamples) else None


def _plain_track(samples: Samples, index: int) -> NDArray[np.float32]:
    return make_track(_pen_ink(samples).ink(index))[:, None]


def _varied_track(
    samples: Samples, index: int, rng: np.random.Generator, strength: float
) -> NDArray[np.float32]:
    return _varied_ink_track(_pen_ink(samples).ink(index), rng, strength)


def _varied_ink_track(ink: Ink, rng: np.random.Generator, strength: float) -> NDArray[np.float32]:
    return make_track(vary_ink(ink, rng, strength=strength))[:, None]


def _pen_ink(samples: Samples) -> InkSamples:
    if not isinstance(samples, InkSamples):
        raise TypeError(f"{samples.name}: pictures have no track")
    return samples


TILES = Form(
    shape=(TILE_SIZE, TILE_SIZE, 1),
    plain=lambda samples, index: plain_tile(samples, index)[..., None],
    varied=lambda samples, index, rng, strength: varied_tile(
        samples, index, rng, strength=strength
    )[..., None],
    varied_ink=lambda ink, rng, strength: ink_tile(ink, rng, strength=strength)[..., None],
)
"""Tiles, as maps of one channel."""

TRACKS = Form(
    shape=(TRACK_POINTS, 1, TRACK_CHANNELS),
    plain=_plain_track,
    varied=_varied_track,
    varied_ink=_varied_ink_track,
)
"""Tracks, as maps one pixel wide, so that a track's network has the layers of a tile's."""
