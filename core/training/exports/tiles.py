"""Tiles to prove an export with and to calibrate it on: the writers' own where the data is there,
and tiles that the program makes itself, which need no data."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.errors import MissingFileError
from core.recognising import ink_glyph
from core.self_check import sample_ink
from core.training.augmenting import image_tile, ink_tile
from core.training.course import classes_of
from core.training.data import Split, data_folder, load_unipen
from core.training.forms import plain_tiles, plain_tracks

PROOF_TILES = 2_000
"""How many of the val writers' tiles an export is proved on; a comparison takes all of them."""

MADE_TILES = 752
"""How many tiles are made to prove with: eight of each of all printable signs."""

CALIBRATION_TILES = 500
"""How many tiles tell the range of each activation; TensorFlow's guide to quantisation asks for
100 to 500."""

PROOF_SEED, CALIBRATION_SEED = 1, 2

FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX)
FONT_SIDE = 120
"""Side of the picture that a sign is drawn in, in pixels."""


@dataclass(frozen=True, eq=False)
class Tiles:
    """Tiles of one origin.

    Attributes:
        origin: Where they are from, for people.
        pixels: float32 (N, TILE_SIZE, TILE_SIZE), N >= 1.
        classes: int64 (N,), the column of each one's sign; None where no one wrote it.
        tracks: float32 (N, TRACK_POINTS, TRACK_CHANNELS), how each was written; None where nobody
            knows.
    """

    origin: str
    pixels: NDArray[np.float32]
    classes: NDArray[np.int64] | None = None
    tracks: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.pixels)


def proof_tiles(alphabet: Alphabet, *, limit: int | None) -> tuple[Tiles, ...]:
    """Tiles made here, and behind them those of the val writers where the data is there.

    Args:
        alphabet: Of the model.
        limit: Most of the val writers' tiles; None for all.

    Raises:
        DamagedFileError: The data is there, and damaged.
    """
    made = made_tiles(alphabet, MADE_TILES, np.random.default_rng(PROOF_SEED))
    written = _written_tiles(alphabet, "val", limit, np.random.default_rng(PROOF_SEED))
    return (made,) if written is None else (made, written)


def calibration_tiles(alphabet: Alphabet) -> Tiles:
    """Tiles of the train writers where the data is there, else tiles made here; never those that
    an export is proved with.

    Args:
        alphabet: Of the model.

    Raises:
        DamagedFileError: The data is there, and damaged.
    """
    rng = np.random.default_rng(CALIBRATION_SEED)
    written = _written_tiles(alphabet, "train", CALIBRATION_TILES, rng)
    return made_tiles(alphabet, CALIBRATION_TILES, rng) if written is None else written


def made_tiles(alphabet: Alphabet, count: int, rng: np.random.Generator) -> Tiles:
    """Tiles that look like writing: the self-check's 7, and the signs of `alphabet` in OpenCV's own
    fonts, each varied as a hand would."""
    seven = ink_glyph(sample_ink())
    tiles = [seven.tile, ink_tile(sample_ink(), rng)]
    signs = tuple(alphabet.index)
    while len(tiles) < count:
        font = FONTS[int(rng.integers(len(FONTS)))]
        tiles.append(image_tile(_printed(signs[len(tiles) % len(signs)], font), rng))
    return Tiles("made here", np.stack(tiles[:count]))


def _printed(sign: str, font: int) -> NDArray[np.uint8]:
    pixels = np.zeros((FONT_SIDE, FONT_SIDE), np.uint8)
    cv2.putText(pixels, sign, (30, 80), font, 2, 255, 4, cv2.LINE_AA)
    return pixels


def _written_tiles(
    alphabet: Alphabet, split: Split, limit: int | None, rng: np.random.Generator
) -> Tiles | None:
    """Tiles of UNIPEN's writers; None where the data, or any sign of the alphabet, is missing."""
    try:
        samples = load_unipen(data_folder(), split)
    except MissingFileError:
        return None
    known = np.flatnonzero([label in alphabet.index for label in samples.labels])
    rows = np.sort(rng.permutation(known)[:limit])
    if len(rows) == 0:
        return None
    chosen = np.zeros(len(samples), np.bool_)
    chosen[rows] = True
    samples = samples.taken(chosen)
    return Tiles(
        f"of UNIPEN's {split} writers",
        plain_tiles(samples),
        classes_of(samples.labels, alphabet),
        plain_tracks(samples),
    )
