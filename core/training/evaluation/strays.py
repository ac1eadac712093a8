"""Whether a model is less sure of what is no character than of characters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.classifying import Classifier
from core.glyph import make_tile
from core.prediction import Prediction
from core.rasterising import rasterise_character
from core.track import make_track
from core.training.data import InkSamples, load_unipen_words
from core.training.evaluation.intervals import Interval
from core.training.scribbles import KINDS, UNTAUGHT, Strays

STRAYS_A_KIND = 300

SEED = 97
"""Of their making."""

ALL = "all"


@dataclass(frozen=True)
class StrayRow:
    """How well characters are told from one kind of ink that is none.

    Attributes:
        kind: Which one; `ALL` for all of them together.
        n: How many.
        taught: Whether a course may have such ink, of other writers; not all have.
        area: Under the ROC curve, 0 to 1: how often a character is surer than such ink.
        interval: Of the area (Hanley and McNeil 1982).
    """

    kind: str
    n: int
    taught: bool
    area: float
    interval: Interval


def stray_rows(
    classifier: Classifier, characters: InkSamples, prediction: Prediction, folder: Path
) -> tuple[StrayRow, ...]:
    """A row a kind, the last for all of them; the surenesses are those of `Prediction`.

    Args:
        classifier: What is measured.
        characters: Of the test writers; those of other alphabets are left out.
        prediction: Of them, by the same model.
        folder: Where the data is.

    Raises:
        MissingFileError: Data is not there.
    """
    strays = Strays(characters, load_unipen_words(folder, "test"))
    known = [label in prediction.alphabet.index for label in characters.labels]
    sure = prediction.sureness[known]
    surenesses = {
        kind: _sureness_of_strays(classifier, strays, kind) for kind in (*KINDS, *UNTAUGHT)
    }
    surenesses[ALL] = np.concatenate(list(surenesses.values()))
    return tuple(
        StrayRow(
            kind,
            len(found),
            taught=kind in KINDS,
            area=(area := roc_area(sure, found)),
            interval=area_interval(area, len(sure), len(found)),
        )
        for kind, found in surenesses.items()
    )


def roc_area(higher: NDArray[np.float32], lower: NDArray[np.float32]) -> float:
    """How often one of `higher` (N,) is above one of `lower` (M,), ties half: the area under the
    ROC curve (Mann and Whitney's statistic)."""
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, side="left")
    not_above = np.searchsorted(ordered, higher, side="right")
    return float((below + not_above).mean() / 2 / len(lower))


def area_interval(area: float, higher: int, lower: int) -> Interval:
    """95 % interval of such an area between so many values (Hanley and McNeil 1982)."""
    one = area / (2 - area) - area**2
    other = 2 * area**2 / (1 + area) - area**2
    variance = (area * (1 - area) + (higher - 1) * one + (lower - 1) * other) / (higher * lower)
    half = 1.96 * math.sqrt(max(variance, 0.0))
    return Interval(max(area - half, 0.0), min(area + half, 1.0))


def stray_table(rows: Sequence[StrayRow]) -> str:
    """The rows as a Markdown table."""
    lines = ["| ink | can be taught | n | ROC area | 95 % interval |", "|---|---|---:|---:|---|"]
    lines += [
        f"| {row.kind} | {_taught(row)} | {row.n:,} | {row.area:.3f} "
        f"| {row.interval.low:.3f} to {row.interval.high:.3f} |"
        for row in rows
    ]
    return "\n".join(lines)


def _taught(row: StrayRow) -> str:
    if row.kind == ALL:
        return ""
    return "yes" if row.taught else "no"


def _sureness_of_strays(classifier: Classifier, strays: Strays, kind: str) -> NDArray[np.float32]:
    rng = np.random.default_rng((SEED, (*KINDS, *UNTAUGHT).index(kind)))
    inks = [strays.draw(kind, rng) for _ in range(STRAYS_A_KIND)]
    tiles = np.stack([make_tile(rasterise_character(ink).pixels) for ink in inks])
    return classifier.classify(tiles, np.stack([make_track(ink) for ink in inks])).sureness
