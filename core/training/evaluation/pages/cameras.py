"""A sheet → its picture: as a scanner has it, or a phone over a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.training.evaluation.pages.papers import Pixels, clouds

WOODEN = 0.6
"""How often a table is of wood, else it is plain."""

WARM = 0.75
"""How often light is warm, as lamps are, else cold, as the sky is."""


@dataclass(frozen=True)
class Camera:
    """How a sheet is taken.

    Attributes:
        table: Share of the picture's sides, least and most, beyond the sheet; below 0 where the
            picture ends on the sheet.
        lean: Standard deviation of how far each corner is moved, over the sheet's shorter side.
        turn: Standard deviation of the rotation, in degrees.
        light: Least light at the darker side of the picture, 1 at the other.
        shadows: Least and most number of shadows.
        shadow: Light that is left in the darkest shadow.
        blur: Least and most standard deviation of the blur, in pixels.
        noise: Least and most standard deviation of the noise, in greys.
        quality: Least and most JPEG quality.
        casts: Most by which a colour is weaker than the strongest.
        exposure: Least and most brightness, over the sheet's.
        bend: Least and most height of the sheet's curve, over its height; 0 lies flat.
        quarters: Quarter turns to the left, one of these.
        bilevel: Whether only black and white are kept.
    """

    table: tuple[float, float] = (0.0, 0.0)
    lean: float = 0.0
    turn: float = 0.5
    light: float = 1.0
    shadows: tuple[int, int] = (0, 0)
    shadow: float = 0.6
    blur: tuple[float, float] = (0.4, 0.7)
    noise: tuple[float, float] = (0.5, 2.0)
    quality: tuple[int, int] = (75, 94)
    casts: float = 0.0
    exposure: tuple[float, float] = (0.97, 1.02)
    bend: tuple[float, float] = (0.0, 0.0)
    quarters: tuple[int, ...] = (0,)
    bilevel: bool = False


@dataclass(frozen=True, eq=False)
class Shot:
    """A picture of a sheet.

    Attributes:
        pixels: uint8 (H, W, 3), RGB.
        fall: float64 (sheet's width,): how far down each column of the sheet is moved, in pixels.
        matrix: float64 (3, 3): the perspective from there to the picture's pixels.
    """

    pixels: NDArray[np.uint8]
    fall: NDArray[np.float64]
    matrix: NDArray[np.float64]

    def outline(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64 (N, 2): where places (N, 2) of the sheet are in the picture."""
        columns = np.arange(len(self.fall)) + 0.5
        bent = places.copy()
        bent[:, 1] += np.interp(places[:, 0], columns, self.fall)
        return np.asarray(cv2.perspectiveTransform(bent[None], self.matrix)[0], np.float64)


def take(sheet: Pixels, camera: Camera, rng: np.random.Generator) -> Shot:
    """The picture of a sheet."""
    fall = _fall(sheet.shape, camera, rng)
    if fall.any():
        sheet = _bent(sheet, fall)
    matrix, size = _perspective(sheet.shape, camera, rng)
    pixels = _seen(sheet, matrix, size, camera, rng)
    pixels *= _light(pixels.shape[:2], camera, rng)[..., None]
    pixels *= _cast(camera, rng)
    quarters = int(rng.choice(camera.quarters))
    turned = np.ascontiguousarray(np.rot90(pixels, quarters))
    return Shot(_recorded(turned, camera, rng), fall, _quarter_turns(quarters, size) @ matrix)


def _fall(shape: Sequence[int], camera: Camera, rng: np.random.Generator) -> NDArray[np.float64]:
    """float64 (W,): how far down a sheet that does not lie flat moves each of its columns."""
    height, width = shape[:2]
    across = np.linspace(-0.5, 0.5, width)
    most = rng.uniform(*camera.bend) * height * rng.choice([-1, 1])
    # a bow, and the gutter of a book on one side
    bow = 4 * across**2 - 1 / 3
    side = rng.choice([-1, 1])
    gutter = np.exp(-(0.5 + side * across) * 9)
    return np.asarray(most * (bow + rng.uniform(0, 1.2) * gutter), np.float64)


def _bent(sheet: Pixels, fall: NDArray[np.float64]) -> Pixels:
    """The sheet with each column moved down, darker where it turns away from the light."""
    height, width = sheet.shape[:2]
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
    rows = np.arange(height, dtype=np.float32)[:, None] - fall.astype(np.float32)
    moved = cv2.remap(
        sheet, np.ascontiguousarray(columns), rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    away = np.abs(np.gradient(fall)).astype(np.float32)
    shade = 1 - np.minimum(away * np.float32(1.5), np.float32(0.35))
    return np.asarray(moved * shade[:, None], np.float32)


def _quarter_turns(quarters: int, size: tuple[int, int]) -> NDArray[np.float64]:
    """float64 (3, 3): where np.rot90 brings the places of a picture of a width and a height."""
    matrix = np.eye(3)
    sides = list(size)
    for _ in range(quarters % 4):
        matrix = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, sides[0]], [0.0, 0.0, 1.0]]) @ matrix
        sides.reverse()
    return matrix


def _perspective(
    shape: Sequence[int], camera: Camera, rng: np.random.Generator
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Where the sheet lies in the picture, and the picture's width and height."""
    height, width = shape[:2]
    beyond = rng.uniform(*camera.table, 2) * min(width, height)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    angle = np.radians(rng.normal(0, camera.turn))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    middle = np.array([width, height]) / 2
    moved = (corners - middle) @ turn + middle
    moved += rng.normal(0, 1, (4, 2)).clip(-1.6, 1.6) * camera.lean * min(width, height)
    inside = camera.table[1] <= 0
    low, high = _frame(moved, inside=inside)
    moved = moved - low + beyond
    size = high - low + 2 * beyond
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), moved.astype(np.float32))
    return np.asarray(matrix, np.float64), (round(size[0]), round(size[1]))


