"""What people put on a pad that is no character: to learn to be unsure of, and to measure it with.

Four kinds are made from nothing but chance, and two from real ink: pieces of characters, and words
taken for one character. A network that has never seen such ink is as sure of it as of letters
(Hendrycks, Mazeika and Dietterich 2019, "Deep Anomaly Detection with Outlier Exposure").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.ink import Ink, Stroke
from core.training.data import PAD_EXTENT, InkSamples

LEAST_LETTERS = 4
"""Of a word that stands in one box: three letters may still be one odd sign."""

PIECE_SHARES = 0.25, 0.55
"""Least and most of a character's way that a piece of it has."""

_STEPS = 24
"""Points between two turns of a line, at most: smooth enough at a tile's size."""

PIECE, WORD = "piece", "word"


def scribble(rng: np.random.Generator) -> Ink:
    """A line that runs to and fro, or round and round, as a hand does that tries its pen."""
    return Ink((_smooth(_wander(rng, turns=int(rng.integers(9, 30)))),))


def blot(rng: np.random.Generator) -> Ink:
    """An area of no particular outline, filled in line by line."""
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    outline = np.full(len(angles), 0.4)
    for waves in range(1, 6):
        outline += rng.normal(0, 0.16 / waves) * np.cos(waves * angles + rng.uniform(0, 2 * np.pi))
    outline = np.maximum(outline, 0.05)
    edge = outline[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    # from side to side of the outline: many lines fill the area, few hatch it
    half = len(angles) // 2
    steps = int(rng.integers(10, half))
    there = np.linspace(0, half - 1, steps).round().astype(int)
    line = np.stack([edge[there], edge[len(angles) - 1 - there]], axis=1)
    line[1::2] = line[1::2, ::-1]
    return Ink((_stroke(line.reshape(-1, 2) @ _turn(rng.uniform(0, np.pi)).T),))


def drawing(rng: np.random.Generator) -> Ink:
    """A small picture: two to five shapes, over and beside one another."""
    shapes = list(_SHAPES.values())
    strokes = []
    for _ in range(int(rng.integers(2, 6))):
        shape = shapes[rng.integers(len(shapes))](rng)
        place = rng.uniform(-0.35, 0.35, 2)
        size = rng.uniform(0.25, 0.9)
        strokes.append(_stroke(shape @ _turn(rng.normal(0, 0.3)).T * size + place))
    return Ink(tuple(strokes))


def strokes_about(rng: np.random.Generator) -> Ink:
    """Short lines and dots without an order, as rain or hatching has them."""
    strokes = []
    lean = rng.uniform(0, np.pi)
    for _ in range(int(rng.integers(5, 14))):
        angle = lean + rng.normal(0, 0.4)
        along = np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(0.02, 0.45)
        start = rng.uniform(-0.5, 0.5, 2)
        strokes.append(_stroke(np.stack([start, start + along])))
    return Ink(tuple(strokes))


MADE: Mapping[str, Callable[[np.random.Generator], Ink]] = MappingProxyType(
    {"scribble": scribble, "blot": blot, "drawing": drawing, "strokes": strokes_about}
)
"""The kinds that are made from chance alone."""

KINDS = (*MADE, PIECE, WORD)
"""What a course may have."""


def face(rng: np.random.Generator) -> Ink:
    """A round head with two eyes and a mouth."""
    angles = np.linspace(0, 2 * np.pi * rng.uniform(0.95, 1.05), 2 * _STEPS)
    head = np.stack([np.cos(angles) * rng.uniform(0.8, 1.1), np.sin(angles)], axis=1) / 2
    smile = rng.normal(0.12, 0.08)
    across = np.linspace(-0.22, 0.22, _STEPS)
    mouth = np.stack([across, 0.2 + smile * (1 - (across / 0.22) ** 2)], axis=1)
    eyes = [np.array([[side, -0.15], [side, -0.12]]) for side in (-0.17, 0.17)]
    turn = _turn(rng.normal(0, 0.1)).T
    return Ink(tuple(_stroke(part @ turn) for part in (head, *eyes, mouth)))


def grid(rng: np.random.Generator) -> Ink:
    """Three to five lines across as many others, as squared paper or a game has them."""
    strokes = []
    for angle in (0, np.pi / 2):
        count = int(rng.integers(3, 6))
        for level in np.linspace(-0.4, 0.4, count) + rng.normal(0, 0.02, count):
            line = np.array([[-0.5, level], [0.5, level]]) + rng.normal(0, 0.02, (2, 2))
            strokes.append(_stroke(line @ _turn(angle).T))
    return Ink(tuple(strokes))


UNTAUGHT: Mapping[str, Callable[[np.random.Generator], Ink]] = MappingProxyType(
    {"face": face, "grid": grid}
)
"""Kinds that nothing learns from: whether what was learnt of the others goes for these too."""


def piece(ink: Ink, rng: np.random.Generator) -> Ink:
    """A part of a character's way, from its beginning or to its end: what a scanner leaves of a
    letter, or a hand that was interrupted."""
    points = [(number, place) for number, s in enumerate(ink.strokes) for place in s.xy]
    kept = max(2, round(len(points) * rng.uniform(*PIECE_SHARES)))
    part = points[:kept] if rng.random() < 0.5 else points[-kept:]  # noqa: PLR2004 - as often
    numbers = sorted({number for number, _ in part})
    return Ink(
        tuple(
            Stroke.through(np.array([place for n, place in part if n == number], np.float32))
            for number in numbers
        )
    )


@dataclass(frozen=True, eq=False)
class Strays:
    """Where ink that is no character comes from.

    Attributes:
        characters: Whose pieces are taken.
        words: Those of `LEAST_LETTERS` and more are taken whole.
    """

    characters: InkSamples
    words: InkSamples

    def draw(self, kind: str, rng: np.random.Generator) -> Ink:
        """One of a kind."""
        if kind == PIECE:
            return piece(self.characters.ink(int(rng.integers(len(self.characters)))), rng)
        if kind == WORD:
            return self.words.ink(int(rng.choice(self._long)))
        return {**MADE, **UNTAUGHT}[kind](rng)

    @cached_property
    def _long(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.char.str_len(self.words.labels) >= LEAST_LETTERS)


def _wander(rng: np.random.Generator, *, turns: int) -> NDArray[np.float64]:
    """(turns, 2): where a scribbling hand turns: to and fro with some drift, or anywhere."""
    if rng.random() < 0.5:  # noqa: PLR2004 - as often as not
        return rng.normal(0, 0.4, (turns, 2))
    across = np.where(np.arange(turns) % 2, 1, -1) * rng.uniform(0.2, 0.5, turns)
    along = np.linspace(-0.5, 0.5, turns) * rng.uniform(0.3, 1) + rng.normal(0, 0.08, turns)
    return np.stack([along, across], axis=1) @ _turn(rng.uniform(0, np.pi)).T


def _smooth(corners: NDArray[np.float64]) -> Stroke:
    """The stroke of a Catmull-Rom curve through `corners` (N, 2)."""
    padded = np.concatenate([corners[:1], corners, corners[-1:]])
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        bend, swing = 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
        parts.append(0.5 * (2 * b + (c - a) * t + bend * t**2 + swing * t**3))
    return _stroke(np.concatenate([*parts, corners[-1:]]))


def _stroke(places: NDArray[np.float64]) -> Stroke:
    """A stroke through places in units of a character, at the size of one."""
    return Stroke.through((places * PAD_EXTENT).astype(np.float32))


def _turn(angle: float) -> NDArray[np.float64]:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _polygon(rng: np.random.Generator) -> NDArray[np.float64]:
    corners = int(rng.integers(3, 7))
    angles = np.linspace(0, 2 * np.pi, corners + 1) + rng.uniform(0, np.pi)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) / 2


