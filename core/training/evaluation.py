"""How right a model is, by source and by view, on writers it has never seen."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.alphabet import (
    ALNUM36,
    ALNUM62,
    ASCII94,
    BALANCED47,
    CAPITALS,
    DIGITS,
    SMALL_LETTERS,
    Alphabet,
)
from core.classifying import Classifier
from core.glyph import TILE_SIZE
from core.prediction import Prediction
from core.training.data import (
    Samples,
    load_mnist,
    load_nist_capitals,
    load_paper_letters,
    load_uji,
    load_unipen,
)
from core.training.tiles import classes_of, plain_tiles

Z = 1.959964
"""Standard normal quantile of a 95 % interval."""

CALIBRATION_BINS = 15
"""As Guo et al. (2017)."""

TIMED_TILES = 300


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        source: What was read.
        view: Among which signs.
        n: How many samples.
        accuracy: Share of right answers, 0 to 1.
        low: Lower end of the 95 % interval (Wilson 1927).
        high: Upper end.
        top3: Share of samples whose sign is among the first three candidates.
        ece: Expected calibration error, 0 to 1.
    """

    source: str
    view: str
    n: int
    accuracy: float
    low: float
    high: float
    top3: float
    ece: float


@dataclass(frozen=True, eq=False)
class _Source:
    load: Callable[[Path], Samples]
    views: tuple[Alphabet, ...]


_SOURCES = (
    _Source(
        lambda folder: load_unipen(folder, "test"),
        (DIGITS, CAPITALS, SMALL_LETTERS, ALNUM36, BALANCED47, ALNUM62, ASCII94),
    ),
    _Source(load_uji, (DIGITS, CAPITALS, SMALL_LETTERS, ALNUM36, BALANCED47, ALNUM62)),
    _Source(lambda folder: load_mnist(folder, "test"), (DIGITS, ASCII94)),
    _Source(
        lambda folder: load_paper_letters(folder, "test"), (DIGITS, ALNUM36, BALANCED47, ALNUM62)
    ),
    _Source(load_nist_capitals, (CAPITALS, ALNUM36)),
)


def evaluate(classifier: Classifier, folder: Path, report: Callable[[str], None]) -> list[Row]:
    """Every row of the table.

    Args:
        classifier: What is measured.
        folder: Where the data is.
        report: Takes a line for people, now and then.

    Raises:
        MissingFileError: Data is not there.
    """
    rows = []
    for source in _SOURCES:
        samples = source.load(folder)
        report(f"{samples.name}: {len(samples)} samples")
        tiles = plain_tiles(samples)
        rows += list(rows_of(samples, tiles, classifier.classify(tiles), source.views))
    return rows


def milliseconds_a_tile(classifier: Classifier) -> float:
    """The median time of classifying one tile."""
    tile = np.random.default_rng(0).random((1, TILE_SIZE, TILE_SIZE), np.float32)
    times = []
    for _ in range(TIMED_TILES):
        began = time.perf_counter()
        classifier.classify(tile)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| source | among | n | accuracy % | 95 % interval | top 3 % | ECE |",
        "|---|---|---:|---:|---|---:|---:|",
    ]
    lines += [
        f"| {row.source} | {row.view} | {row.n:,} | {row.accuracy * 100:.2f} "
        f"| {row.low * 100:.2f} to {row.high * 100:.2f} | {row.top3 * 100:.2f} | {row.ece:.3f} |"
        for row in rows
    ]
    return "\n".join(lines)


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), for n >= 1."""
    share = right / n
    middle = share + Z**2 / (2 * n)
    reach = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    whole = 1 + Z**2 / n
    return float((middle - reach) / whole), float((middle + reach) / whole)


def calibration_error(confidences: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The expected calibration error (Naeini et al. 2015), 0 to 1.

    Args:
        confidences: float32 (N,), of each answer.
        right: bool (N,), whether it was right.
    """
    bins = np.minimum((confidences * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    error = 0.0
    for number in range(CALIBRATION_BINS):
        inside = bins == number
        if inside.any():
            apart = abs(float(confidences[inside].mean()) - float(right[inside].mean()))
            error += float(inside.mean()) * apart
    return error


def rows_of(
    samples: Samples,
    tiles: NDArray[np.float32],
    prediction: Prediction,
    views: tuple[Alphabet, ...],
) -> Iterator[Row]:
    """A row a view.

    Args:
        samples: What was read.
        tiles: float32 (N, TILE_SIZE, TILE_SIZE), their tiles; one without ink is all 0.
        prediction: Of the tiles, N rows.
        views: Among which signs.
    """
    blank = tiles.reshape(len(tiles), -1).max(axis=1) == 0
    for view in views:
        known = np.array([label in view.index for label in samples.labels])
        classes = classes_of(samples.labels[known], view)
        narrowed = Prediction(prediction.alphabet, prediction.probabilities[known])
        odds = narrowed.restricted_to(view).probabilities
        order = np.argsort(-odds, axis=1, kind="stable")
        # a picture in which no ink was found is "nothing here", which is wrong
        right = (order[:, 0] == classes) & ~blank[known]
        near = (order[:, :3] == classes[:, None]).any(axis=1) & ~blank[known]
        low, high = wilson(int(right.sum()), len(classes))
        yield Row(
            source=samples.name,
            view=view.name,
            n=len(classes),
            accuracy=float(right.mean()),
            low=low,
            high=high,
            top3=float(near.mean()),
            ece=calibration_error(odds.max(axis=1), right),
        )
