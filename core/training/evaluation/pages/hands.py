"""Who writes a made page: how a writer, or a set of pictures, draws each sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.glyph import crop_to_ink
from core.ink import Ink, Stroke
from core.rasterising import rasterise
from core.training.data import (
    ImageSamples,
    InkSamples,
    Split,
    load_femnist_digits,
    load_kaggle_sample,
    load_nist_capitals,
    load_paper_letters,
    load_uji,
    load_unipen,
)
from core.training.evaluation.pages.page import Kind

CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset("0123456789")
SMALL = frozenset("abcdefghijklmnopqrstuvwxyz")
STOPS = frozenset(".,!?")

SIGNS: Mapping[Kind, frozenset[str]] = {
    "blocks": CAPITALS | DIGITS,
    "mixed": CAPITALS | DIGITS | SMALL | STOPS,
}
"""What pages of each kind are written with."""

LEAST_SIGNS: Mapping[Kind, int] = {"blocks": 24, "mixed": 50}
"""Of the signs of a kind: who wrote fewer of them writes no page, unless of numbers alone."""

LEAST_SAMPLES = 2
"""Of a sign by a writer of pen ink: a single one would come again and again, and 4 % are faulty."""

CURSIVE_DONORS = frozenset({"kai"})
"""Donors of UNIPEN whose writers of val and train gave capitals of joined-up handwriting: nobody
fills in a form in block letters so."""

BARS = frozenset("1I")
"""The capitals and digits that a straight line may be. As another it is a piece of one: 1 in 100 of
UNIPEN's capitals."""

STRAIGHT = 0.12
"""Most width of a straight line, over its length."""

FLAT = 0.35
"""Least height of a capital or digit, over its width: what is flatter is a piece of one."""

MOST_PIECES = 0.03
"""Most of a writer's capitals and digits that are such pieces: where more are seen, many are not.
All of these writers are of one donor, ibm: 3 to 11 %, of all others at most 1 %."""

SIZES = 0.8, 1.25
"""Least and most height of a character over what its sign has by rule: a writer's samples were
written one by one, in boxes, and differ more than those of one page."""

TURN, SLANT, STRETCH = 0.025, 0.04, 0.05
"""Standard deviations of how a writer's own characters differ: the rotation in radians, the shear
of x by y, and the logarithm of width over height."""

WAVER = 0.07
"""Standard deviation of the width of a line along its way, over its mean: pens are pressed
unevenly."""

STEP = 0.035
"""Between two points of a stroke that is drawn, in heights of a capital."""

SMOOTHNESS = 0.02
"""Standard deviation of the window that takes a tablet's steps out, in heights of a capital."""

EDGE = 80
"""Grey at which the ink of a small picture ends: its thin strokes were never brighter than 127."""

FAINTEST = 24
"""Coverage of an enlarged picture below which there is none: the haze that enlarging leaves."""

_X_HEIGHT = 0.62
_PLACES: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(sorted(CAPITALS | DIGITS), (1.0, 0.0)),
    **dict.fromkeys("aceimnorsuvwxz", (_X_HEIGHT, 0.0)),
    **dict.fromkeys("bdfhkl", (1.02, 0.0)),
    **dict.fromkeys("gpqy", (_X_HEIGHT, -0.38)),
    "i": (0.92, 0.0),
    "j": (0.92, -0.38),
    "t": (0.88, 0.0),
    ".": (0.1, 0.0),
    ",": (0.12, -0.14),
    "!": (1.0, 0.0),
    "?": (1.0, 0.0),
}
"""Top and bottom of each sign above the baseline, in heights of a capital."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A character as it is drawn once.

    Attributes:
        coverage: uint8 (H, W), how much of each pixel its ink covers, 255 all; no blank edges.
        below: How far its lowest ink is below the baseline, in pixels.
    """

    coverage: NDArray[np.uint8]
    below: float


class Hand(Protocol):
    """Whoever writes a page."""

    @property
    def name(self) -> str: ...

    @property
    def signs(self) -> frozenset[str]:
        """What can be asked of it."""
        ...

    def draw(self, sign: str, rng: np.random.Generator, *, capital: float, pen: float) -> Drawn:
        """A character, never twice the same.

        Args:
            sign: One of `signs`.
            rng: Decides which sample is taken.
            capital: Height of a capital, in pixels.
            pen: Width of the pen's line, in pixels.
        """
        ...


