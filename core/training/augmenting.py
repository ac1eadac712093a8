"""Handwriting made different as people's hands, pens and scanners make it different.

Every function takes an explicit generator: the same one gives the same sample. All of them take a
strength from 0, which leaves a sample about as the program itself would see it, to 1.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.glyph import crop_to_ink, make_tile
from core.ink import Ink, Stroke
from core.pen_width import PEN_WIDTH
from core.rasterising import (
    CHARACTER_EXTENT,
    CHARACTER_PEN_SHARE,
    rasterise_character,
)
from core.track import way_along

TURN = 0.09
"""Standard deviation of the rotation, in radians."""
SLANT = 0.17
"""Standard deviation of the shear of x by y."""
STRETCH = 0.15
"""Standard deviation of the logarithm of width over height."""
WAVE = 0.025
"""Standard deviation of the elastic waves, as a share of the longer side."""
JITTER = 0.007
"""Standard deviation of each point's tremble, as a share of the longer side."""
PEN_SPREAD = 0.3
"""Standard deviation of the logarithm of the pen's width over its nominal width."""
PEN_SHARES = 0.035, 0.15
"""Least and most width of a line as a share of the longer side."""
EXTENTS = 20, CHARACTER_EXTENT
"""Least and most longer side of a character's raster: small pictures have few pixels."""
PAPER_CHANCE = 0.25
"""How often ink is blurred and thresholded, as ink on paper is."""
LIFT_CHANCE = 0.06
"""How often a line is broken where the pen barely touched, and how often two strokes run into one
where it was barely lifted."""
LIFT_GAP = 0.02, 0.08
"""Least and most of such a break, as a share of the longer side."""
BARELY = 0.12
"""Most way between two strokes that run into one, as a share of the longer side: not that of an i
to its dot."""
RULED_CHANCE = 0.02
"""How often what is left of a ruled line goes through a character."""
DIMMEST = 0.6
"""Least light at one side of a character on paper, where the other side has 1."""
VARIED_SIDE = 64
"""Side of a varied picture, in pixels: more than twice a tile's."""
VARIED_INK = 0.65
"""Longer side of the ink in it, before it is turned and bent, as a share of that side."""
THICKNESS = -0.025, 0.05
"""Most that a picture's strokes are thinned and thickened, as a share of the longer side."""
LEAST_THICKENING = 0.1
"""Pixels by which a line's width may differ and nobody sees it."""


def _grid(step: int) -> NDArray[np.float32]:
    """float32 (H, W, 2): x and y of the middles of a varied picture's squares of so many pixels."""
    middles = np.arange(0, VARIED_SIDE, step, dtype=np.float32) + np.float32((step - 1) / 2)
    return np.stack(np.meshgrid(middles, middles), axis=-1)


_FINE, _COARSE = _grid(1), _grid(4) / np.float32(VARIED_SIDE)


def ink_tile(ink: Ink, rng: np.random.Generator, *, strength: float = 1.0) -> NDArray[np.float32]:
    """The tile of one written character, as another hand and pen might have written it."""
    least, most = (
        CHARACTER_PEN_SHARE + (share - CHARACTER_PEN_SHARE) * strength for share in PEN_SHARES
    )
    smallest, largest = np.log(EXTENTS)
    raster = rasterise_character(
        vary_ink(ink, rng, strength=strength),
        pen_width=PEN_WIDTH * float(np.exp(rng.normal(0, PEN_SPREAD * strength))),
        pen_share=rng.uniform(least, most),
        extent=round(np.exp(rng.uniform(largest + (smallest - largest) * strength, largest))),
    )
    pixels = raster.pixels
    if rng.random() < RULED_CHANCE * strength:
        pixels = ruled(pixels, rng)
    if rng.random() < PAPER_CHANCE * strength:
        pixels = on_paper(pixels, rng)
    return make_tile(pixels)


def image_tile(
    image: NDArray[np.uint8], rng: np.random.Generator, *, strength: float = 1.0
) -> NDArray[np.float32]:
    """The tile of a picture of one character, turned, slanted, stretched, thickened or thinned.

    Args:
        image: uint8 (H, W), ink white on black.
        rng: Decides the variation.
        strength: 0 to 1.
    """
    pixels = vary_image(image, rng, strength=strength)
    if rng.random() < RULED_CHANCE * strength:
        pixels = ruled(pixels, rng)
    return make_tile(pixels)


