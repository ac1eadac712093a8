"""What is taken for what, and how each sign fares."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from core.training.evaluation.answers import Answers
from core.training.evaluation.intervals import wilson


@dataclass(frozen=True)
class Confusion:
    """A sign that was taken for another.

    Attributes:
        written: What it is.
        answer: What it was taken for.
        count: How often.
        n: How often it was written.
    """

    written: str
    answer: str
    count: int
    n: int


@dataclass(frozen=True)
class ClassResult:
    """How one sign of a view fares.

    Attributes:
        sign: The label.
        n: How often it was written.
        right: How often it was read as what it is.
        accuracy: Share of right answers, 0 to 1; None where it was never written.
        low: Lower end of the accuracy's 95 % interval (Wilson).
        high: Upper end.
        top3: Share of samples with it among the first three candidates.
        precision: Share of right ones among the answers that name it; None without any.
        taken_for: What it was most often taken for; empty if for nothing.
        times: How often that was.
    """

    sign: str
    n: int
    right: int
    accuracy: float | None
    low: float | None
    high: float | None
    top3: float | None
    precision: float | None
    taken_for: str
    times: int


def confusion_counts(answers: Answers) -> NDArray[np.int64]:
    """int64 (K, K): how often the row's sign was read as the column's, where ink was found."""
    size = len(answers.view)
    inked = ~answers.blank
    cells = answers.classes[inked] * size + answers.best[inked, 0]
    return np.bincount(cells, minlength=size * size).reshape(size, size)


def worst_confusions(answers: Answers, count: int) -> tuple[Confusion, ...]:
    """The `count` most frequent confusions, of equals the first in the alphabet."""
    wrong = confusion_counts(answers)
    np.fill_diagonal(wrong, 0)
    written = np.bincount(answers.classes, minlength=len(answers.view))
    order = np.argsort(-wrong, axis=None, kind="stable")[:count]
    labels = answers.view.labels
    return tuple(
        Confusion(labels[row], labels[column], int(wrong[row, column]), int(written[row]))
        for row, column in zip(*np.unravel_index(order, wrong.shape), strict=True)
        if wrong[row, column]
    )


def class_results(answers: Answers) -> tuple[ClassResult, ...]:
    """One a sign, in the order of the view."""
    counts = confusion_counts(answers)
    named = counts.sum(axis=0)
    return tuple(_class_result(answers, column, counts, named) for column in range(len(counts)))


def classes_csv(results: Sequence[ClassResult]) -> str:
    """The results as a CSV file's text; shares with four digits."""
    text = io.StringIO()
    names = [field.name for field in fields(ClassResult)]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    for result in results:
        values = asdict(result).items()
        writer.writerow(
            {name: f"{value:.4f}" if isinstance(value, float) else value for name, value in values}
        )
    return text.getvalue()


def _class_result(
    answers: Answers, column: int, counts: NDArray[np.int64], named: NDArray[np.int64]
) -> ClassResult:
    mine = answers.classes == column
    n, right = int(mine.sum()), int(counts[column, column])
    wrong = counts[column].copy()
    wrong[column] = 0
    times = int(wrong.max())
    interval = wilson(right, n) if n else None
    return ClassResult(
        sign=answers.view.labels[column],
        n=n,
        right=right,
        accuracy=right / n if n else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        top3=float(answers.near[mine].mean()) if n else None,
        precision=right / int(named[column]) if named[column] else None,
        taken_for=answers.view.labels[int(wrong.argmax())] if times else "",
        times=times,
    )