def _star(rng: np.random.Generator) -> NDArray[np.float64]:
    angles = np.arange(6) * 4 * np.pi / 5 - np.pi / 2
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) * rng.uniform(0.4, 0.5)


def _round(rng: np.random.Generator) -> NDArray[np.float64]:
    angles = np.linspace(0, 2 * np.pi * rng.uniform(0.9, 1.1), 2 * _STEPS)
    return np.stack([np.cos(angles) * rng.uniform(0.3, 0.5), np.sin(angles) / 2], axis=1)


def _arch(rng: np.random.Generator) -> NDArray[np.float64]:
    angles = np.linspace(0, np.pi * rng.uniform(0.5, 1.2), _STEPS)
    return np.stack([np.cos(angles), -np.sin(angles)], axis=1) / 2


def _zigzag(rng: np.random.Generator) -> NDArray[np.float64]:
    turns = int(rng.integers(5, 12))
    return np.stack([np.linspace(-0.5, 0.5, turns), (np.arange(turns) % 2) * 0.3], axis=1)


def _spiral(rng: np.random.Generator) -> NDArray[np.float64]:
    angles = np.linspace(0, 2 * np.pi * rng.uniform(2, 4), 4 * _STEPS)
    radii = np.linspace(0.02, 0.5, len(angles))[:, None]
    return np.asarray(radii * np.stack([np.cos(angles), np.sin(angles)], axis=1))


_SHAPES: Mapping[str, Callable[[np.random.Generator], NDArray[np.float64]]] = MappingProxyType(
    {
        "polygon": _polygon,
        "star": _star,
        "round": _round,
        "arch": _arch,
        "zigzag": _zigzag,
        "spiral": _spiral,
    }
)
