"""Samples of handwriting, as every loader hands them out: pen ink, or pictures.

Pen ink comes in pad pixels, y down; pictures in the polarity of `Raster`, ink white on black.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.ink import Ink, Stroke

PAD_EXTENT = 100.0
"""Median longer side of a writer's characters, in pad pixels, after loading: UNIPEN's units differ
from donor to donor, and only with a common size does a pen have a width."""


@dataclass(frozen=True, eq=False)
class InkSamples:
    """Isolated characters of pen ink.

    Attributes:
        name: Of the source.
        points: float32 (P, 2), x and y in pad pixels, all samples behind one another.
        stroke_offsets: int64 (S + 1,): stroke j has points [j, j + 1).
        sample_offsets: int64 (N + 1,): sample i has strokes [i, i + 1).
        labels: One sign a sample, unicode (N,).
        writers: Who wrote it, unicode (N,).
        rows: int64 (N,): which of the offsets' samples these are.
    """

    name: str
    points: NDArray[np.float32]
    stroke_offsets: NDArray[np.int64]
    sample_offsets: NDArray[np.int64]
    labels: NDArray[np.str_]
    writers: NDArray[np.str_]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def taken(self, which: NDArray[np.bool_]) -> InkSamples:
        """Those of the samples where `which` (N,) is true."""
        return replace(
            self, labels=self.labels[which], writers=self.writers[which], rows=self.rows[which]
        )

    def ink(self, index: int) -> Ink:
        """The ink of one sample."""
        row = self.rows[index]
        first, last = self.sample_offsets[row : row + 2]
        edges = self.stroke_offsets[first : last + 1]
        return Ink(tuple(Stroke.through(self.points[start:end]) for start, end in pairwise(edges)))


@dataclass(frozen=True, eq=False)
class ImageSamples:
    """Pictures of isolated characters.

    Attributes:
        name: Of the source.
        images: uint8 (N, H, W), ink white on black.
        labels: One sign a sample, unicode (N,).
        writers: Who wrote it, unicode (N,); None where the source does not say.
    """

    name: str
    images: NDArray[np.uint8]
    labels: NDArray[np.str_]
    writers: NDArray[np.str_] | None = None

    def __len__(self) -> int:
        return len(self.labels)

    def taken(self, which: NDArray[np.bool_]) -> ImageSamples:
        """Those of the samples where `which` (N,) is true."""
        writers = None if self.writers is None else self.writers[which]
        return ImageSamples(self.name, self.images[which], self.labels[which], writers)


Samples = InkSamples | ImageSamples


@dataclass(frozen=True, eq=False)
class Written:
    """One sample as a file has it.

    Attributes:
        strokes: float32 (N, 2) each, N >= 1, in the donor's units, y down.
        label: What was written.
        writer: Who wrote it.
    """

    strokes: tuple[NDArray[np.float32], ...]
    label: str
    writer: str


def gathered(name: str, samples: Iterable[Written], *, sized: bool = True) -> InkSamples:
    """Samples one by one → samples behind one another, the box of each beginning at (0, 0).

    Repeated points are dropped, as they are in the packed files.

    Args:
        name: Of the source.
        samples: In the order they are to have.
        sized: Whether they are brought to the size of the pad (`pad_sized`).
    """
    strokes: list[NDArray[np.float32]] = []
    counts, labels, writers = [], [], []
    for sample in samples:
        corner = np.min([stroke.min(axis=0) for stroke in sample.strokes], axis=0)
        strokes += [_without_repeats(stroke) - corner for stroke in sample.strokes]
        counts.append(len(sample.strokes))
        labels.append(sample.label)
        writers.append(sample.writer)
    stroke_offsets = np.cumsum([0, *map(len, strokes)])
    sample_offsets = np.cumsum([0, *counts])
    points = np.concatenate([np.empty((0, 2), np.float32), *strokes])
    who = np.array(writers, np.str_)
    if sized:
        points = pad_sized(points, stroke_offsets[sample_offsets], who)
    return InkSamples(
        name,
        points,
        stroke_offsets,
        sample_offsets,
        np.array(labels, np.str_),
        who,
        np.arange(len(labels)),
    )


def pad_sized(
    points: NDArray[np.float32], starts: NDArray[np.int64], writers: NDArray[np.str_]
) -> NDArray[np.float32]:
    """`points` in pad pixels: the median longer side of each writer's samples is `PAD_EXTENT`.

    Args:
        points: float32 (P, 2), in units of each writer's own.
        starts: int64 (N + 1,): sample i has points [i, i + 1).
        writers: unicode (N,).
    """
    if len(writers) == 0:
        return points
    low = np.minimum.reduceat(points, starts[:-1])
    extents = (np.maximum.reduceat(points, starts[:-1]) - low).max(axis=1)
    _, writer = np.unique(writers, return_inverse=True)
    factors = np.array(
        [PAD_EXTENT / max(np.median(extents[writer == who]), 1) for who in range(writer.max() + 1)]
    )
    return points * np.repeat(factors[writer], np.diff(starts)).astype(np.float32)[:, None]


def _without_repeats(stroke: NDArray[np.float32]) -> NDArray[np.float32]:
    moved = np.ones(len(stroke), np.bool_)
    moved[1:] = (np.diff(stroke, axis=0) != 0).any(axis=1)
    return stroke[moved]
