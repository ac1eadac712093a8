"""The table: how many answers are right, by source and by view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

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
from core.prediction import Prediction
from core.training.data import Samples
from core.training.evaluation.answers import Answers, answers_of
from core.training.evaluation.calibration import calibration_error
from core.training.evaluation.intervals import Interval, by_writers, wilson

VIEW_TITLES: Mapping[str, str] = MappingProxyType(
    {
        DIGITS.name: "digits",
        CAPITALS.name: "capitals",
        SMALL_LETTERS.name: "small letters",
        ALNUM36.name: "alnum36 (case-blind)",
        BALANCED47.name: "balanced47",
        ALNUM62.name: "alnum62",
        ASCII94.name: "ascii94",
    }
)
"""What the views are called in a table. alnum36 is alnum62 with the probabilities of both cases
of a letter added, and either case right: the samples are the same."""


_HEAD = "| source | trained on | among | n | right % | 95 % interval | by writers | top 3 % | ECE |"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        source: What was read.
        view: Among which signs: the name of an alphabet.
        n: How many samples.
        accuracy: Share of right answers, 0 to 1.
        interval: Of the accuracy, over samples (Wilson).
        by_writers: Of the accuracy, over writers; None where nobody knows who wrote, or where all
            answers are right or none, of which a resample says nothing.
        top3: Share of samples whose sign is among the first three candidates.
        ece: Expected calibration error, 0 to 1.
    """

    source: str
    view: str
    n: int
    accuracy: float
    interval: Interval
    by_writers: Interval | None
    top3: float
    ece: float


def rows_of(
    samples: Samples,
    tiles: NDArray[np.float32],
    prediction: Prediction,
    views: Sequence[Alphabet],
) -> Iterator[Row]:
    """A row for each view that has samples.

    Args:
        samples: What was read.
        tiles: float32 (N, TILE_SIZE, TILE_SIZE), their tiles; one without ink is all 0.
        prediction: Of the tiles, N rows.
        views: Among which signs.
    """
    for view in views:
        answers = answers_of(samples, tiles, prediction, view)
        if len(answers):
            yield row_of(answers)


def row_of(answers: Answers) -> Row:
    """The line of the table that says how many of at least one answer are right."""
    right = answers.right
    mixed = bool(right.any()) and not right.all()
    return Row(
        source=answers.source,
        view=answers.view.name,
        n=len(answers),
        accuracy=float(right.mean()),
        interval=wilson(int(right.sum()), len(answers)),
        by_writers=by_writers(right, answers.writers)
        if answers.writers is not None and mixed
        else None,
        top3=float(answers.near.mean()),
        ece=calibration_error(answers.confidences, right),
    )


def table(rows: Sequence[Row], seen: Mapping[str, str]) -> str:
    """The rows as a Markdown table.

    Args:
        rows: Its lines.
        seen: For the name of a source, what of it the model was trained on; nothing if missing.
    """
    lines = [
        _HEAD,
        "|---|---|---|---:|---:|---|---|---:|---:|",
    ]
    lines += [
        f"| {row.source} | {seen.get(row.source, 'nothing of it')} | {VIEW_TITLES[row.view]} "
        f"| {row.n:,} | {row.accuracy * 100:.2f} | {percents(row.interval)} "
        f"| {percents(row.by_writers)} | {row.top3 * 100:.2f} | {row.ece:.3f} |"
        for row in rows
    ]
    return "\n".join(lines)


def short_table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table for those who only want to know how good it is.

    The interval is that over writers, where they are known.
    """
    lines = ["| source | among | n | right % | 95 % interval |", "|---|---|---:|---:|---|"]
    lines += [
        f"| {row.source} | {VIEW_TITLES[row.view]} | {row.n:,} | {row.accuracy * 100:.1f} "
        f"| {percents(row.by_writers or row.interval, digits=1)} |"
        for row in rows
    ]
    return "\n".join(lines)


def percents(interval: Interval | None, digits: int = 2) -> str:
    """An interval in percent; empty if there is none."""
    if interval is None:
        return ""
    return f"{interval.low * 100:.{digits}f} to {interval.high * 100:.{digits}f}"