@dataclass(frozen=True, eq=False)
class InkHand:
    """A writer of pen ink.

    Attributes:
        name: With the source.
        samples: Of this writer alone.
        rows: Which samples are of each sign.
        usual: The median height of each sign, in pad pixels.
    """

    name: str
    samples: InkSamples
    rows: Mapping[str, NDArray[np.int64]]
    usual: Mapping[str, float]

    @property
    def signs(self) -> frozenset[str]:
        return frozenset(self.rows)

    def draw(self, sign: str, rng: np.random.Generator, *, capital: float, pen: float) -> Drawn:
        ink = self.samples.ink(int(rng.choice(self.rows[sign])))
        top, bottom = _PLACES[sign]
        extent = _extent(ink)
        odd = float(np.clip(extent / self.usual[sign], *SIZES))
        height = (top - bottom) * capital * odd
        scale = max(height - pen, 1.0) / extent
        shape = _own_shape(rng) * scale
        drawn = Ink(tuple(_penned(stroke.xy @ shape.T, rng, capital) for stroke in ink.strokes))
        coverage = crop_to_ink(rasterise(drawn, pen_width=pen).pixels)
        return Drawn(coverage, _below(sign, coverage.shape[0], capital))


@dataclass(frozen=True, eq=False)
class PictureHand:
    """The characters of sets of pictures, by many writers.

    Attributes:
        name: Of the sets.
        images: uint8 (H, W) each, ink white on black, by sign.
    """

    name: str
    images: Mapping[str, tuple[NDArray[np.uint8], ...]]

    @property
    def signs(self) -> frozenset[str]:
        return frozenset(self.images)

    def draw(self, sign: str, rng: np.random.Generator, *, capital: float, pen: float) -> Drawn:
        image = self.images[sign][rng.integers(len(self.images[sign]))]
        top, bottom = _PLACES[sign]
        height = (top - bottom) * capital
        scale = height / max(image.shape[0], image.shape[1] / 3)
        coverage = crop_to_ink(_turned(_enlarged(image, scale), rng))
        return Drawn(coverage, _below(sign, coverage.shape[0], capital))


@lru_cache(maxsize=6)
def hands(folder: Path, split: Split, kind: Kind) -> tuple[Hand, ...]:
    """Everyone of a split who wrote enough of a kind's signs.

    Raises:
        MissingFileError: Data is not there.
    """
    sources: list[InkSamples] = [load_unipen(folder, split)]
    if split == "test":
        sources.append(load_uji(folder))
    writers = [hand for samples in sources for hand in _ink_hands(samples, kind)]
    sets = _picture_hands(folder, split) if kind == "blocks" else []
    return (*writers, *sets)


def _ink_hands(samples: InkSamples, kind: Kind) -> list[Hand]:
    wanted = np.isin(samples.labels, sorted(SIGNS[kind]))
    donors = np.char.partition(samples.writers, "/")[:, 0]
    samples = samples.taken(wanted & ~np.isin(donors, sorted(CURSIVE_DONORS)))
    asked, whole = np.isin(samples.labels, sorted(CAPITALS | DIGITS)), _are_whole(samples)
    found: list[Hand] = []
    for writer in np.unique(samples.writers):
        his = samples.writers == writer
        if (his & ~whole).sum() > MOST_PIECES * (his & asked).sum():
            continue
        mine = samples.taken(his & whole)
        signs, counts = np.unique(mine.labels, return_counts=True)
        several = signs[counts >= LEAST_SAMPLES]
        rows = {str(sign): np.flatnonzero(mine.labels == sign) for sign in several}
        if len(rows) < LEAST_SIGNS[kind] and kind == "blocks":
            rows = {sign: rows[sign] for sign in sorted(DIGITS & rows.keys())}
        if len(rows) >= LEAST_SIGNS[kind] or (kind == "blocks" and rows.keys() == DIGITS):
            usual = {
                sign: float(np.median([_extent(mine.ink(int(row))) for row in of_sign]))
                for sign, of_sign in rows.items()
            }
            found.append(InkHand(f"{samples.name} {writer}", mine, rows, usual))
    return found


def _are_whole(samples: InkSamples) -> NDArray[np.bool_]:
    """Which samples are not, as can be seen, a piece of a capital or a digit: bool (N,)."""
    asked = (CAPITALS | DIGITS) - BARS
    return np.array(
        [
            str(label) not in asked or not _is_piece(samples.ink(index))
            for index, label in enumerate(samples.labels)
        ],
        np.bool_,
    )


def _is_piece(ink: Ink) -> bool:
    """Whether it is straight, or flat."""
    if ink.box.height < FLAT * ink.box.width:
        return True
    places = np.concatenate([stroke.xy for stroke in ink.strokes])
    if len(places) == 1:
        return True
    middled = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(middled, full_matrices=False)
    length, width = np.ptp(middled @ axes.T, axis=0)
    return bool(width <= STRAIGHT * length)


def _extent(ink: Ink) -> float:
    """A character's height, above 0; of a flat one, a third of its width."""
    return max(ink.box.height, ink.box.width / 3, 1.0)


