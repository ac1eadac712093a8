"""What a model answered: the samples of one source, among the signs of one view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.prediction import Prediction
from core.training.course import classes_of
from core.training.data import InkSamples, Samples


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers to N samples, each of a sign of the view.

    Attributes:
        source: What was read.
        view: Among which signs, K of them.
        rows: int64 (N,): which of the source's samples these are.
        classes: int64 (N,): the column of what was written.
        odds: float32 (N, K): probabilities, each row summing to 1.
        blank: bool (N,): no ink was found; that is "nothing here", which is wrong.
        writers: unicode (N,): who wrote it; None where nobody knows.
    """

    source: str
    view: Alphabet
    rows: NDArray[np.int64]
    classes: NDArray[np.int64]
    odds: NDArray[np.float32]
    blank: NDArray[np.bool_]
    writers: NDArray[np.str_] | None

    def __len__(self) -> int:
        return len(self.classes)

    @cached_property
    def best(self) -> NDArray[np.int64]:
        """int64 (N, 3 or K if fewer): the likeliest columns, likeliest first."""
        return np.argsort(-self.odds, axis=1, kind="stable")[:, :3]

    @cached_property
    def confidences(self) -> NDArray[np.float32]:
        """float32 (N,): the probability of each answer."""
        return np.asarray(self.odds.max(axis=1))

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Whether each answer is what was written, bool (N,)."""
        return np.asarray((self.best[:, 0] == self.classes) & ~self.blank)

    @cached_property
    def near(self) -> NDArray[np.bool_]:
        """Whether what was written is among the first three, bool (N,)."""
        return np.asarray((self.best == self.classes[:, None]).any(axis=1) & ~self.blank)

    @cached_property
    def mistakes(self) -> NDArray[np.int64]:
        """int64 (M,): where ink was found and the answer is wrong, in order."""
        return np.flatnonzero(~self.right & ~self.blank)

    def written(self, index: int | np.int64) -> str:
        """The label of what was written."""
        return self.view.labels[int(self.classes[index])]

    def answer(self, index: int | np.int64) -> str:
        """The label of the answer."""
        return self.view.labels[int(self.best[index, 0])]


def answers_of(
    samples: Samples, tiles: NDArray[np.float32], prediction: Prediction, view: Alphabet
) -> Answers:
    """The answers to those samples whose sign is in the view.

    Args:
        samples: What was read.
        tiles: float32 (N, TILE_SIZE, TILE_SIZE), their tiles; one without ink is all 0.
        prediction: Of the tiles, N rows.
        view: Among which signs.

    Raises:
        ValueError: The view is none of the prediction's alphabet.
    """
    rows = np.flatnonzero([label in view.index for label in samples.labels])
    narrowed = Prediction(prediction.alphabet, prediction.probabilities[rows])
    return Answers(
        source=samples.name,
        view=view,
        rows=rows,
        classes=classes_of(samples.labels[rows], view),
        odds=narrowed.restricted_to(view).probabilities,
        blank=tiles[rows].max(axis=(1, 2), initial=0) == 0,
        writers=samples.writers[rows] if isinstance(samples, InkSamples) else None,
    )