def _frame(
    corners: NDArray[np.float64], *, inside: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The upright frame around four corners, or the one within them."""
    if not inside:
        return corners.min(axis=0), corners.max(axis=0)
    xs, ys = np.sort(corners[:, 0]), np.sort(corners[:, 1])
    return np.array([xs[1], ys[1]]), np.array([xs[2], ys[2]])


def _seen(
    sheet: Pixels,
    matrix: NDArray[np.float64],
    size: tuple[int, int],
    camera: Camera,
    rng: np.random.Generator,
) -> Pixels:
    """The sheet in its place on the table."""
    seen = cv2.warpPerspective(
        sheet, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    pixels = np.asarray(seen, np.float32)
    if camera.table[1] <= 0:
        return pixels
    whole = np.ones(sheet.shape[:2], np.float32)
    there = np.asarray(cv2.warpPerspective(whole, matrix, size), np.float32)[..., None]
    under = cv2.GaussianBlur(there, (0, 0), 0.012 * max(size))[..., None]
    table = _table((size[1], size[0]), rng) * (1 - 0.5 * np.asarray(under, np.float32))
    return np.asarray(pixels * there + table * (1 - there), np.float32)


def _table(shape: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """Dark wood, or a plain desk."""
    grain = clouds(shape, 0.25 * max(shape), rng) * 6
    if rng.random() < WOODEN:
        streaks = rng.normal(0, 1, (max(shape) // 6 + 2, 6)).astype(np.float32)
        grain = grain + cv2.resize(streaks, shape[::-1], interpolation=cv2.INTER_CUBIC) * 7
        colour = np.array([96, 66, 42]) * rng.uniform(0.6, 1.25)
    else:
        colour = np.full(3, rng.uniform(25, 85)) + rng.normal(0, 4, 3)
    return np.asarray(np.clip(colour + grain[..., None], 0, 255), np.float32)


def _light(shape: tuple[int, int], camera: Camera, rng: np.random.Generator) -> NDArray[np.float32]:
    """float32 (H, W): how much light falls where."""
    height, width = shape
    across = np.linspace(-0.5, 0.5, width, dtype=np.float32)
    down = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    angle, darkest = rng.uniform(0, 2 * np.pi), rng.uniform(camera.light, 1)
    along = across * np.float32(np.cos(angle)) + down * np.float32(np.sin(angle))
    light = 1 - np.float32(1 - darkest) * np.clip(along + np.float32(0.5), 0, 1)
    light *= 1 - np.float32((1 - camera.light) * 0.3) * (across**2 + down**2)
    darkened = np.ones(shape, np.float32)
    for _ in range(rng.integers(camera.shadows[0], camera.shadows[1] + 1)):
        # where two shadows meet, the room's own light is left
        darkened = np.minimum(darkened, _shadow(shape, camera, rng))
    return np.asarray(light * darkened, np.float32)


def _shadow(
    shape: tuple[int, int], camera: Camera, rng: np.random.Generator
) -> NDArray[np.float32]:
    """The shadow of a hand, a head or a phone that reaches in from an edge."""
    height, width = shape
    small = np.zeros((round(240 * height / max(shape)), round(240 * width / max(shape))), np.uint8)
    sides = np.array(small.shape[::-1], np.float64)
    angle = rng.uniform(0, 2 * np.pi)
    outward = np.array([np.cos(angle), np.sin(angle)])
    centre = sides / 2 + outward * sides * rng.uniform(0.35, 0.6)
    turns = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    radii = rng.uniform(0.22, 0.45) * max(sides) * np.exp(rng.normal(0, 0.18, 14))
    places = centre + np.stack([np.cos(turns), np.sin(turns)], axis=1) * radii[:, None]
    cv2.fillPoly(small, [np.rint(places).astype(np.int32)], 255)
    soft = cv2.GaussianBlur(small, (0, 0), rng.uniform(3, 14))
    large = cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    depth = 1 - rng.uniform(camera.shadow, min(camera.shadow + 0.25, 0.95))
    return np.asarray(1 - depth * np.clip(large / 255, 0, 1), np.float32)


def _cast(camera: Camera, rng: np.random.Generator) -> NDArray[np.float32]:
    """float32 (3,): what the lamp's colour and the exposure make of each colour."""
    weak = rng.uniform(0, camera.casts)
    warm = np.array([1, 1 - weak * 0.4, 1 - weak])
    colours = warm if rng.random() < WARM else warm[::-1]
    return np.asarray(colours * rng.uniform(*camera.exposure), np.float32)


def _recorded(pixels: Pixels, camera: Camera, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Blur, noise and JPEG: what optics, sensor and file leave."""
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), rng.uniform(*camera.blur)), np.float32)
    noise = rng.standard_normal(soft.shape, np.float32)
    noise *= np.float32(rng.uniform(*camera.noise))
    noise += soft
    grey = np.asarray(np.clip(noise, 0, 255, out=noise), np.uint8)
    if camera.bilevel:
        luma = cv2.cvtColor(grey, cv2.COLOR_RGB2GRAY)
        _, black = cv2.threshold(luma, rng.uniform(130, 185), 255, cv2.THRESH_BINARY)
        return np.asarray(cv2.cvtColor(black, cv2.COLOR_GRAY2RGB), np.uint8)
    quality = int(rng.integers(camera.quality[0], camera.quality[1] + 1))
    _, stored = cv2.imencode(".jpg", grey[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    taken = np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(taken[..., ::-1])