def vary_ink(ink: Ink, rng: np.random.Generator, *, strength: float = 1.0) -> Ink:
    """`ink` turned, slanted, stretched, bent and trembling, its pen lifted elsewhere."""
    if rng.random() < LIFT_CHANCE * strength:
        ink = broken(ink, rng)
    if rng.random() < LIFT_CHANCE * strength:
        ink = run_together(ink, rng)
    matrix = random_shape(rng, strength=strength).astype(np.float32)
    xy = np.concatenate([stroke.xy for stroke in ink.strokes]) @ matrix.T
    extent = max(float(np.ptp(xy, axis=0).max()), 1.0)
    waves = _waves(xy / np.float32(extent), rng, strength=strength)
    xy = np.asarray(xy + waves * np.float32(extent), np.float32)
    xy += rng.normal(0, JITTER * strength * extent, xy.shape).astype(np.float32)
    ends = np.cumsum([len(stroke.points) for stroke in ink.strokes])[:-1]
    return Ink(tuple(Stroke.through(part) for part in np.split(xy, ends)))


def vary_image(
    image: NDArray[np.uint8], rng: np.random.Generator, *, strength: float = 1.0
) -> NDArray[np.uint8]:
    """`image` turned, slanted, stretched, bent, thickened or thinned; never without ink."""
    side = VARIED_SIDE
    image = crop_to_ink(image)
    centre = np.array(image.shape[::-1], np.float32) / 2
    zoom = side / max(image.shape) * VARIED_INK
    shape = random_shape(rng, strength=strength) * zoom
    shift = side / 2 - shape @ centre
    matrix = np.concatenate([shape, shift[:, None]], axis=1)
    upright = cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_LINEAR)
    # the waves are long: every fourth pixel of them says what is between
    waves = _waves(_COARSE.reshape(-1, 2), rng, strength=strength).reshape(_COARSE.shape)
    bent = _FINE + cv2.resize(waves, (side, side), interpolation=cv2.INTER_LINEAR) * side
    varied = cv2.remap(upright, bent[..., 0], bent[..., 1], cv2.INTER_LINEAR)
    thicker = rng.uniform(*THICKNESS) * strength * side
    varied = _thicken(np.asarray(varied, np.uint8), thicker)
    return varied if varied.any() else image


def broken(ink: Ink, rng: np.random.Generator) -> Ink:
    """`ink` with a gap in its longest stroke, somewhere between a fifth and four fifths of its way;
    as it is where that is too short."""
    ways = [way_along(stroke.xy) for stroke in ink.strokes]
    number = int(np.argmax([way[-1] for way in ways]))
    points, at = ink.strokes[number].points, ways[number]
    gap = rng.uniform(*LIFT_GAP) * max(ink.box.width, ink.box.height)
    start = rng.uniform(0.2, 0.8) * at[-1] - gap / 2
    if start <= 0 or start + gap >= at[-1]:
        return ink
    edges = np.stack([np.interp([start, start + gap], at, column) for column in points.T], axis=1)
    edges = edges.astype(np.float32)
    parts = (
        Stroke(np.concatenate([points[at < start], edges[:1]])),
        Stroke(np.concatenate([edges[1:], points[at > start + gap]])),
    )
    return Ink((*ink.strokes[:number], *parts, *ink.strokes[number + 1 :]))


def run_together(ink: Ink, rng: np.random.Generator) -> Ink:
    """`ink` with one of its strokes gone on from the end of the one before, if they are near."""
    reach = BARELY * max(ink.box.width, ink.box.height)
    pairs = zip(ink.strokes, ink.strokes[1:], strict=False)
    near = [np.hypot(*(b.xy[0] - a.xy[-1])) <= reach for a, b in pairs]
    if not any(near):
        return ink
    number = int(rng.choice(np.flatnonzero(near)))
    first, second = ink.strokes[number : number + 2]
    joined = Stroke(np.concatenate([first.points, second.points]))
    return Ink((*ink.strokes[:number], joined, *ink.strokes[number + 2 :]))