def _picture_hands(folder: Path, split: Split) -> list[Hand]:
    nist = (
        load_kaggle_sample(folder, split),
        load_nist_capitals(folder, split),
        load_femnist_digits(folder, split),
    )
    sets = {"paper letters": (load_paper_letters(folder, split),), "NIST pictures": nist}
    return [PictureHand(name, _by_sign(of_name)) for name, of_name in sets.items()]


def _by_sign(sets: tuple[ImageSamples, ...]) -> Mapping[str, tuple[NDArray[np.uint8], ...]]:
    images: dict[str, list[NDArray[np.uint8]]] = {}
    for samples in sets:
        for image, label in zip(samples.images, samples.labels, strict=True):
            if str(label) in SIGNS["blocks"] and image.any():
                images.setdefault(str(label), []).append(_cut_out(image))
    return {sign: tuple(of_sign) for sign, of_sign in images.items()}


def _cut_out(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink of a picture alone, in a box of its own: some have a grey haze on their paper."""
    inked = np.where(image > image.max() // 3, image, 0)
    return crop_to_ink(np.asarray(inked, np.uint8))


def _below(sign: str, height: int, capital: float) -> float:
    """How far below the baseline a character ends: a long tail hangs, all else stands."""
    top, bottom = _PLACES[sign]
    if sign in "QJ7" and height > capital:
        return height - capital
    return -bottom * capital if bottom <= 0 and top else 0.0


def _own_shape(rng: np.random.Generator) -> NDArray[np.float32]:
    """float32 (2, 2): how one sample of a writer's differs from the next."""
    turn, slant = rng.normal(0, TURN), rng.normal(0, SLANT)
    stretch = np.exp(rng.normal(0, STRETCH) / 2)
    turning = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(turning @ np.array([[stretch, slant], [0, 1 / stretch]]), np.float32)


def _turned(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A picture of a character, its shape a little its own; never without ink."""
    shape = _own_shape(rng)
    height, width = image.shape
    reach = max(height, width) // 8 + 2
    middle = np.array([width, height]) / 2
    shift = middle + reach - shape @ middle
    matrix = np.concatenate([shape, shift[:, None]], axis=1).astype(np.float32)
    moved = cv2.warpAffine(image, matrix, (width + 2 * reach, height + 2 * reach))
    return np.asarray(moved, np.uint8) if moved.any() else image


def _penned(xy: NDArray[np.float32], rng: np.random.Generator, capital: float) -> Stroke:
    """A stroke through places in pixels, smooth, pressed a little unevenly."""
    xy = _resampled(np.asarray(xy, np.float32), max(STEP * capital, 1.0), SMOOTHNESS * capital)
    slow = rng.normal(0, 1, 2 + len(xy) // 24)
    waver = np.interp(np.linspace(0, 1, len(xy)), np.linspace(0, 1, len(slow)), slow)
    points = np.zeros((len(xy), 4), np.float32)
    points[:, :2] = xy
    points[:, 2] = np.clip(0.5 + WAVER * waver, 0.1, 0.9)
    return Stroke(points)


def _resampled(xy: NDArray[np.float32], step: float, sigma: float) -> NDArray[np.float32]:
    """A stroke's points at even steps, a tablet's jags smoothed; both ends stay."""
    lengths = np.hypot(*np.diff(xy, axis=0).T) if len(xy) > 1 else np.zeros(0)
    way = np.concatenate([[0.0], np.cumsum(lengths)])
    count = int(way[-1] / step) + 1
    if count == 1:
        return xy
    fine = np.linspace(0, way[-1], count * 4)
    even = np.stack([np.interp(fine, way, column) for column in xy.T], axis=1)
    spread = sigma / (way[-1] / len(fine))
    reach = min(int(3 * spread), len(fine) - 1)
    if reach > 0:
        padded = np.concatenate(
            [2 * even[0] - even[reach:0:-1], even, 2 * even[-1] - even[-2 : -2 - reach : -1]]
        )
        weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
        weights /= weights.sum()
        even = np.stack([np.convolve(column, weights, "valid") for column in padded.T], axis=1)
    return np.asarray(even[np.unique(np.r_[0 : len(even) : 4, len(even) - 1])], np.float32)


def _enlarged(image: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """Coverage of a small picture's ink at another size, its steps smoothed away."""
    height, width = (max(2, round(side * scale)) for side in image.shape)
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    padded = cv2.copyMakeBorder(image, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0)
    size = (
        round(width * padded.shape[1] / image.shape[1]),
        round(height * padded.shape[0] / image.shape[0]),
    )
    large = cv2.resize(padded, size, interpolation=how).astype(np.float32)
    soft = cv2.GaussianBlur(large, (0, 0), max(0.45 * scale, 0.3))
    sharp = np.clip((soft - EDGE) * max(scale, 1.3) + EDGE, 0, 255)
    drawn = np.asarray(sharp, np.uint8)
    drawn[drawn < FAINTEST] = 0
    return drawn if drawn.any() else np.asarray(large, np.uint8)
