"""How likely each label is: what a classifier says of tiles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.alphabet import Alphabet
from core.arrays import read_only

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOOK_ALIKES = 3
"""How many signs one may look like at once: o, O and 0; l, I and 1. Chosen on val, where the sum of
three probabilities tells characters from other ink better than that of one, two or five."""

_SUM_TOLERANCE = 1e-3
"""How far a row may be from a sum of 1: 94 float32 values rounded, with room."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label, and its probability from 0 to 1."""

    label: str
    probability: float


@dataclass(frozen=True, eq=False)
class Prediction:
    """Calibrated probabilities of N tiles over an alphabet of K labels.

    Attributes:
        alphabet: What the columns stand for.
        probabilities: float32 (N, K), read-only; each row sums to 1. N is 0 where there is no
            ink: "nothing here" is a prediction without rows, never a class.
        whole: What it was before it was narrowed to its alphabet; None if it was not.
    """

    alphabet: Alphabet
    probabilities: NDArray[np.float32]
    whole: Prediction | None = None

    def __post_init__(self) -> None:
        shape = (None, len(self.alphabet))
        odds = read_only(self.probabilities, name="probabilities", dtype=np.float32, shape=shape)
        sums_to_one = (abs(odds.sum(axis=1) - 1) <= _SUM_TOLERANCE).all()
        if not ((odds >= 0).all() and sums_to_one):
            raise ValueError("each row of probabilities must be at least 0 and sum to 1")
        object.__setattr__(self, "probabilities", odds)

    def __len__(self) -> int:
        return len(self.probabilities)

    @property
    def nothing_here(self) -> bool:
        """Whether there was no ink to predict anything of."""
        return len(self) == 0

    @cached_property
    def sureness(self) -> NDArray[np.float32]:
        """float32 (N,), 0 to 1: how sure it is that there is a character at all, whatever the
        alphabet was narrowed to: the sum of the `LOOK_ALIKES` largest probabilities. A letter may
        look like one or two others; what is no letter looks like none, or a little like many."""
        if self.whole is not None:
            return self.whole.sureness
        best = np.sort(self.probabilities, axis=1)[:, -LOOK_ALIKES:]
        return np.asarray(np.minimum(best.sum(axis=1), 1), np.float32)

    def row(self, index: int) -> Prediction:
        """That of one tile by itself.

        Raises:
            IndexError: There is no such row.
        """
        whole = None if self.whole is None else self.whole.row(index)
        return Prediction(self.alphabet, self.probabilities[index][None], whole)

    def top(self, count: int, row: int = 0) -> tuple[Candidate, ...]:
        """The `count` likeliest labels of one row, likeliest first; of equals, the first label.

        Raises:
            IndexError: There is no such row.
        """
        odds = self.probabilities[row]
        order = np.argsort(-odds, kind="stable")[:count]
        return tuple(Candidate(self.alphabet.labels[i], float(odds[i])) for i in order)

    def restricted_to(self, alphabet: Alphabet) -> Prediction:
        """The same prediction when only `alphabet` is possible: merged, restricted, sum 1.

        A row that has nothing at all in `alphabet` becomes an even one.

        Raises:
            ValueError: A label of `alphabet` is not among this prediction's.
        """
        if alphabet == self.alphabet:
            return self
        odds = self.probabilities @ alphabet.view_of(self.alphabet)
        total = odds.sum(axis=1, keepdims=True)
        even = np.float32(1 / len(alphabet))
        safe = np.where(total > 0, total, 1)
        narrowed = np.where(total > 0, odds / safe, even).astype(np.float32)
        return Prediction(alphabet, narrowed, self)