def random_shape(rng: np.random.Generator, *, strength: float = 1.0) -> NDArray[np.float64]:
    """(2, 2): a random turn, slant and stretch that leave the size about as it is."""
    turn, slant = rng.normal(0, TURN * strength), rng.normal(0, SLANT * strength)
    stretch = np.exp(rng.normal(0, STRETCH * strength) / 2)
    turning = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(turning @ np.array([[stretch, slant], [0, 1 / stretch]]))


def on_paper(pixels: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Ink as a scanner sees it: blurred, unevenly lit, grained, cut at a threshold; never without
    ink."""
    sigma = rng.uniform(0.5, 1.2)
    soft = cv2.GaussianBlur(pixels, (0, 0), sigma).astype(np.float32) * _light(pixels.shape, rng)
    soft += rng.normal(0, rng.uniform(0, 20), pixels.shape).astype(np.float32)
    cut = (soft > rng.uniform(80, 170)).astype(np.uint8) * np.uint8(255)
    return cut if cut.any() else pixels


def ruled(pixels: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Ink with what cleaning left of a ruled line: a thin, nearly level line, which goes through
    the box of the ink and, but for its soft edge, not beyond."""
    x, y, width, height = cv2.boundingRect(pixels)
    left, right = rng.uniform(0, 0.3), rng.uniform(0.7, 1)
    level, tilt = rng.uniform(0.1, 0.9), rng.uniform(-0.04, 0.04)
    start, end = (
        (x + round((width - 1) * across), y + round((height - 1) * down))
        for across, down in ((left, level - tilt), (right, level + tilt))
    )
    thick = max(1, round(rng.uniform(0.01, 0.03) * max(width, height)))
    drawn = pixels.copy()
    cv2.line(drawn, start, end, 255, thick, cv2.LINE_AA)
    return drawn


def _light(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float32]:
    """float32 of `shape`: how much of the light falls where, from a side at any angle."""
    angle, dimmest = rng.uniform(0, 2 * np.pi), rng.uniform(DIMMEST, 1)
    down, across = (np.linspace(-0.5, 0.5, length, dtype=np.float32) for length in shape)
    along = across * np.float32(np.cos(angle)) + down[:, None] * np.float32(np.sin(angle))
    return 1 - np.float32(1 - dimmest) * np.clip(along + np.float32(0.5), 0, 1)


def _waves(
    places: NDArray[np.float32], rng: np.random.Generator, *, strength: float
) -> NDArray[np.float32]:
    """float32 (N, 2): smooth displacements, in units of the longer side, for (N, 2) places in the
    same units: two plane waves for each axis, of half to one and a half turns."""
    angles, phases = rng.uniform(0, 2 * np.pi, (2, 4)).astype(np.float32)
    turns = rng.uniform(0.5, 1.5, 4).astype(np.float32) * np.float32(2 * np.pi)
    directions = np.stack([np.cos(angles), np.sin(angles)]) * turns
    heights = rng.normal(0, WAVE * strength, 4).astype(np.float32)
    waves = np.sin(places @ directions + phases) * heights
    return np.asarray(waves[:, :2] + waves[:, 2:])


def _thicken(image: NDArray[np.uint8], by: float) -> NDArray[np.uint8]:
    """Strokes `by` pixels wider (narrower if negative), edges kept soft: the picture is blurred as
    far as its edges are to move, and its grey ramp moved to another level."""
    if abs(by) < LEAST_THICKENING:
        return image
    sigma = abs(by)
    soft = cv2.GaussianBlur(image, (0, 0), sigma).astype(np.float32)
    # along a straight edge a blurred step falls by 255 / (sqrt(2 pi) sigma) a pixel
    slope = 255 / (np.sqrt(2 * np.pi) * sigma)
    level = np.clip(127.5 - by / 2 * slope, 25, 200)
    ramp = (soft - level) / min(level, 255 - level)
    return np.asarray(np.clip(127.5 * (1 + ramp), 0, 255), np.uint8)
